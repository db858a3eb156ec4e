// How fast single predictions of stones are answered over HTTP, beside node:http alone on the same machine by turns.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { modelVersion } from '../src/domain/trained-model.ts';
import { packModel } from '../src/features/predictions/model-bytes.ts';
import { trainGradedModel } from '../src/ml/graded-model.ts';
import { writeGradedModel } from '../src/ml/graded-model-file.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import { judgedRatio, median } from './judgement.ts';
import { freePort, startMeasuredServer } from './measured-server.ts';
import { QUICK, roundMs } from './pace.ts';
import { cpuMicroseconds } from './processes.ts';
import type { QuestionLoad, QuestionResult } from './question-clients.ts';
import { readStones } from './reference-data.ts';
import { run, start } from './run-child.ts';

const GOAL = 0.4;
const ROUNDS = QUICK ? 3 : 7;
const ROUND_MS = roundMs(2_000);
/** Until the hot code is compiled. */
const WARM_UP_MS = roundMs(8_000);
const CLIENTS = 16;
const PATH = '/api/predictions/diamond';
const QUESTION = JSON.stringify({ carat: 1.5, cut: 'Ideal', color: 'E', clarity: 'VS1' });

interface Server {
  port: number;
  pid: number;
}
interface Round {
  perSecond: number;
  /** Microseconds of CPU time for an answer; null where the system does not say. */
  microseconds: number | null;
}

/** Prints the table; false when the goal was missed. */
export async function benchPredictions(): Promise<boolean> {
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'predictions-'));
  try {
    await putModel(folder);
    const shop = await startMeasuredServer(folder, false);
    try {
      const answer = await askOnce(shop.port);
      const port = await freePort();
      const raw = start('./raw-http.ts', [JSON.stringify({ port, answer })], { slow: false, piped: false });
      try {
        await untilAnswered(port);
        return judge(await measure({ port: shop.port, pid: shop.pid }, { port, pid: raw.pid ?? 0 }));
      } finally {
        raw.kill();
      }
    } finally {
      await shop.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The shipped stones by their 4Cs, with ranges; few trees, since a table answers whatever they were. */
export async function putModel(dataDir: string): Promise<void> {
  const at = Date.now();
  const rows = readStones();
  const bytes = await packModel(
    writeGradedModel(trainGradedModel(rows, { seed: 1, trees: 30, withBands: true })),
  );
  const store = await openSqliteStore({
    dataDir,
    now: at,
    onDeath: (error) => {
      throw error;
    },
  });
  const details = {
    currency: 'USD',
    rupeesPerDollar: { month: '2026-06', rate: 90 },
    learnedFactor: null,
  };
  const card = {
    name: 'diamond-4c' as const,
    version: modelVersion(at),
    trainedAt: at,
    dataPoints: rows.sizes.length,
    basis: 'reference' as const,
    seenPosition: 0,
    metrics: { mape: 8 },
    details,
  };
  await store.models.put([{ card, bytes }], null, {
    actor: { kind: 'system', name: 'bench' },
    requestId: 'bench',
    at,
  });
  await store.close();
}

async function askOnce(port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: QUESTION,
  });
  if (!response.ok) throw new Error(`the question was answered with ${response.status}`);
  return response.text();
}

/** The other server has no address to ask whether it is ready. */
async function untilAnswered(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const isThere = await askOnce(port).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    await sleep(100);
  }
  throw new Error('node:http did not answer in time');
}

async function measure(shop: Server, raw: Server): Promise<{ shop: Round; raw: Round }[]> {
  await askAll(raw, WARM_UP_MS / 4);
  await askAll(shop, WARM_UP_MS);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ raw: await askAll(raw, ROUND_MS), shop: await askAll(shop, ROUND_MS) });
  }
  return rounds;
}

async function askAll({ port, pid }: Server, milliseconds: number): Promise<Round> {
  const load: QuestionLoad = { port, path: PATH, body: QUESTION, clients: CLIENTS, milliseconds };
  const before = cpuMicroseconds(pid);
  const { answers, perSecond } = await run<QuestionResult>('./question-clients.ts', load);
  const after = cpuMicroseconds(pid);
  return { perSecond, microseconds: before === null || after === null ? null : (after - before) / answers };
}

function judge(rounds: { shop: Round; raw: Round }[]): boolean {
  console.log(`\nSingle predictions of a stone over HTTP, ${CLIENTS} clients, beside node:http alone`);
  console.table(
    rounds.map(({ shop, raw }) => ({
      'node:http /s': Math.round(raw.perSecond),
      'shop /s': Math.round(shop.perSecond),
      ratio: Math.round((100 * shop.perSecond) / raw.perSecond) / 100,
      'node:http us CPU': raw.microseconds === null ? '-' : Math.round(raw.microseconds),
      'shop us CPU': shop.microseconds === null ? '-' : Math.round(shop.microseconds),
    })),
  );
  const ratios = rounds.map(({ shop, raw }) => shop.perSecond / raw.perSecond).sort((a, b) => a - b);
  const ratio = ratios[ratios.length >> 1] ?? Number.NaN;
  const met = ratio >= GOAL;
  console.log(
    `the middle round: ${ratio.toFixed(2)} of node:http, at least ${GOAL}: ${met ? 'met' : 'MISSED'}`,
  );
  const rate = (of: (round: { shop: Round; raw: Round }) => Round) =>
    `${Math.round(median(rounds.map((round) => of(round).perSecond)))}/s`;
  const row = {
    work: 'one prediction of a stone',
    baseline: `node:http ${rate(({ raw }) => raw)}`,
    measured: rate(({ shop }) => shop),
  };
  return judgedRatio(row, ratios, GOAL);
}
