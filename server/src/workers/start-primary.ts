// Starts the process that leads the workers: it holds the port and the one writer of the machine, and serves nobody
// itself.

import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Shop } from '../http/shop.ts';
import { dropRemains } from '../serving/drop-remains.ts';
import { makeDataDir } from '../serving/keep-secret.ts';
import { openShop } from '../serving/open-shop.ts';
import { addressOf, prepareShop, type RunningServer, welcomeLines } from '../serving/running-server.ts';
import { ChangeCount } from './change-count.ts';
import { Crew } from './crew.ts';
import { Reception } from './reception.ts';

export async function startPrimary(
  config: Config,
  logger: Logger,
  onDeath: (error: Error) => void,
): Promise<RunningServer> {
  let shop: Shop | null = null;
  // SQLite tells its readers by itself what any process wrote.
  const count = config.MONGODB_URI === undefined ? null : makeCount(config.DATA_DIR);
  const crew = new Crew(config.WORKERS, logger, () => shop?.meters.read() ?? [], count);
  dropRemains(config, (line) => logger.info(line));
  shop = await openShop(config, onDeath, { say: (line) => logger.info(line) });
  const account = await prepareShop(shop, config);
  const reception = new Reception();
  const address = addressOf(await reception.open(config.HOST, config.PORT, logger), config);
  await crew.serve({ setupCode: account.setupCode, run: shop.store.run, reception });
  return {
    address,
    welcome: welcomeLines(address, config, account),
    settled: Promise.resolve(),
    stop: async () => {
      reception.close();
      await crew.stop();
      await shop.store.close();
      count?.close();
    },
    roll: async () => {
      await crew.roll();
      return true;
    },
    told: new Promise(() => undefined),
  };
}

function makeCount(dataDir: string): ChangeCount {
  makeDataDir(dataDir);
  return new ChangeCount(dataDir);
}
