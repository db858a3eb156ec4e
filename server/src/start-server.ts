// Starts the shop's server: store, first account, sample shop, and only then the port; what can wait is done behind.

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { type Config, ConfigRefused } from './config.ts';
import { seedDemoShop } from './features/demo/seed-demo-shop.ts';
import { createPredictions } from './features/predictions/predictions.ts';
import { type FirstAccount, prepareFirstAccount } from './first-account.ts';
import type { Shop } from './http/shop.ts';
import { openShop } from './open-shop.ts';
import { prepareStop } from './stop-gracefully.ts';
import { StoreRefused } from './store/store-refused.ts';
import { startUpkeep } from './upkeep.ts';

export interface RunningServer {
  /** Where people reach it from this machine. */
  address: string;
  /** Lines for the person who started it. */
  welcome: string[];
  /** What is done once behind the open port is done. */
  settled: Promise<void>;
  /** Finishes what is in flight and closes the store. */
  stop: () => Promise<void>;
}

export async function startServer(
  config: Config,
  logger: Logger,
  onDeath: (error: Error) => void,
): Promise<RunningServer> {
  const tls = config.tls === null ? null : readTls(config.tls);
  const opened = await openShop(config, onDeath);
  await refuseMoved(opened);
  if (config.DEMO && (await isUntouched(opened))) await seedDemoShop(opened);
  const account = await prepareFirstAccount(opened, config);
  const stopping = new AbortController();
  const shop: Shop = { ...opened, setupCode: account.setupCode, stopping: stopping.signal };
  const predictions = createPredictions(shop, logger);
  const app = await buildApp({ shop, logger, predictions, ...(tls ? { tls } : {}) });
  const stopApp = prepareStop(app);
  await app.listen({
    host: config.HOST,
    port: config.PORT,
    listenTextResolver: (at) => `listening on ${at}`,
  });
  const address = addressOf(app, config);
  const upkeep = startUpkeep(shop, config, logger, predictions.trainer);
  return {
    address,
    settled: upkeep.settled,
    welcome: welcomeLines(address, config, account),
    stop: async () => {
      stopping.abort();
      await Promise.all([stopApp(), upkeep.stop()]);
      await shop.store.close();
    },
  };
}

/** Where the shop was, nobody sells: whoever starts it there is told where it is. */
async function refuseMoved({ store }: Shop): Promise<void> {
  const movedTo = await store.moves.movedTo();
  if (movedTo === null) return;
  await store.close();
  throw new StoreRefused(
    `the shop has moved to ${movedTo}: start it there. To use it here again, as it was: swati move --undo`,
  );
}

async function isUntouched({ store }: Shop): Promise<boolean> {
  const { rows } = await store.info();
  return rows.users === 0 && rows.products === 0 && rows.customers === 0;
}

function welcomeLines(address: string, config: Config, { made, setupCode }: FirstAccount): string[] {
  const lines = [`${config.DEMO ? 'The sample shop' : 'The shop'} is open: ${address}`];
  if (setupCode !== null)
    lines.push(`Make the first account here: ${address}/console/setup#code=${setupCode}`);
  else if (made?.password)
    lines.push(`Sign in as ${made.username} with the password ${made.password} (shown only now)`);
  else if (made) lines.push(`Sign in as ${made.username} with the password of ADMIN_PASSWORD`);
  else lines.push('A forgotten password is replaced by: npx swati reset-password USERNAME');
  return lines;
}

function readTls(files: { certFile: string; keyFile: string }): { cert: string; key: string } {
  const read = (name: string, file: string): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw new ConfigRefused([`${name} cannot be read: ${(error as Error).message}`]);
    }
  };
  const pair = { cert: read('TLS_CERT_FILE', files.certFile), key: read('TLS_KEY_FILE', files.keyFile) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new ConfigRefused([`TLS_CERT_FILE and TLS_KEY_FILE are no pair: ${(error as Error).message}`]);
  }
  return pair;
}

function addressOf(app: FastifyInstance, config: Config): string {
  const { port } = app.server.address() as AddressInfo;
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(config.HOST);
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
  return `${config.tls ? 'https' : 'http'}://${everywhere ? 'localhost' : host}:${port}`;
}
