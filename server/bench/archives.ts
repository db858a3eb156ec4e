// What a shop of 100,000 khata entries takes to be backed up, restored and moved, through both stores where there is a
// MongoDB server (MONGODB_TEST_URI, or a mongod on the PATH); and twenty backups while people write.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkArchive, readArchive } from '../src/store/archive/archive-file.ts';
import { differences, summarise } from '../src/store/archive/archive-page.ts';
import { type Run, runSwatiWith } from '../test/kill-anywhere.ts';
import { newDatabaseUri } from '../test/mongo-database.ts';
import { installedServer, startReplicaSet } from '../test/mongo-servers.ts';
import { benchBackupsUnderLoad } from './archives-under-load.ts';
import { fillYear, type Sizes } from './year-of-business.ts';

const LARGE: Sizes = { products: 2_000, customers: 2_000, orders: 10_000, sales: 10_000, entries: 100_000 };
/** Of each restore in the round trip: restored and ready. */
const GOAL_SECONDS = 60;
const JWT_SECRET_KEY = 'b7c4a1f09e2d4c6fa3518d7be0692f41';
/** A restore and a backup have their entries there, so these differ by as much. */
const OF_RESTORING = 'journal, journal_payloads';

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
    return (await benchBackupsUnderLoad(root)) && isQuick;
  } finally {
    await servers?.stop();
    rmSync(root, { recursive: true, force: true });
  }
}

interface Line {
  what: string;
  measured: string;
  goal: string;
  isMet: boolean;
}

/** SQLite, archive, MongoDB, archive, SQLite; each command compares what it made with what it had. */
async function roundTrip(root: string, hasMongo: boolean): Promise<boolean> {
  const lines: Line[] = [];
  const timed = async (what: string, goal: number | null, settings: Settings, ...words: string[]) => {
    const started = performance.now();
    await done(settings, ...words);
    const seconds = (performance.now() - started) / 1000;
    const isMet = goal === null || seconds <= goal;
    lines.push({
      what,
      measured: `${seconds.toFixed(1)} s`,
      goal: goal === null ? '' : `<= ${goal} s`,
      isMet,
    });
    console.log(`${what}: ${seconds.toFixed(1)} s`);
  };
  const large = join(root, 'large');
  mkdirSync(large);
  await fillYear(join(large, 'shop.db'), LARGE, Date.now());
  const first = join(root, 'first');
  await timed('backup of SQLite', null, { DATA_DIR: large }, 'backup', '--to', first);
  const archive = archiveIn(first);
  const megabytes = `${(statSync(archive).size / 1e6).toFixed(1)} MB`;
  lines.push({ what: 'the archive', measured: megabytes, goal: '', isMet: true });
  await timed('restore into SQLite', GOAL_SECONDS, { DATA_DIR: join(root, 'again') }, 'restore', archive);
  if (hasMongo) {
    const cluster = { DATA_DIR: join(root, 'cluster'), MONGODB_URI: newDatabaseUri(), JWT_SECRET_KEY };
    await timed('restore into MongoDB', GOAL_SECONDS, cluster, 'restore', archive);
    const second = join(root, 'second');
    await timed('backup of MongoDB', null, cluster, 'backup', '--to', second);
    const back = { DATA_DIR: join(root, 'back') };
    await timed('and back into SQLite', GOAL_SECONDS, back, 'restore', archiveIn(second));
    lines.push(await comparison(archive, archiveIn(second)));
    await timed('move to MongoDB', null, { DATA_DIR: large }, 'move', '--to', newDatabaseUri());
  } else {
    await timed('move to SQLite', null, { DATA_DIR: large }, 'move', '--to', `sqlite:${join(root, 'moved')}`);
  }
  console.log(`\nA shop of ${LARGE.entries} khata entries`);
  console.table(lines);
  return lines.every(({ isMet }) => isMet);
}

async function comparison(left: string, right: string): Promise<Line> {
  const sums = async (file: string) => summarise(readArchive(file, await checkArchive(file), null));
  const found = differences(await sums(left), await sums(right)).map((line) => line.split(':')[0]);
  const measured = found.join(', ');
  return { what: 'digests that differ', measured, goal: OF_RESTORING, isMet: measured === OF_RESTORING };
}

async function done(settings: Settings, ...words: string[]): Promise<Run> {
  const run = await runSwatiWith(settings, ...words);
  if (run.code !== 0) throw new Error(`swati ${words.join(' ')}: ${run.err}`);
  return run;
}

function archiveIn(folder: string): string {
  return join(folder, readdirSync(folder).find((name) => name.endsWith('.backup')) ?? '');
}
