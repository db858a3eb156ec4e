// A MongoDB replica set of three members on this machine, started for one check.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { freePort } from './program.ts';

const READY_LIMIT_MS = 60_000;
const ELECTION_TIMEOUT_MS = 3000;

export function mongodMissing(): string | null {
  return spawnSync('mongod', ['--version']).status === 0 ? null : 'needs mongod on the PATH';
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

interface Member {
  port: number;
  start: () => Promise<void>;
  kill: () => Promise<void>;
}

export interface ReplicaSet {
  /** The settings of a shop on it, in a database of its own. */
  environment: (database: string) => Record<string, string>;
  /** The member that is the primary now; waits for one. */
  primary: () => Promise<Member>;
  /** Tells the primary to step down. */
  stepDown: () => Promise<void>;
  stop: () => Promise<void>;
}

export async function startReplicaSet(folder: string): Promise<ReplicaSet> {
  const members = await Promise.all([0, 1, 2].map((_) => makeMember(folder)));
  await Promise.all(members.map((member) => member.start()));
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`);
  const [first] = members as [Member];
  await withMember(first, async (client) => {
    const config = {
      _id: 'proof',
      members: hosts.map((host, _id) => ({ _id, host })),
      settings: { electionTimeoutMillis: ELECTION_TIMEOUT_MS, heartbeatIntervalMillis: 500 },
    };
    await client.db('admin').command({ replSetInitiate: config });
  });
  const primary = async (): Promise<Member> => {
    for (const from = performance.now(); performance.now() - from < READY_LIMIT_MS; await sleep(200)) {
      for (const member of members) if (await isPrimary(member)) return member;
    }
    throw new Error('the replica set has no primary');
  };
  await primary();
  return {
    environment: (database) => ({
      MONGODB_URI: `mongodb://${hosts.join(',')}/${database}?replicaSet=proof`,
      JWT_SECRET_KEY: 'x7Qp2mVt9LkR4sWb8NcY3hJd6FgZ1uTe',
    }),
    primary,
    stepDown: async () => {
      const member = await primary();
      // The connection may end with it.
      await withMember(member, (client) =>
        client.db('admin').command({ replSetStepDown: 10, secondaryCatchUpPeriodSecs: 2, force: true }),
      ).catch(() => undefined);
    },
    stop: async () => {
      await Promise.all(members.map((member) => member.kill()));
    },
  };
}

async function isPrimary(member: Member): Promise<boolean> {
  try {
    const hello = await withMember(member, (client) => client.db('admin').command({ hello: 1 }));
    return hello.isWritablePrimary === true;
  } catch {
    // It is down, or just starting.
    return false;
  }
}

async function withMember<T>({ port }: Member, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2000,
  });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

async function makeMember(folder: string): Promise<Member> {
  const port = await freePort();
  const data = join(folder, `mongod-${port}`);
  mkdirSync(data, { recursive: true });
  let child: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    const place = [
      '--dbpath',
      data,
      '--port',
      String(port),
      '--bind_ip',
      '127.0.0.1',
      '--nounixsocket',
      '--logpath',
      `${data}.log`,
    ];
    const small = [
      '--replSet',
      'proof',
      '--oplogSize',
      '64',
      '--wiredTigerCacheSizeGB',
      '0.25',
      '--setParameter',
      'diagnosticDataCollectionEnabled=false',
    ];
    child = spawn('mongod', [...place, ...small], { stdio: 'ignore' });
    running.add(child);
    for (const from = performance.now(); performance.now() - from < READY_LIMIT_MS; await sleep(150)) {
      try {
        await withMember({ port } as Member, (client) => client.db('admin').command({ ping: 1 }));
        return;
      } catch {
        // Not yet.
      }
    }
    throw new Error(`mongod on port ${port} did not start`);
  };
  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    running.delete(child);
    child.kill('SIGKILL');
    await ended;
  };
  return { port, start, kill };
}
