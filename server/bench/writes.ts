// How fast the shop's books can be written while people look at the catalogue. Khata entries go over HTTP to the real
// server, with journal, keys and validation; the baseline is one bare durable commit after another on the same disk.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KhataLoad, KhataResult } from './khata-clients.ts';
import type { ListLoad, ListResult } from './list-arrivals.ts';
import { type MeasuredServer, startMeasuredServer } from './measured-server.ts';
import { run, SLOW_SYNC_MS, slowingFails } from './run-child.ts';

const ROUNDS = 5;
const ROUND_MS = 2_000;
/** A disk this fast does not sync: the ratio says nothing then. */
const JUDGED_BELOW = 8_000;
const GOALS = { idle16: 1, slow16: 5, slow32: 8 };
const VISITS_PER_SECOND = 50;
const LIST_GOAL_MS = 25;

interface Rates {
  bare: number;
  clients16: KhataResult;
  clients32: KhataResult;
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
    if (reason) console.log(`\nEach sync slowed to ${SLOW_SYNC_MS} ms: SKIPPED, ${reason}.`);
    else {
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

/** The three by turns, so that each sees the same machine. */
async function measureRates(folder: string, server: MeasuredServer, slow: boolean): Promise<Rates[]> {
  const rounds: Rates[] = [];
  await postKhata(server, 16, ROUND_MS / 2);
  for (let round = 0; round < ROUNDS; round++) {
    const input = { file: join(folder, `bare-${slow}.db`), milliseconds: ROUND_MS };
    const { perSecond: bare } = await run<{ perSecond: number }>('./bare-commits.ts', input, slow);
    const clients16 = await postKhata(server, 16, ROUND_MS);
    const clients32 = await postKhata(server, 32, ROUND_MS);
    rounds.push({ bare, clients16, clients32 });
  }
  return rounds;
}

async function measureLists(server: MeasuredServer): Promise<{ quiet: ListResult; busy: ListResult }[]> {
  const rounds: { quiet: ListResult; busy: ListResult }[] = [];
  const load: ListLoad = { port: server.port, perSecond: VISITS_PER_SECOND, milliseconds: ROUND_MS };
  for (let round = 0; round < ROUNDS; round++) {
    const quiet = await run<ListResult>('./list-arrivals.ts', load);
    const writing = postKhata(server, 16, ROUND_MS + 1_500);
    const busy = await run<ListResult>('./list-arrivals.ts', load);
    await writing;
    rounds.push({ quiet, busy });
  }
  return rounds;
}

function postKhata({ port, token, customers }: MeasuredServer, clients: number, milliseconds: number) {
  const load: KhataLoad = { port, token, customers, clients, milliseconds };
  return run<KhataResult>('./khata-clients.ts', load);
}

function judgeIdle(rounds: Rates[]): boolean {
  printRates('Khata entries over HTTP against bare durable commits, the disk as it is', rounds);
  const bare = median(rounds.map((round) => round.bare));
  if (bare > JUDGED_BELOW) {
    console.log(`not judged: ${Math.round(bare)} bare commits a second are more than ${JUDGED_BELOW}`);
    return true;
  }
  return judge('16 clients', medianRatio(rounds, 'clients16'), GOALS.idle16);
}

function judgeSlow(rounds: Rates[]): boolean {
  printRates(`The same with each sync slowed by ${SLOW_SYNC_MS} ms`, rounds);
  const of16 = judge('16 clients', medianRatio(rounds, 'clients16'), GOALS.slow16);
  return judge('32 clients', medianRatio(rounds, 'clients32'), GOALS.slow32) && of16;
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
  return met;
}

function printRates(title: string, rounds: Rates[]): void {
  console.log(`\n${title}`);
  console.table(
    rounds.map(({ bare, clients16, clients32 }) => ({
      'bare commits/s': Math.round(bare),
      '16 clients/s': Math.round(clients16.perSecond),
      ratio: round1(clients16.perSecond / bare),
      'p50 ms': round1(clients16.p50),
      'p99 ms': round1(clients16.p99),
      '32 clients/s': Math.round(clients32.perSecond),
      'ratio of 32': round1(clients32.perSecond / bare),
    })),
  );
}

function judge(what: string, ratio: number, goal: number): boolean {
  const met = ratio >= goal;
  console.log(
    `${what}: ${ratio.toFixed(2)} times the bare commits, at least ${goal}: ${met ? 'met' : 'MISSED'}`,
  );
  return met;
}

function medianRatio(rounds: Rates[], which: 'clients16' | 'clients32'): number {
  return median(rounds.map((round) => round[which].perSecond / round.bare));
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function round1(number: number): number {
  return Math.round(number * 10) / 10;
}
