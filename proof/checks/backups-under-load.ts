import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { type Client, dataOf, type Row } from '../drive/client.ts';
import { swati } from '../drive/command-line.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { mongodMissing, startReplicaSet } from '../drive/replica-set.ts';
import { allEntries, openShop } from '../drive/shop.ts';
import { makeScene, readScene, Traffic } from '../drive/traffic.ts';

const READY_WITHIN_MS = 60_000;
/** The owner's accounts are in the archive, so his password is the same there. */
const CLERKS = 8;

interface Size {
  backups: number;
  /** Entries that the shop has before the timed restore; 0: as many as the load left. */
  entries: number;
  /** Whether one goes into a MongoDB replica set and back, too. */
  across: boolean;
}

interface Archive {
  /** What was acknowledged before it was begun. */
  before: Set<string>;
  file: string;
}

/** R8: what was acknowledged before a backup began is in it, and a shop that is restored is the same to the letter. */
export const backupsUnderLoad = check<Size>({
  id: 'R8',
  what: 'Backups while 8 clerks write; each restored elsewhere and compared entry by entry, one across the stores and back',
  asked: '20 of 20 restore with an equal digest; restored and ready <= 60 s at 100,000 entries',
  full: { backups: 20, entries: 100_000, across: true },
  quick: 'twenty seconds with its control; backup-under-load (npm run test:faults) compares one',
  control: {
    defect: 'the last page is left out',
    size: { backups: 1, entries: 0, across: false },
    red: /backup ended with|lost|digest/,
  },
  run,
});

async function run(stage: Stage, { backups, entries, across }: Size): Promise<Finding> {
  const shop = await openShop(stage);
  const scene = await makeScene(shop.owner);
  const problems: string[] = [];
  const record = new ClientRecord(join(stage.folder, 'record'));
  const clients = Array.from({ length: CLERKS }, () => shop.client());
  const traffic = new Traffic({ clients, scene, record, random: stage.random, label: 'b' });
  await sleep(500);
  const archives: Archive[] = [];
  for (let number = 0; number < backups; number++) {
    const before = new Set(record.read('ok').keys());
    const folder = join(stage.folder, `archive-${number}`);
    const made = await swati(stage, shop.dataDir, ['backup', '--to', folder]);
    if (made.code !== 0) problems.push(`backup ended with ${made.code}: ${made.err.slice(0, 300)}`);
    else archives.push({ before, file: join(folder, newestOf(folder)) });
    await sleep(50);
  }
  await traffic.stop();
  const source = await allEntries(shop.owner);
  let equal = 0;
  for (const [number, archive] of archives.entries()) {
    const wrong = await compareRestored(stage, archive, source, join(stage.folder, `restored-${number}`));
    if (wrong.length === 0) equal++;
    problems.push(...wrong.map((problem) => `backup ${number}: ${problem}`));
  }
  const last = archives.at(-1);
  const crossed = across && last ? await acrossStores(stage, last, source, problems) : '';
  const { rows, problems: own } = await readScene(shop.owner, scene);
  problems.push(...own, ...compareStored(record, rows));
  const seconds = entries === 0 ? null : await timedRestore(stage, shop, entries - source.length, problems);
  await shop.close();
  const timed = seconds === null ? '' : `; ${entries} entries restored and ready in ${seconds} s`;
  const reached = `${equal} of ${backups} restored with an equal digest, ${traffic.counts.ok} writes meanwhile${crossed}${timed}`;
  return { reached, work: traffic.counts.ok, floor: backups * 20, problems };
}

function newestOf(folder: string): string {
  return (
    readdirSync(folder)
      .filter((name) => name.endsWith('.backup'))
      .sort()
      .at(-1) ?? ''
  );
}

