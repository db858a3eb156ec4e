// How fast the shop's books can be written while people look at the catalogue. Khata entries and orders go over HTTP to
// the real server, with journal, keys and validation; the baseline is one bare durable commit after another on the same
// disk.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { judged, judgedRatio, median } from './judgement.ts';
import type { ListLoad, ListResult } from './list-arrivals.ts';
import { type MeasuredServer, startMeasuredServer } from './measured-server.ts';
import { ROUNDS, roundMs } from './pace.ts';
import { run, SLOW_SYNC_MS, slowingFails } from './run-child.ts';
import type { Kind, WritingLoad, WritingResult } from './writing-clients.ts';

const ROUND_MS = roundMs(2_000);
/** Until the hot code is compiled: at two thousand changes a second that takes longer than a round. */
const WARM_UP_MS = roundMs(8_000);
/** A disk this fast does not sync: the ratio says nothing then. */
const JUDGED_BELOW = 8_000;
/** At least so many times the bare commits; null: measured, not judged. */
const GOALS: Record<'idle' | 'slow', Record<Kind, Record<16 | 32, number | null>>> = {
  idle: { khata: { 16: 1.2, 32: null }, orders: { 16: 0.7, 32: null } },
  slow: { khata: { 16: 6, 32: 10 }, orders: { 16: 4, 32: 6 } },
};
const KINDS: Record<Kind, string> = { khata: 'Khata entries', orders: 'Orders of three items on khata' };
const VISITS_PER_SECOND = 50;
const CHANGES_PER_SECOND = 50;
const LIST_GOAL_MS = 25;

interface Rates {
  bare: number;
  khata: { 16: WritingResult; 32: WritingResult };
  orders: { 16: WritingResult; 32: WritingResult };
}

