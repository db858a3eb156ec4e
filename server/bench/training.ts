// What a full training does to visitors of the public list: p99 of the quiet shop beside that while stones are learned
// from the whole open data set, by turns (R15). The delay of the event loop itself stands in `bench forecasts`.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadReferenceData } from '../src/features/reference/load-reference-data.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import type { ListLoad, ListResult } from './list-arrivals.ts';
import { type MeasuredServer, startMeasuredServer } from './measured-server.ts';
import { run } from './run-child.ts';

const ROUNDS = 5;
const ROUND_MS = 5_000;
const VISITS_PER_SECOND = 100;
const LEAST_GOAL_MS = 25;
const LONGEST_WAIT_MS = 120_000;

/** Prints the table; false when the goal was missed. */
export async function benchTraining(): Promise<boolean> {
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'training-'));
  try {
    await loadStones(folder);
    const server = await startMeasuredServer(folder, false);
    try {
      return judge(await measure(server));
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loadStones(dataDir: string): Promise<void> {
  const store = await openSqliteStore({
    dataDir,
    now: Date.now(),
    onDeath: (error) => {
      throw error;
    },
  });
  const actor = { kind: 'system', name: 'bench' } as const;
  await loadReferenceData({ store }, { actor, requestId: 'bench', at: Date.now() });
  await store.close();
}

interface Round {
  quiet: ListResult;
  busy: ListResult;
}

async function measure(server: MeasuredServer): Promise<Round[]> {
  const load: ListLoad = { port: server.port, perSecond: VISITS_PER_SECOND, milliseconds: ROUND_MS };
  await untilState(server, 'idle');
  await run<ListResult>('./list-arrivals.ts', load);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const quiet = await run<ListResult>('./list-arrivals.ts', load);
    const asked = send(server, 'POST', '/api/predictions/retrain');
    const job = await untilState(server, 'running');
    const busy = await run<ListResult>('./list-arrivals.ts', load);
    await send(server, 'POST', `/api/predictions/jobs/${job}/cancel`);
    await asked;
    await untilState(server, 'idle');
    rounds.push({ quiet, busy });
    console.log(
      `round ${round + 1}: quiet p99 ${quiet.p99.toFixed(1)} ms, training p99 ${busy.p99.toFixed(1)} ms`,
    );
  }
  return rounds;
}

/** Waits until no training is open, or one has begun to learn; answers its id. */
async function untilState(server: MeasuredServer, state: 'idle' | 'running'): Promise<string | null> {
  const started = performance.now();
  while (performance.now() - started < LONGEST_WAIT_MS) {
    const { data } = (await send(server, 'GET', '/api/predictions/models')) as {
      data: { training: { state: string; job_id: string | null; progress: number | null } };
    };
    const { training } = data;
    if (training.state === state && (state === 'idle' || (training.progress ?? 0) > 0))
      return training.job_id;
    await sleep(100);
  }
  throw new Error(`the trainings were not ${state} in time`);
}

async function send({ port, token }: MeasuredServer, method: string, path: string): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
  return response.json();
}

function judge(rounds: readonly Round[]): boolean {
  const quiet = median(rounds.map((round) => round.quiet.p99));
  const busy = median(rounds.map((round) => round.busy.p99));
  const goal = Math.max(3 * quiet, LEAST_GOAL_MS);
  const verdict = busy <= goal ? 'ok' : 'MISSED';
  console.log(
    `\nGET /api/products, p99, median of ${ROUNDS} rounds at ${VISITS_PER_SECOND} visits a second: quiet ` +
      `${quiet.toFixed(1)} ms, while all models train ${busy.toFixed(1)} ms, goal <= ${goal.toFixed(1)} ms: ${verdict}`,
  );
  return busy <= goal;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
