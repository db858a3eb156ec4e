// `npm run test:mongo`: starts a replica set where none is named, runs the tests that need one, and ends it. `--quick`
// is the part that `make test` runs; `--whole` adds what kills and loads longest, the rest of the tests over HTTP and the
// stores that are broken around this one. `-- src/store/mongo/door.mongo-test.ts` runs files alone, by their paths or
// patterns in server/, also tests over HTTP. Where there is no server it says so, and nothing has passed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dropTestDatabase, newDatabaseUri } from './mongo-database.ts';
import { installedServer, type Servers, startReplicaSet } from './mongo-servers.ts';

const SERVER = fileURLToPath(new URL('../', import.meta.url));
const RUNNER = fileURLToPath(new URL('../../ops/run-tests.ts', import.meta.url));
/** Begun before the others, so that none of them is what all wait for in the end. */
const LONGEST = [
  'src/store/mongo/two-stores.mongo-test.ts',
  'src/cli/move.mongo-test.ts',
  'src/store/mongo/store-contract.mongo-test.ts',
  'src/store/mongo/races.mongo-test.ts',
  'src/store/mongo/broken-stores.mongo-test.ts',
  'test/workers.mongo-test.ts',
];
/** Kills, upgrades and dumps under load: on one machine's own database `npm run test:long` has them. */
const LONG = [
  'src/cli/kill-anywhere.mongo-test.ts',
  'test/two-versions.mongo-test.ts',
  'test/dump-under-load.mongo-test.ts',
];
const QUICK = ['src/store/mongo/store-contract.mongo-test.ts', 'src/store/mongo/list-plans.mongo-test.ts'];
const OF_MONGO = ['src/**/*.mongo-test.ts', 'test/**/*.mongo-test.ts'];
/** Tests of the application over HTTP that run on this store, too: of each noun what writes most. */
const OVER_HTTP = [
  'src/features/customers/customers.test.ts',
  'src/features/khata/khata{,-race}.test.ts',
  'src/features/orders/{orders,last-piece}.test.ts',
  'src/features/sales/sales.test.ts',
  'src/features/products/publishing-products.test.ts',
  'src/features/prices/prices-gold.test.ts',
  'src/features/auth/sessions.test.ts',
  'src/features/exports/exports.test.ts',
];
/** All of them, by the words that open a shop for them. */
const ALL_OVER_HTTP = ['src/features/**/*.test.ts', 'src/features/**/*.long-test.ts', 'src/http/*.test.ts'];
const OPENS_A_SHOP = /\bopen(Shared)?TestShop\(/;
/** But for those that look into the files of SQLite or open them a second time; metrics.test.ts alone takes minutes here. */
const OF_SQLITE = [
  'src/features/analytics/metrics.test.ts',
  'src/features/auth/login.test.ts',
  'src/features/predictions/serving-models.test.ts',
  'src/features/predictions/training.test.ts',
  'src/features/products/live-catalogue.test.ts',
  'src/features/reference/reference-data.test.ts',
  'src/features/setup/setup.test.ts',
  'src/features/uploads/remove-orphans.test.ts',
  'src/features/uploads/uploads.test.ts',
  'src/http/repeat-until-changed.test.ts',
  // Here other machines may write, so an answer holds for half a second, and a slow test asks later.
  'src/http/early-answers.test.ts',
];

const quick = process.argv.includes('--quick');
const isWhole = process.argv.includes('--whole');
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const named = process.env.MONGODB_TEST_URI;
const version = installedServer();
if (named === undefined && version === null) {
  say('SKIPPED: the tests of the MongoDB store. There is no mongod on the PATH and no MONGODB_TEST_URI.');
  process.exit(0);
}
const servers: Servers | null = named === undefined ? await startReplicaSet() : null;
say(`on ${servers ? `three members of mongod ${version}` : 'the servers of MONGODB_TEST_URI'}`);
process.env.MONGODB_TEST_URI = servers?.uri ?? named;
if (isWhole) process.env.TEST_WHOLE = 'yes';
let code = 1;
try {
  code = await (quick ? run(QUICK) : runTogether(chosen.length > 0 ? chosen : patternsOfAll()));
} finally {
  await servers?.stop();
}
process.exit(code);

function patternsOfAll(): string[] {
  const others = filesOf(OF_MONGO).filter((file) => ![...LONGEST, ...LONG].includes(file));
  const overHttp = isWhole
    ? filesOf(ALL_OVER_HTTP).filter((file) => opensShop(file) && !OF_SQLITE.includes(file))
    : filesOf(OVER_HTTP);
  const left = '; all of them, and what kills and loads longest, with -- --whole';
  say(`of them over HTTP: ${overHttp.length} files${isWhole ? '' : left}`);
  // In one pattern: of these, files that are small share a process.
  const together = `{${overHttp.join(',')}}`;
  return [...LONGEST, ...(isWhole ? LONG : []), together, ...others];
}

/** On one database with a shop for each test: making a database takes seconds. */
async function runTogether(patterns: readonly string[]): Promise<number> {
  const uri = newDatabaseUri();
  try {
    return await run(patterns, { TEST_STORE: uri });
  } finally {
    await dropTestDatabase(uri);
  }
}

function filesOf(patterns: readonly string[]): string[] {
  return patterns.flatMap((pattern) => globSync(pattern, { cwd: SERVER })).sort();
}

function opensShop(file: string): boolean {
  return OPENS_A_SHOP.test(readFileSync(join(SERVER, file), 'utf8'));
}

/** Each in a process of its own, three at a time, begun in this order. */
async function run(patterns: readonly string[], environment: Record<string, string> = {}): Promise<number> {
  const child = spawn(process.execPath, [RUNNER, ...patterns], {
    cwd: SERVER,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  const [exit] = (await once(child, 'exit')) as [number | null];
  return exit ?? 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