/** Prints the tables; false when a judged goal was missed. */
export async function benchWrites(): Promise<boolean> {
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'writes-'));
  try {
    const idle = await onServer(join(folder, 'idle'), false, async (server) => ({
      rates: await measureRates(folder, server, false),
      lists: await measureLists(server),
    }));
    const results = [judgeIdle(idle.rates), judgeLists(idle.lists)];
    const reason = await slowingFails();
    if (reason) {
      console.log(`\nEach sync slowed to ${SLOW_SYNC_MS} ms: SKIPPED, ${reason}.`);
      const work = `writes with each sync slowed to ${SLOW_SYNC_MS} ms`;
      judged({ work, goal: '', outcome: 'skipped', note: reason });
    } else {
      const slow = await onServer(join(folder, 'slow'), true, (server) => measureRates(folder, server, true));
      results.push(judgeSlow(slow));
    }
    return results.every((met) => met);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function onServer<T>(
  dataDir: string,
  slow: boolean,
  measure: (server: MeasuredServer) => Promise<T>,
): Promise<T> {
  mkdirSync(dataDir);
  const server = await startMeasuredServer(dataDir, slow);
  try {
    return await measure(server);
  } finally {
    await server.stop();
  }
}

/** All by turns, so that each sees the same machine. */
async function measureRates(folder: string, server: MeasuredServer, slow: boolean): Promise<Rates[]> {
  const rounds: Rates[] = [];
  for (const kind of ['khata', 'orders'] as const) await write(server, kind, 16, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round++) {
    const input = { file: join(folder, `bare-${slow}.db`), milliseconds: ROUND_MS };
    const { perSecond: bare } = await run<{ perSecond: number }>('./bare-commits.ts', input, slow);
    const of = async (kind: Kind) => ({
      16: await write(server, kind, 16, ROUND_MS),
      32: await write(server, kind, 32, ROUND_MS),
    });
    rounds.push({ bare, khata: await of('khata'), orders: await of('orders') });
  }
  return rounds;
}

async function measureLists(server: MeasuredServer): Promise<{ quiet: ListResult; busy: ListResult }[]> {
  const rounds: { quiet: ListResult; busy: ListResult }[] = [];
  const load: ListLoad = { port: server.port, perSecond: VISITS_PER_SECOND, milliseconds: ROUND_MS };
  for (let round = 0; round < ROUNDS; round++) {
    const quiet = await run<ListResult>('./list-arrivals.ts', load);
    const writing = write(server, 'khata', 16, ROUND_MS + 1_500, CHANGES_PER_SECOND);
    const busy = await run<ListResult>('./list-arrivals.ts', load);
    await writing;
    rounds.push({ quiet, busy });
  }
  return rounds;
}

function write(
  server: MeasuredServer,
  kind: Kind,
  clients: number,
  milliseconds: number,
  changesPerSecond?: number,
) {
  const { port, token, customers, pieces } = server;
  const rate = changesPerSecond === undefined ? {} : { changesPerSecond };
  const load: WritingLoad = { kind, port, token, customers, pieces, clients, milliseconds, ...rate };
  return run<WritingResult>('./writing-clients.ts', load);
}

function judgeIdle(rounds: Rates[]): boolean {
  const bare = Math.round(median(rounds.map((round) => round.bare)));
  const isJudged = bare <= JUDGED_BELOW;
  const note = isJudged ? '' : `not judged: ${bare} bare commits a second are more than ${JUDGED_BELOW}`;
  return judgeRates('idle', 'the disk as it is', rounds, note);
}

function judgeSlow(rounds: Rates[]): boolean {
  return judgeRates('slow', `each sync slowed by ${SLOW_SYNC_MS} ms`, rounds, '');
}

/** `notJudged`: why not, or nothing. */
function judgeRates(disk: 'idle' | 'slow', words: string, rounds: Rates[], notJudged: string): boolean {
  let met = true;
  for (const kind of ['khata', 'orders'] as const) {
    console.log(`\n${KINDS[kind]} over HTTP against bare durable commits, ${words}`);
    printRates(kind, rounds);
    for (const clients of [16, 32] as const) {
      const goal = GOALS[disk][kind][clients];
      const of = (rate: (round: Rates) => number) => Math.round(median(rounds.map(rate)));
      const row = {
        work: `${KINDS[kind]}, ${clients} writers, ${words}`,
        baseline: `bare commits ${of((round) => round.bare)}/s`,
        measured: `${of((round) => round[kind][clients].perSecond)}/s`,
        note: notJudged,
      };
      const ratios = rounds.map((round) => round[kind][clients].perSecond / round.bare);
      const isMet = judgedRatio(row, ratios, goal ?? 0, goal !== null && notJudged === '');
      console.log(
        `${clients} clients: ${median(ratios).toFixed(2)} times the bare commits, goal ${goal ?? 'none'}` +
          `${isMet ? '' : ': MISSED'} ${notJudged}`,
      );
      met = isMet && met;
    }
  }
  return met;
}

function judgeLists(rounds: { quiet: ListResult; busy: ListResult }[]): boolean {
  console.log(`\nThe public list, ${VISITS_PER_SECOND} visits a second, in ms`);
  console.table(
    rounds.map(({ quiet, busy }) => ({
      'quiet p50': round1(quiet.p50),
      'quiet p99': round1(quiet.p99),
      'during writes p50': round1(busy.p50),
      'during writes p99': round1(busy.p99),
    })),
  );
  const quiet = median(rounds.map((round) => round.quiet.p99));
  const busy = median(rounds.map((round) => round.busy.p99));
  const allowed = Math.max(3 * quiet, LIST_GOAL_MS);
  const met = busy <= allowed;
  console.log(`p99 ${round1(busy)} ms, at most ${round1(allowed)} ms: ${met ? 'met' : 'MISSED'}`);
  const ratios = rounds.map((round) => round.busy.p99 / round.quiet.p99);
  return judged({
    work: `p99 of the list, ${VISITS_PER_SECOND} visits a second, while ${CHANGES_PER_SECOND} changes a second are written`,
    baseline: `quiet ${round1(quiet)} ms`,
    measured: `${round1(busy)} ms`,
    ratio: round2(median(ratios)),
    spread: [round2(Math.min(...ratios)), round2(Math.max(...ratios))],
    goal: `at most max(3 x quiet, ${LIST_GOAL_MS} ms)`,
    outcome: met ? 'met' : 'MISSED',
  });
}

function printRates(kind: Kind, rounds: Rates[]): void {
  console.table(
    rounds.map((round) => ({
      'bare commits/s': Math.round(round.bare),
      '16 clients/s': Math.round(round[kind][16].perSecond),
      ratio: round2(round[kind][16].perSecond / round.bare),
      'p50 ms': round1(round[kind][16].p50),
      'p99 ms': round1(round[kind][16].p99),
      '32 clients/s': Math.round(round[kind][32].perSecond),
      'ratio of 32': round2(round[kind][32].perSecond / round.bare),
    })),
  );
}

function round1(number: number): number {
  return Math.round(number * 10) / 10;
}

function round2(number: number): number {
  return Math.round(number * 100) / 100;
}
