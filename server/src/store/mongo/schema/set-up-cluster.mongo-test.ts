// Servers that ask for names and passwords become a set with the shop's accounts, by themselves; and the account that
// serves cannot rewrite the books, whatever program uses it.

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, MongoClient, MongoServerError } from 'mongodb';
import { type Run, runSwatiWith } from '../../../../test/kill-anywhere.ts';
import { newTestFolder } from '../../../../test/test-database.ts';
import { aBy, aCustomer, aDebit } from '../../contract-suite/builders.ts';
import { openMongoStore } from '../mongo-store.ts';
import { setUpCluster } from './set-up-cluster.ts';

const ROOT = { username: 'root', password: 'root-password' };
const ACCOUNTS = {
  program: { username: 'swati', password: 'serving' },
  admin: { username: 'swati-admin', password: 'owning' },
};
const MEMBERS = 2;
const UNAUTHORIZED = 13;

describe('a cluster that sets itself up', () => {
  let folder: string;
  let hosts: string[];
  let servers: ChildProcess[];
  const uri = (account: { username: string; password: string }) =>
    `mongodb://${account.username}:${account.password}@${hosts.join(',')}/swati?replicaSet=swati&authSource=admin`;
  const settings = (): Record<string, string> => ({
    DATA_DIR: join(folder, 'data'),
    MONGODB_URI: uri(ACCOUNTS.program),
    JWT_SECRET_KEY: 'b7c4a1f09e2d4c6fa3518d7be0692f41',
  });
  before(async () => {
    folder = newTestFolder();
    writeFileSync(join(folder, 'key'), 'a'.repeat(64), { mode: 0o400 });
    const ports = await Promise.all(Array.from({ length: MEMBERS }, freePort));
    hosts = ports.map((port) => `127.0.0.1:${port}`);
    for (const port of ports) mkdirSync(join(folder, String(port)));
    await makeRoot(folder, ports[0] as number);
    servers = ports.map((port) =>
      startMember(folder, port, ['--replSet', 'swati', '--keyFile', join(folder, 'key')]),
    );
  });
  after(async () => {
    for (const server of servers) await stop(server);
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes the set and the accounts once, and finds them the next time', async () => {
    const cluster = { hosts, root: ROOT, accounts: ACCOUNTS };
    assert.match((await setUpCluster(cluster))[0] ?? '', /was made of/);
    assert.match((await setUpCluster(cluster))[0] ?? '', /is there, with 2 members/);
  });

  it('refuses to make the schema with the account that serves, and makes it with the other', async () => {
    const refused = await runSwatiWith(settings(), 'init-db');
    assert.deepEqual([refused.code, refused.out], [78, '']);
    assert.match(
      refused.err,
      /^MONGODB_URI: the account may not do at .*; give it readWrite.*MONGODB_ADMIN_URI$/,
    );
    const nobody = { ...settings(), MONGODB_URI: uri(ACCOUNTS.program).replace(/[^/]*@/, '') };
    for (const command of ['status', 'init-db']) {
      const { code, err } = await runSwatiWith(nobody, command);
      assert.equal(code, 78);
      assert.match(err, /^MONGODB_URI names no account, and 127\.0\.0\.1:\d+.* wants one/);
    }
    const both = { ...settings(), MONGODB_ADMIN_URI: uri(ACCOUNTS.admin) };
    succeeded(await runSwatiWith(both, 'init-db'));
    succeeded(await runSwatiWith(settings(), 'init-db'));
  });

  it('serves with rights that end where the books would be rewritten', async () => {
    const store = await openMongoStore({ uri: uri(ACCOUNTS.program) });
    const { value: customer } = await store.customers.add(aCustomer(), aBy());
    await store.khata.post(aDebit(customer.id, 100), aBy());
    const name = `${'a'.repeat(32)}_20260115100000.png`;
    await store.images.add({ name, contentType: 'image/png', bytes: new Uint8Array(10) }, aBy());
    await store.images.remove(name, aBy());
    await store.close();
    succeeded(await runSwatiWith(settings(), 'verify'));
    succeeded(await runSwatiWith(settings(), 'backup', '--to', join(folder, 'archives')));
    const status = async (account: { username: string; password: string }) =>
      (await runSwatiWith({ ...settings(), MONGODB_URI: uri(account) }, 'status')).out;
    assert.doesNotMatch(await status(ACCOUNTS.program), /may rewrite the journal/);
    assert.match(
      await status(ACCOUNTS.admin),
      /the account of MONGODB_URI may rewrite the journal and the ledger/,
    );
    const client = await MongoClient.connect(uri(ACCOUNTS.program));
    try {
      for (const name of ['journal', 'khata_transactions']) {
        for (const attempt of [change, remove, drop]) await unauthorised(attempt(client.db(), name));
      }
    } finally {
      await client.close();
    }
  });
});

const change = (db: Db, name: string) => db.collection(name).updateOne({}, { $set: { seq: 1 } });
const remove = (db: Db, name: string) => db.collection(name).deleteOne({});
const drop = (db: Db, name: string) => db.collection(name).drop();

async function unauthorised(attempt: Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, (error) => error instanceof MongoServerError && error.code === UNAUTHORIZED);
}

function succeeded(run: Run): Run {
  assert.equal(run.code, 0, run.err);
  return run;
}

/** As the image of the database does it: alone and open, before the members know each other. */
async function makeRoot(folder: string, port: number): Promise<void> {
  const server = startMember(folder, port, []);
  const client = await connectPatiently(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  const { username, password: pwd } = ROOT;
  await client.db('admin').command({ createUser: username, pwd, roles: [{ role: 'root', db: 'admin' }] });
  await client.close();
  await stop(server);
}

function startMember(folder: string, port: number, options: readonly string[]): ChildProcess {
  const data = join(folder, String(port));
  const small = ['--wiredTigerCacheSizeGB', '0.25', '--nounixsocket', '--logpath', `${data}.log`];
  const args = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', ...small, ...options];
  return spawn('mongod', args, { stdio: 'ignore' });
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGTERM');
  await ended;
}

async function connectPatiently(uri: string): Promise<MongoClient> {
  for (let tries = 1; ; tries++) {
    try {
      return await MongoClient.connect(uri, { serverSelectionTimeoutMS: 2_000 });
    } catch (error) {
      if (tries === 30) throw error;
      await sleep(200);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
