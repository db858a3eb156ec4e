// The same questions to a small, a middle and a large shop, by turns: what grows with the shop, and what does not. And
// how long each takes to start, and the memory of its processes.

import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AskingLoad, AskingResult } from './asking-clients.ts';
import { type Judged, judged, median, rounded } from './judgement.ts';
import { openServer, startBareServer } from './measured-server.ts';
import { QUICK, ROUNDS } from './pace.ts';
import { memoryMegabytes } from './processes.ts';
import { run } from './run-child.ts';
import { fillYear } from './year-of-business.ts';

const SCALES = QUICK ? [1, 10] : [1, 10, 100];
const PRODUCTS = 1_000;
const ENTRIES = 10_000;
const GOALS = { p50: 1.5, p99: 2, p99Ms: 25, readyMs: 1_500, megabytes: 400 };
const ANSWERS = QUICK ? 150 : 400;
const STARTS = 3;
const CLIENTS = 2;

type SignedIn = Awaited<ReturnType<typeof openServer>>;
interface Grown extends SignedIn {
  name: string;
  folder: string;
  readiesMs: number[];
  customer: string;
}
interface Question {
  question: string;
  paths: (shop: Grown) => AskingLoad['paths'];
  isSignedIn: boolean;
}

const QUESTIONS: Question[] = [
  { question: 'the catalogue, page 1', paths: () => ['/api/products'], isSignedIn: false },
  { question: 'the catalogue, page 50', paths: () => ['/api/products?page=50'], isSignedIn: false },
  {
    question: 'filters that nobody asked before',
    paths: ({ folder }) => ({ file: join(folder, 'filters') }),
    isSignedIn: false,
  },
  { question: 'orders, page 1', paths: () => ['/api/orders'], isSignedIn: true },
  { question: 'orders, page 50', paths: () => ['/api/orders?page=50'], isSignedIn: true },
  { question: 'the khata, page 1', paths: () => ['/api/khata/transactions?limit=20'], isSignedIn: true },
  {
    question: 'the khata, page 50',
    paths: () => ['/api/khata/transactions?limit=20&skip=980'],
    isSignedIn: true,
  },
  {
    question: 'a customer’s ledger',
    paths: ({ customer }) => [`/api/customers/${customer}/khata?limit=20`],
    isSignedIn: true,
  },
];

