// MongoDB servers of the tests' own: a replica set of three members, or one server that stands alone, on free ports of
// this machine, with their data in a temporary folder. They end with whoever started them.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { newTestFolder } from './test-database.ts';

const READY_LIMIT_MS = 30_000;
const MEMBERS = 3;
const ELECTION_TIMEOUT_MS = 3_000;

/** The version of the `mongod` on the PATH, or null where there is none. */
export function installedServer(): string | null {
  const { stdout, status } = spawnSync('mongod', ['--version'], { encoding: 'utf8' });
  return status === 0 ? (/db version v(\S+)/.exec(stdout)?.[1] ?? 'unknown') : null;
}

export interface Member {
  port: number;
  /** Ends it as a power cut would. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
}

export interface Servers {
  uri: string;
  members: Member[];
  stop: () => Promise<void>;
}

/** One server without a replica set, which refuses strangers where `auth` is on. */
export async function startStandalone(auth = false): Promise<Servers> {
  const folder = newTestFolder();
  const member = makeMember(folder, await freePort(), auth ? ['--auth'] : []);
  await member.start();
  await waitUntilUp(member.port);
  return {
    uri: `mongodb://127.0.0.1:${member.port}/`,
    members: [member],
    stop: () => stopAll([member], folder),
  };
}

/** Three members with a primary, or fewer. An election takes 3 s at most. The folder goes with them. */
export async function startReplicaSet(folder = newTestFolder(), count = MEMBERS): Promise<Servers> {
  const members: Member[] = [];
  for (let n = 0; n < count; n++) {
    members.push(makeMember(folder, await freePort(), ['--replSet', 'swati', '--oplogSize', '64']));
  }
  await Promise.all(members.map((member) => member.start()));
  await Promise.all(members.map(({ port }) => waitUntilUp(port)));
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`);
  await initiate(hosts);
  const uri = `mongodb://${hosts.join(',')}/?replicaSet=swati`;
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: READY_LIMIT_MS });
  await client.db('admin').command({ ping: 1 });
  await client.close();
  return { uri, members, stop: () => stopAll(members, folder) };
}

function makeMember(folder: string, port: number, options: readonly string[]): Member {
  const data = join(folder, String(port));
  mkdirSync(data);
  let child: ChildProcess | null = null;
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return {
    port,
    kill,
    start: async () => {
      const args = ['--dbpath', data, '--port', String(port), '--bind_ip', '127.0.0.1', '--nounixsocket'];
      // enableTestCommands: fail points, with which the tests make a server fail at a chosen command.
      const small = ['--wiredTigerCacheSizeGB', '0.25', '--setParameter', 'enableTestCommands=1'];
      const quiet = ['--setParameter', 'diagnosticDataCollectionEnabled=false', '--logpath', `${data}.log`];
      // By itself it wakes 16 threads for each batch of the other members' writes, however small.
      const threads = ['--setParameter', 'replWriterThreadCount=2'];
      child = spawn('mongod', [...args, ...small, ...quiet, ...threads, ...options], { stdio: 'ignore' });
      await once(child, 'spawn');
    },
  };
}

async function stopAll(members: readonly Member[], folder: string): Promise<void> {
  await Promise.all(members.map((member) => member.kill()));
  rmSync(folder, { recursive: true, force: true });
}

async function initiate(hosts: readonly string[]): Promise<void> {
  const [first = ''] = hosts;
  const client = await MongoClient.connect(`mongodb://${first}/?directConnection=true`);
  const members = hosts.map((host, _id) => ({ _id, host, priority: _id === 0 ? 2 : 1 }));
  const settings = { electionTimeoutMillis: ELECTION_TIMEOUT_MS, heartbeatIntervalMillis: 500 };
  await client.db('admin').command({ replSetInitiate: { _id: 'swati', members, settings } });
  await client.close();
}

async function waitUntilUp(port: number): Promise<void> {
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  for (const started = performance.now(); ; await sleep(100)) {
    try {
      const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 1_000 });
      await client.close();
      return;
    } catch (error) {
      if (performance.now() - started > READY_LIMIT_MS) throw error;
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
