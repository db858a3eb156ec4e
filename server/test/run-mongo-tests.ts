// `npm run test:mongo`: starts a replica set where none is named, runs the tests that need one, and ends it. With
// `--quick` the part that `make test` runs. Where there is no server it says so, and nothing has passed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installedServer, type Servers, startReplicaSet } from './mongo-servers.ts';

const SERVER = fileURLToPath(new URL('../', import.meta.url));
/** Makes the servers fail for every client, so it runs before the others. */
const ALONE = 'src/store/mongo/driver-facts.mongo-test.ts';
const QUICK = ['src/store/mongo/store-contract.mongo-test.ts', 'src/store/mongo/list-plans.mongo-test.ts'];
const ALL = ['src/**/*.mongo-test.ts', 'test/**/*.mongo-test.ts'];
/** The HTTP tests that run on both stores: of each noun what writes most. */
const HTTP = [
  'src/features/customers/customers.test.ts',
  'src/features/khata/khata*.test.ts',
  'src/features/orders/*.test.ts',
  'src/features/sales/sales.test.ts',
  'src/features/products/*.test.ts',
  'src/features/prices/prices-*.test.ts',
  // Not login.test.ts and uploads.test.ts, which look into the files of SQLite.
  'src/features/auth/{accounts,change-password,sessions,tokens}.test.ts',
  'src/features/settings/settings.test.ts',
];

const quick = process.argv.includes('--quick');
const named = process.env.MONGODB_TEST_URI;
const version = installedServer();
if (named === undefined && version === null) {
  say('SKIPPED: the tests of the MongoDB store. There is no mongod on the PATH and no MONGODB_TEST_URI.');
  process.exit(0);
}
const servers: Servers | null = named === undefined ? await startReplicaSet() : null;
say(`on ${servers ? `three members of mongod ${version}` : 'the servers of MONGODB_TEST_URI'}`);
let code = 1;
try {
  const uri = servers?.uri ?? named ?? '';
  code = quick ? 0 : await run([ALONE], { MONGODB_TEST_URI: uri });
  if (code === 0) code = await run(quick ? QUICK : allOthers(), { MONGODB_TEST_URI: uri });
  if (code === 0 && !quick) code = await run(HTTP, { MONGODB_TEST_URI: uri, TEST_STORE: 'mongodb' });
} finally {
  await servers?.stop();
}
process.exit(code);

function allOthers(): string[] {
  return ALL.flatMap((pattern) => globSync(pattern, { cwd: SERVER })).filter((file) => file !== ALONE);
}

async function run(files: readonly string[], environment: Record<string, string>): Promise<number> {
  const options = ['--import', './src/compile-cache.js', '--test', '--test-concurrency=2'];
  const child = spawn(process.execPath, [...options, '--test-reporter=spec', ...files], {
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
