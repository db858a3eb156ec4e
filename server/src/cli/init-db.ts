import { type Command, EXIT } from './command.ts';
import { withShop } from './with-shop.ts';

export const initDb: Command = {
  name: 'init-db',
  summary: 'Make the database, or bring it to the schema of this program.',
  run: (call) =>
    withShop(call, async ({ store }) => {
      const { location, schemaVersion } = await store.info();
      call.terminal.out(`database  ${location}`);
      call.terminal.out(`schema    ${schemaVersion}`);
      return EXIT.ok;
    }),
};
