// What a started server is to main.ts, whether it is a single process, the primary of several or one of its workers.

import type { AddressInfo } from 'node:net';
import { backupFolder, type Config } from '../config.ts';
import { SAMPLE, seedDemoShop } from '../features/demo/seed-demo-shop.ts';
import type { Shop } from '../http/shop.ts';
import { StoreRefused } from '../store/store-refused.ts';
import { folderTrouble } from '../system/file-trouble.ts';
import { type FirstAccount, prepareFirstAccount } from './first-account.ts';

/**
 * Connections that the system keeps for a busy moment; it may keep fewer (net.core.somaxconn). Beyond them a caller
 * tries again after a second, or believes to be connected and is reset.
 */
export const LISTEN_BACKLOG = 4_096;

export interface RunningServer {
  /** Where people reach it from this machine. */
  address: string;
  /** Lines for the person who started it. */
  welcome: string[];
  /** What is done once behind the open port is done. */
  settled: Promise<void>;
  /** Finishes what is in flight and closes the store. `roll`: another process serves on in its place. */
  stop: (roll?: boolean) => Promise<void>;
  /** Puts new processes in the place of those that serve, without a pause; false where nobody can. */
  roll: () => Promise<boolean>;
  /** Resolves when the process that leads this one tells it to stop; never where none does. */
  told: Promise<{ roll: boolean }>;
}

/** What whoever started it is told of the shop. */
export interface PreparedShop extends FirstAccount {
  holdsSample: boolean;
}

/** The sample is put into an empty store: only the first account and the reference data may come before it. */
const BEFORE_SAMPLE = 100;

/** What is done before anybody is let in, by one process alone. Refuses (StoreRefused) a shop that has moved away. */
export async function prepareShop(shop: Shop, config: Config): Promise<PreparedShop> {
  await refuseMoved(shop);
  if (config.DEMO && (await isUntouched(shop))) await seedDemoShop(shop);
  const account = await prepareFirstAccount(shop, config);
  return { ...account, holdsSample: await holdsSample(shop) };
}

async function holdsSample({ store }: Shop): Promise<boolean> {
  const first = await store.journal.listAfter(0, BEFORE_SAMPLE);
  return first.some(({ actor }) => actor.kind === 'system' && actor.name === SAMPLE);
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

export function welcomeLines(
  address: string,
  config: Config,
  { made, setupCode, holdsSample }: PreparedShop,
): string[] {
  const lines = [`${config.DEMO ? 'The sample shop' : 'The shop'} is open: ${address}`];
  if (setupCode !== null)
    lines.push(`Make the first account here: ${address}/console/setup#code=${setupCode}`);
  else if (made?.password)
    lines.push(`Sign in as ${made.username} with the password ${made.password} (shown only now)`);
  else if (made) lines.push(`Sign in as ${made.username} with the password of ADMIN_PASSWORD`);
  else lines.push('A forgotten password is replaced by: npx swati reset-password USERNAME');
  const trouble = folderTrouble(backupFolder(config));
  if (trouble !== null) lines.push(`Warning: no backup can be made in BACKUP_DIR: ${trouble}`);
  if (forgetsSignIns(config)) lines.push(PLAIN_HTTP);
  if (holdsSample && !config.DEMO) {
    const place = config.MONGODB_URI === undefined ? `DATA_DIR (${config.DATA_DIR})` : 'MONGODB_URI';
    lines.push(
      `Warning: these are the made-up books of the sample shop (make demo). For a real one name another ${place}`,
    );
  }
  return lines;
}

const PLAIN_HTTP =
  'Warning: in production other machines stay signed in over https alone, and are asked again at every reload: give ' +
  "TLS_CERT_FILE and TLS_KEY_FILE, or name the proxy in TRUSTED_PROXIES. In the shop's own network leave out APP_ENV=production";

/** The cookie of a sign-in is then for https, and nobody here speaks it. A browser on this machine takes it all the same. */
function forgetsSignIns({ APP_ENV, HOST, TRUSTED_PROXIES, tls }: Config): boolean {
  return APP_ENV === 'production' && tls === null && TRUSTED_PROXIES.length === 0 && !LOOPBACK.includes(HOST);
}

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];

export function addressOf({ port }: AddressInfo, config: Config): string {
  const everywhere = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(config.HOST);
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
  return `${config.tls ? 'https' : 'http'}://${everywhere ? 'localhost' : host}:${port}`;
}
