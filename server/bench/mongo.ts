// How fast khata entries are written over HTTP on a replica set of three members, all on this machine: by one API
// process, and by two and three of them on one shop, beside bare majority inserts one after another.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installedServer, type Servers, startReplicaSet } from '../test/mongo-servers.ts';
import type { BareInserts } from './bare-inserts.ts';
import { type MeasuredServer, startBareServer, startMeasuredServer } from './measured-server.ts';
import { run } from './run-child.ts';
import type { WritingLoad, WritingResult } from './writing-clients.ts';

const ROUNDS = 3;
const ROUND_MS = 2_000;
const WRITERS = 16;
const GOAL_PER_SECOND = 400;
const GOAL_RATIO = 2.5;
const JWT_SECRET_KEY = 'a-secret-of-the-benchmark-only-32-bytes';

interface Round {
  bare: number;
  /** By the number of API processes, from one on. */
  byProcesses: WritingResult[];
}

/** Prints the table; false when a goal was missed. */
export async function benchMongo(): Promise<boolean> {
  const version = installedServer();
  if (version === null) {
    console.log('SKIPPED: there is no mongod on the PATH.');
    return true;
  }
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'mongo-'));
  const members = join(folder, 'members');
  mkdirSync(members);
  const servers = await startReplicaSet(members);
  try {
    console.log(`mongod ${version}, three members, ${WRITERS} khata writers over HTTP`);
    return judge(await measure(servers, folder));
  } finally {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(servers: Servers, folder: string): Promise<Round[]> {
  const env = { MONGODB_URI: servers.uri.replace('/?', '/bench?'), JWT_SECRET_KEY };
  const dataDirs = ['one', 'two', 'three'].map((name) => join(folder, name));
  for (const dataDir of dataDirs) mkdirSync(dataDir);
  const first = await startMeasuredServer(dataDirs[0] ?? folder, false, env);
  const others = [];
  for (const dataDir of dataDirs.slice(1)) others.push(await startBareServer(dataDir, false, env));
  const ports = [first.port, ...others.map(({ port }) => port)];
  try {
    const rounds: Round[] = [];
    await post(first, ports.slice(0, 1), ROUND_MS);
    for (let round = 0; round < ROUNDS; round++) {
      const input: BareInserts = { uri: servers.uri.replace('/?', '/bare?'), milliseconds: ROUND_MS };
      const { perSecond: bare } = await run<{ perSecond: number }>('./bare-inserts.ts', input);
      const byProcesses: WritingResult[] = [];
      for (let processes = 1; processes <= ports.length; processes++) {
        byProcesses.push(await post(first, ports.slice(0, processes), ROUND_MS));
      }
      rounds.push({ bare, byProcesses });
    }
    return rounds;
  } finally {
    for (const { stop } of [first, ...others]) await stop();
  }
}

/** The writers shared out over the processes; what they do together. */
async function post(
  { token, customers, pieces }: MeasuredServer,
  ports: readonly number[],
  milliseconds: number,
): Promise<WritingResult> {
  const results = await Promise.all(
    ports.map((port, n) => {
      const clients = Math.floor(WRITERS / ports.length) + (n < WRITERS % ports.length ? 1 : 0);
      const load: WritingLoad = { kind: 'khata', port, token, customers, pieces, clients, milliseconds };
      return run<WritingResult>('./writing-clients.ts', load);
    }),
  );
  return {
    perSecond: results.reduce((sum, { perSecond }) => sum + perSecond, 0),
    p50: Math.max(...results.map(({ p50 }) => p50)),
    p99: Math.max(...results.map(({ p99 }) => p99)),
  };
}

function judge(rounds: Round[]): boolean {
  const whole = (result: WritingResult | undefined): number => Math.round(result?.perSecond ?? Number.NaN);
  console.table(
    rounds.map(({ bare, byProcesses: [one, two, three] }) => ({
      'bare inserts/s': Math.round(bare),
      '1 process/s': whole(one),
      ratio: Math.round(((one?.perSecond ?? 0) / bare) * 10) / 10,
      'p50 ms': Math.round(one?.p50 ?? 0),
      'p99 ms': Math.round(one?.p99 ?? 0),
      '2 processes/s': whole(two),
      '3 processes/s': whole(three),
    })),
  );
  const perSecond = median(rounds.map(({ byProcesses }) => byProcesses[0]?.perSecond ?? 0));
  const ratio = median(rounds.map(({ bare, byProcesses }) => (byProcesses[0]?.perSecond ?? 0) / bare));
  const met = perSecond >= GOAL_PER_SECOND && ratio >= GOAL_RATIO;
  console.log(
    `1 process: ${Math.round(perSecond)} a second, at least ${GOAL_PER_SECOND}; ${ratio.toFixed(2)} times the bare ` +
      `inserts, at least ${GOAL_RATIO}: ${met ? 'met' : 'MISSED'}`,
  );
  return met;
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
