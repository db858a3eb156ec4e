// What a shop of 100,000 khata entries takes to be backed up, restored and moved, through both stores where there is a
// MongoDB server (MONGODB_TEST_URI, or a mongod on the PATH); and twenty backups while people write.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aBy, aDebit } from '../src/store/contract-suite/builders.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { type Run, runSwatiWith } from '../test/kill-anywhere.ts';
import { newDatabaseUri } from '../test/mongo-database.ts';
import { installedServer, startReplicaSet } from '../test/mongo-servers.ts';
import { fillYear, type Sizes } from './year-of-business.ts';

const LARGE: Sizes = { products: 2_000, customers: 2_000, orders: 10_000, sales: 10_000, entries: 100_000 };
const SMALL: Sizes = { products: 50, customers: 50, orders: 100, sales: 100, entries: 2_000 };
const BACKUPS = 20;
const WRITERS = 8;
/** Of the round trip: restored and ready. */
const GOAL_SECONDS = 60;
const JWT_SECRET_KEY = 'b7c4a1f09e2d4c6fa3518d7be0692f41';

type Settings = Record<string, string>;

export async function benchArchives(): Promise<boolean> {
  const root = mkdtempSync(join(tmpdir(), 'swati-archives-'));
  const named = process.env.MONGODB_TEST_URI;
  const servers = named === undefined && installedServer() !== null ? await startReplicaSet() : null;
  if (servers) process.env.MONGODB_TEST_URI = servers.uri;
  try {
    const hasMongo = named !== undefined || servers !== null;
    if (!hasMongo) console.log('SKIPPED: MongoDB, as there is no mongod on the PATH and no MONGODB_TEST_URI');
    const isQuick = await roundTrip(root, hasMongo);
    return (await underLoad(root)) && isQuick;
  } finally {
    await servers?.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

async function filled(folder: string, sizes: Sizes): Promise<Settings> {
  mkdirSync(folder);
  await fillYear(join(folder, 'shop.db'), sizes, Date.now());
  return { DATA_DIR: folder };
}

async function roundTrip(root: string, hasMongo: boolean): Promise<boolean> {
  const rows: Record<string, string | number>[] = [];
  const timed = async (what: string, settings: Settings, ...words: string[]): Promise<number> => {
    const started = performance.now();
    const run = await done(settings, ...words);
    const seconds = (performance.now() - started) / 1000;
    const digest = /digest {5}([0-9a-f]{12})/.exec(run.out)?.[1] ?? 'compared: equal';
    rows.push({ what, seconds: seconds.toFixed(1), digest });
    return seconds;
  };
  const shop = await filled(join(root, 'large'), LARGE);
  const first = join(root, 'first');
  await timed('backup of SQLite', shop, 'backup', '--to', first);
  const archive = archiveIn(first);
  rows.push({ what: 'the archive, MB', seconds: (statSync(archive).size / 1e6).toFixed(1), digest: '' });
  const took = [await timed('restore into SQLite', { DATA_DIR: join(root, 'again') }, 'restore', archive)];
  await timed('move to SQLite', shop, 'move', '--to', `sqlite:${join(root, 'moved')}`);
  if (hasMongo) {
    const cluster = { DATA_DIR: join(root, 'cluster'), MONGODB_URI: newDatabaseUri(), JWT_SECRET_KEY };
    took.push(await timed('restore into MongoDB', cluster, 'restore', archive));
    const second = join(root, 'second');
    await timed('backup of MongoDB', cluster, 'backup', '--to', second);
    took.push(await timed('and back', { DATA_DIR: join(root, 'back') }, 'restore', archiveIn(second)));
    await timed('move to MongoDB', { DATA_DIR: join(root, 'moved') }, 'move', '--to', newDatabaseUri());
  }
  console.log(`\nA shop of ${LARGE.entries} khata entries; a restore is to take at most ${GOAL_SECONDS} s`);
  console.table(rows);
  return took.every((seconds) => seconds <= GOAL_SECONDS);
}

/** Each backup compares itself; here it is also restored by itself and its books verified. */
async function underLoad(root: string): Promise<boolean> {
  const settings = await filled(join(root, 'busy'), SMALL);
  const onDeath = (error: Error): never => {
    throw error;
  };
  const store = await openSqliteStore({ dataDir: join(root, 'busy'), now: Date.now(), onDeath });
  const { rows: customers } = await store.customers.list({}, { skip: 0, limit: 50 });
  let stopped = false;
  let written = 0;
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!stopped) {
      const customer = customers[written++ % customers.length];
      if (customer) await store.khata.post(aDebit(customer.id, 100), aBy({ at: Date.now() }));
    }
  });
  const to = join(root, 'under-load');
  for (let n = 0; n < BACKUPS; n++) await done(settings, 'backup', '--to', to);
  stopped = true;
  await Promise.all(writers);
  await store.close();
  for (const name of readdirSync(to)) await done(settings, 'verify', join(to, name));
  console.log(
    `${BACKUPS} of ${BACKUPS} backups, taken while ${written} entries were posted, restore equal and verify`,
  );
  return true;
}

async function done(settings: Settings, ...words: string[]): Promise<Run> {
  const run = await runSwatiWith(settings, ...words);
  if (run.code !== 0) throw new Error(`swati ${words.join(' ')}: ${run.err}`);
  return run;
}

function archiveIn(folder: string): string {
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.backup')) ?? '');
}
