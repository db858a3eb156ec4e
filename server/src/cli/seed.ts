import { seedDemoShop } from '../features/demo/seed-demo-shop.ts';
import { type Command, EXIT } from './command.ts';
import { withShop } from './with-shop.ts';

export const seed: Command = {
  name: 'seed',
  summary: 'Fill an empty shop with the sample: pieces, customers, rates, orders, sales, khata.',
  notes: ['Refuses when the shop has customers or pieces. Accounts are not touched.'],
  run: (call) =>
    withShop(call, async (shop) => {
      const before = (await shop.store.info()).rows;
      if ((before.products ?? 0) > 0 || (before.customers ?? 0) > 0) {
        call.terminal.err(
          `swati seed: the shop has ${before.products} pieces and ${before.customers} customers; nothing was changed`,
        );
        return EXIT.failed;
      }
      call.terminal.progress('seeding ...');
      await seedDemoShop(shop);
      call.terminal.progress('');
      const { rows } = await shop.store.info();
      for (const table of ['products', 'customers', 'orders', 'sales', 'khata_entries', 'metal_prices']) {
        call.terminal.out(`${table.padEnd(14)}${rows[table] ?? 0}`);
      }
      return EXIT.ok;
    }),
};
