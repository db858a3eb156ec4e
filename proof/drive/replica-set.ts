// A MongoDB replica set of three members on this machine, started for one check.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import type { CheckSpec } from '../check.ts';
import { freePort } from './program.ts';

const READY_LIMIT_MS = 60_000;
const ELECTION_TIMEOUT_MS = 3000;
const DEAF_MS = 400;
const RESTART_AFTER_MS = 4000;

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
  signal: (name: NodeJS.Signals) => void;
}

export interface ReplicaSet {
  /** The settings of a shop on it, in a database of its own. */
  environment: (database: string) => Record<string, string>;
  /** The member that is the primary now; waits for one. */
  primary: () => Promise<Member>;
  /** Waits until all three take part: of a set that already lacks one, no two are left when another goes. */
  whole: () => Promise<void>;
  /** Tells the primary to step down. */
  stepDown: () => Promise<void>;
  /**
   * Ends the primary as a power cut would, after the others heard nothing from it for a moment: what it alone has is
   * lost. It is started again some seconds later.
   */
  losePrimary: () => Promise<void>;
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
      for (const member of members) if ((await partOf(member)) === 'primary') return member;
    }
    throw new Error('the replica set has no primary');
  };
  await primary();
  const restarts: Promise<void>[] = [];
  let stopped = false;
  return {
    environment: (database) => ({
      MONGODB_URI: `mongodb://${hosts.join(',')}/${database}?replicaSet=proof`,
      JWT_SECRET_KEY: 'x7Qp2mVt9LkR4sWb8NcY3hJd6FgZ1uTe',
    }),
    primary,
    whole: async () => {
      for (const from = performance.now(); performance.now() - from < READY_LIMIT_MS; await sleep(200)) {
        const parts = await Promise.all(members.map(partOf));
        if (parts.every((part) => part !== null)) return;
      }
      throw new Error('the replica set does not become whole');
    },
    stepDown: async () => {
      const member = await primary();
      // The connection may end with it.
      await withMember(member, (client) =>
        client.db('admin').command({ replSetStepDown: 10, secondaryCatchUpPeriodSecs: 2, force: true }),
      ).catch(() => undefined);
    },
    losePrimary: async () => {
      const lost = await primary();
      const others = members.filter((member) => member !== lost);
      for (const other of others) other.signal('SIGSTOP');
      await sleep(DEAF_MS);
      await lost.kill();
      for (const other of others) other.signal('SIGCONT');
      restarts.push(sleep(RESTART_AFTER_MS).then(() => (stopped ? undefined : lost.start())));
    },
    stop: async () => {
      stopped = true;
      await Promise.allSettled(restarts);
      await Promise.all(members.map((member) => member.kill()));
    },
  };
}

/** The same check on a MongoDB replica set of its own, with a defect of that store. */
export function onReplicaSet<Size>(
  spec: CheckSpec<Size>,
  control: CheckSpec<Size>['control'],
): CheckSpec<Size> {
  return {
    ...spec,
    id: `${spec.id}-mongo`,
    what: `${spec.what}; on a MongoDB replica set`,
    quick: 'needs a replica set',
    control,
    missing: mongodMissing,
    run: async (stage, size) => {
      const servers = await startReplicaSet(stage.folder);
      try {
        const environment = { ...stage.environment, ...servers.environment('proof') };
        return await spec.run({ ...stage, environment }, size);
      } finally {
        await servers.stop();
      }
    },
  };
}

/** Null: it is down, or just starting. */
async function partOf(member: Member): Promise<'primary' | 'secondary' | null> {
  try {
    const hello = await withMember(member, (client) => client.db('admin').command({ hello: 1 }));
    if (hello.isWritablePrimary === true) return 'primary';
    return hello.secondary === true ? 'secondary' : null;
  } catch {
    return null;
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
  const signal = (name: NodeJS.Signals): void => void child?.kill(name);
  return { port, start, kill, signal };
}