async function compareRestored(
  stage: Stage,
  { before, file }: Archive,
  source: readonly Row[],
  dataDir: string,
  environment: Record<string, string> = {},
): Promise<string[]> {
  const restored = await swati(stage, dataDir, ['restore', file], environment);
  if (restored.code !== 0) return [`restore ended with ${restored.code}: ${restored.err.slice(0, 300)}`];
  const shop = await openShop(stage, { dataDir, environment });
  try {
    const entries = await allEntries(shop.owner);
    const names = new Set(entries.map((entry) => String(entry.reference_number)));
    const postings = new Set(
      source.filter((entry) => entry.source === null).map((entry) => String(entry.reference_number)),
    );
    const lost = [...before].filter((name) => postings.has(name) && !names.has(name));
    const problems = lost.map((name) => `acknowledged before it began and lost: ${name}`);
    // Entries never change: those of the archive are the first ones of the shop.
    const [left, right] = [digestOf(source.slice(0, entries.length)), digestOf(entries)];
    if (left !== right)
      problems.push(`the digest of ${entries.length} entries is ${right}, in the shop it is ${left}`);
    return problems;
  } finally {
    await shop.close();
  }
}

/** From the archive into MongoDB, from there into another archive, and from that into a folder again. */
async function acrossStores(
  stage: Stage,
  archive: Archive,
  source: readonly Row[],
  problems: string[],
): Promise<string> {
  if (mongodMissing() !== null) return '; across the stores: needs mongod';
  const servers = await startReplicaSet(stage.folder);
  try {
    const environment = servers.environment('across');
    const [cache, folder] = [join(stage.folder, 'cache'), join(stage.folder, 'archive-of-mongo')];
    const wrong = await compareRestored(stage, archive, source, cache, environment);
    const made = await swati(stage, cache, ['backup', '--to', folder], environment);
    if (made.code !== 0) wrong.push(`backup ended with ${made.code}: ${made.err.slice(0, 300)}`);
    else {
      const back = { before: archive.before, file: join(folder, newestOf(folder)) };
      wrong.push(...(await compareRestored(stage, back, source, join(stage.folder, 'back'))));
    }
    problems.push(...wrong.map((problem) => `across the stores: ${problem}`));
    return `; ${wrong.length === 0 ? 'equal' : 'not equal'} in MongoDB and back`;
  } finally {
    await servers.stop();
  }
}

/** Of what an entry is; whether a later one took it back is no part of it. */
function digestOf(entries: readonly Row[]): string {
  const hash = createHash('sha256');
  for (const { reversed_by: _later, ...entry } of entries) hash.update(JSON.stringify(entry));
  return hash.digest('hex').slice(0, 16);
}

/** Fills the shop up, makes a backup, restores it elsewhere and starts there; seconds of the last two. */
async function timedRestore(
  stage: Stage,
  shop: { dataDir: string; owner: Client; client: (sockets?: number) => Client },
  missing: number,
  problems: string[],
): Promise<number> {
  const scene = await makeScene(shop.owner);
  const clerks = Array.from({ length: 32 }, () => shop.client());
  let left = missing;
  await Promise.all(
    clerks.map(async (clerk, index) => {
      const random = stage.random.branch(`fill-${index}`);
      while (left-- > 0) {
        const body = {
          customer_id: random.pick(scene.customers),
          transaction_type: 'debit',
          amount: random.whole(1, 99_999) / 100,
        };
        dataOf(await clerk.post('/api/khata/transactions', body), 'filling the shop');
      }
    }),
  );
  const folder = join(stage.folder, 'large');
  const made = await swati(stage, shop.dataDir, ['backup', '--to', folder]);
  if (made.code !== 0) problems.push(`the large backup ended with ${made.code}: ${made.err.slice(0, 300)}`);
  const from = performance.now();
  const dataDir = join(stage.folder, 'large-restored');
  const restored = await swati(stage, dataDir, ['restore', join(folder, newestOf(folder))]);
  if (restored.code !== 0)
    problems.push(`the large restore ended with ${restored.code}: ${restored.err.slice(0, 300)}`);
  await (await openShop(stage, { dataDir })).close();
  const took = performance.now() - from;
  if (took > READY_WITHIN_MS) problems.push(`restored and ready only after ${Math.round(took / 1000)} s`);
  return Math.round(took / 100) / 10;
}
