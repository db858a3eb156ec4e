// `swati migrate product-status`: pieces of an older database from before there were drafts become published since
// they were made. Taking such a database over does the same on the way.

import type { Config } from '../config.ts';
import { type CommandCall, EXIT } from './command.ts';

const SHOWN = 10;

export async function publishOlder({ terminal, options }: CommandCall, config: Config): Promise<number> {
  if (config.MONGODB_URI === undefined) {
    terminal.out('every piece has a status: a shop in DATA_DIR has none without');
    return EXIT.ok;
  }
  const { connect } = await import('../store/mongo/connect.ts');
  const { publishWithoutStatus } = await import('../store/mongo/adopt/product-status.ts');
  const client = await connect({ uri: config.MONGODB_URI });
  try {
    const isDry = options['dry-run'] === true;
    const names = await publishWithoutStatus(client, isDry);
    for (const name of names.slice(0, SHOWN))
      terminal.out(`${isDry ? 'would be published' : 'published'}  ${name}`);
    if (names.length > SHOWN) terminal.out(`and ${names.length - SHOWN} more`);
    terminal.out(
      names.length === 0 ? 'every piece has a status' : `pieces without a status: ${names.length}`,
    );
    return EXIT.ok;
  } finally {
    await client.close();
  }
}