/** Prints the tables; false when a goal was missed. */
export async function benchGrowth(): Promise<boolean> {
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'growth-'));
  const shops: Grown[] = [];
  try {
    for (const scale of SCALES) shops.push(await openGrown(join(folder, String(scale)), scale));
    const measured = await askAll(shops);
    const answers = QUESTIONS.map(({ question }) => judgeQuestion(question, shops, measured));
    return judgeShops(shops) && answers.every((met) => met);
  } finally {
    for (const shop of shops) await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openGrown(folder: string, scale: number): Promise<Grown> {
  mkdirSync(folder);
  const [products, entries] = [PRODUCTS * scale, ENTRIES * scale];
  const sizes = { products, customers: 100 * scale, orders: 1_200 * scale, sales: 0, entries };
  const { rows, seconds } = await fillYear(join(folder, 'shop.db'), sizes, Date.now());
  console.log(`${rows} rows in ${seconds.toFixed(0)} s`);
  writeFileSync(join(folder, 'filters'), newFilters().join('\n'));
  // The first start makes the account, and compiled code that later ones find.
  await (await openServer(folder, false)).stop();
  const readiesMs: number[] = [];
  for (let n = 1; n < STARTS; n++) {
    const server = await startBareServer(folder, false);
    readiesMs.push(server.readyMs);
    await server.stop();
  }
  const server = await openServer(folder, false);
  readiesMs.push(server.readyMs);
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/customers?limit=1`, {
    headers: { authorization: `Bearer ${server.token}` },
  });
  const { data } = (await answer.json()) as { data: { id: string }[] };
  const name = `${products} pieces, ${entries} entries`;
  return { ...server, name, folder, readiesMs, customer: data[0]?.id ?? '' };
}

/** As many as are asked for, so that none is asked twice. */
function newFilters(): string[] {
  return Array.from({ length: ANSWERS * (ROUNDS + 2) }, (_, n) => {
    const from = 10_000 + n * 37;
    return `/api/products?category=Ring&min_price=${from}&max_price=${from + 150_000}`;
  });
}

/** By question and shop; all shops in each round, so that each sees the same machine. */
async function askAll(shops: readonly Grown[]): Promise<Map<string, AskingResult[]>> {
  const measured = new Map<string, AskingResult[]>();
  for (let round = -1; round < ROUNDS; round++) {
    for (const { question, paths, isSignedIn } of QUESTIONS) {
      for (const shop of shops) {
        const load: AskingLoad = {
          port: shop.port,
          paths: paths(shop),
          first: (round + 1) * ANSWERS,
          headers: isSignedIn ? [`Authorization: Bearer ${shop.token}`] : [],
          clients: CLIENTS,
          answers: ANSWERS,
        };
        const result = await run<AskingResult>('./asking-clients.ts', load);
        const key = `${question} ${shop.name}`;
        // The first round is for the compiler.
        if (round >= 0) measured.set(key, [...(measured.get(key) ?? []), result]);
      }
    }
  }
  return measured;
}

function judgeQuestion(
  question: string,
  shops: readonly Grown[],
  measured: ReadonlyMap<string, AskingResult[]>,
): boolean {
  const rounds = shops.map(({ name }) => measured.get(`${question} ${name}`) ?? []);
  const middle = (of: (result: AskingResult) => number) => rounds.map((results) => median(results.map(of)));
  const [p50, p99] = [middle((result) => result.p50), middle((result) => result.p99)];
  const ratios = (rounds.at(-1) ?? []).map((large, n) => large.p50 / (rounds[0]?.[n]?.p50 ?? Number.NaN));
  const allowedMs = Math.max(GOALS.p99 * (p99[0] ?? 0), GOALS.p99Ms);
  const isMet = median(ratios) <= GOALS.p50 && (p99.at(-1) ?? 0) <= allowedMs;
  console.log(`\n${question}: p50 and p99 in ms`);
  console.table(
    shops.map(({ name }, n) => ({ shop: name, p50: rounded(p50[n] ?? 0), p99: rounded(p99[n] ?? 0) })),
  );
  return judged({
    work: `${question}, ${SCALES.at(-1)} times the shop`,
    baseline: `p50 ${rounded(p50[0] ?? 0)}, p99 ${rounded(p99[0] ?? 0)} ms`,
    measured: `p50 ${rounded(p50.at(-1) ?? 0)}, p99 ${rounded(p99.at(-1) ?? 0)} ms`,
    ratio: rounded(median(ratios)),
    spread: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    goal: `p50 at most ${GOALS.p50} x, p99 at most max(${GOALS.p99} x, ${GOALS.p99Ms} ms)`,
    outcome: isMet ? 'met' : 'MISSED',
    note: SCALES.length > 2 ? `at 10 times: p50 ${rounded(p50[1] ?? 0)}, p99 ${rounded(p99[1] ?? 0)} ms` : '',
  });
}

/** Start, memory and file of each shop; the goals are the largest one's. */
function judgeShops(shops: readonly Grown[]): boolean {
  console.log('\nStart and memory');
  const rows = shops.map(({ name, pid, readiesMs, folder }) => ({
    shop: name,
    'start ms': Math.round(median(readiesMs)),
    memory: memoryMegabytes(pid),
    'file MB': Math.round(fileBytes(folder) / 1_000_000),
  }));
  console.table(
    rows.map(({ memory, ...row }) => ({ ...row, 'memory MB': memory?.now, 'at most MB': memory?.most })),
  );
  const sizes = rows.map(
    (row) => `${row.shop}: ${row['start ms']} ms, ${row.memory?.now} MB, file ${row['file MB']} MB`,
  );
  const last = rows.at(-1);
  const readiesMs = shops.at(-1)?.readiesMs ?? [];
  const row = { work: `start to ready, ${last?.shop}`, measured: `${last?.['start ms']} ms` };
  const started = judged({
    ...row,
    spread: [Math.round(Math.min(...readiesMs)), Math.round(Math.max(...readiesMs))],
    goal: `at most ${GOALS.readyMs} ms`,
    outcome: (last?.['start ms'] ?? 0) <= GOALS.readyMs ? 'met' : 'MISSED',
    note: sizes.join('; '),
  });
  return judgeMemory(last?.shop ?? '', last?.memory ?? null) && started;
}

function judgeMemory(shop: string, memory: { now: number; most: number } | null): boolean {
  const row: Pick<Judged, 'work' | 'goal'> = {
    work: `memory of all processes, ${shop}`,
    goal: `at most ${GOALS.megabytes} MB`,
  };
  if (memory === null) return judged({ ...row, outcome: 'skipped', note: 'this system does not say' });
  return judged({
    ...row,
    measured: `${memory.now} MB`,
    outcome: memory.now <= GOALS.megabytes ? 'met' : 'MISSED',
    note: `at most ${memory.most} MB`,
  });
}

function fileBytes(folder: string): number {
  const files = readdirSync(folder).filter((name) => name.startsWith('shop.db'));
  return files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
