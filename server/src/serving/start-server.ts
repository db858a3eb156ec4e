// Starts the shop's server in one process: store, first account, sample shop, and only then the port; what can wait is
// done behind.

import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { dropRemains } from './drop-remains.ts';
import { openShop } from './open-shop.ts';
import {
  addressOf,
  LISTEN_BACKLOG,
  prepareShop,
  type RunningServer,
  welcomeLines,
} from './running-server.ts';
import { prepareStop } from './stop-gracefully.ts';
import { readTls } from './tls-pair.ts';
import { startUpkeep } from './upkeep.ts';

export async function startServer(
  config: Config,
  logger: Logger,
  onDeath: (error: Error) => void,
): Promise<RunningServer> {
  const tls = readTls(config.tls);
  dropRemains(config, (line) => logger.info(line));
  // The store's thread starts while this one loads the application.
  const [opened, { makeServing }] = await Promise.all([
    openShop(config, onDeath, { say: (line) => logger.info(line) }),
    import('./make-serving.ts'),
  ]);
  const account = await prepareShop(opened, config);
  const { shop, app, trainer, stopping } = await makeServing(opened, account.setupCode, logger, tls);
  const stopApp = prepareStop(app);
  await app.listen({
    host: config.HOST,
    port: config.PORT,
    backlog: LISTEN_BACKLOG,
    listenTextResolver: (at) => `listening on ${at}`,
  });
  const address = addressOf(app.server.address() as AddressInfo, config);
  const upkeep = startUpkeep(shop, config, logger, trainer);
  return {
    address,
    settled: upkeep.settled,
    welcome: welcomeLines(address, config, account),
    stop: async () => {
      stopping.abort();
      await Promise.all([stopApp(), upkeep.stop()]);
      await shop.store.close();
    },
    roll: async () => false,
    told: new Promise(() => undefined),
  };
}
