// How a shop answers after a year: 100,000 orders and sales, 1,000,000 khata entries, 20,000 products. Each answer of
// analytics is asked for cold (the books have just changed) and unchanged; lists are compared with a small shop. Judged
// is the processor's time on the thread that answers, which is the clock's on a machine that does nothing else.

import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { verifyDatabase } from '../src/store/sqlite/verify.ts';
import { type AskedShop, openAskedShop, type Taken } from './asked-shop.ts';
import { benchExports } from './year-exports.ts';
import { fillYear, type Sizes } from './year-of-business.ts';
import { SHOP } from './year-orders.ts';

const YEAR: Sizes = {
  products: 20_000,
  customers: 10_000,
  orders: 100_000,
  sales: 100_000,
  entries: 1_000_000,
};
/** Small, but with enough of each kind to fill a page: 20 rows are compared with 20 rows. */
const SMALL: Sizes = { products: 600, customers: 30, orders: 100, sales: 100, entries: 1_000 };
/** 23:30 in the shop. */
const UNTIL = Date.parse('2026-01-15T18:00:00Z');
const GOALS = { coldMs: 60, unchangedMs: 2, listRatio: 2 };
const ROUNDS = { cold: 15, unchanged: 60, list: 200 };

const DAYS_90 = 'from=2025-10-18&to=2026-01-15';
const ANSWERS = [
  'dashboard?days=90',
  'sales-trend?months=12',
  'enhanced-metrics?days=90',
  'today',
  `revenue?${DAYS_90}`,
  `revenue?${DAYS_90}&interval=week&compare=previous`,
  `order-value?${DAYS_90}`,
  `conversion?${DAYS_90}`,
  `top-products?${DAYS_90}&source=both`,
  'top-products?by=fine_grams',
  'customers',
  'customers?by=recency&page=20',
  `busy-hours?${DAYS_90}`,
  `money-in?${DAYS_90}`,
  'khata-ageing',
  'khata-ageing?page=30&per_page=100',
  'stock-ageing',
  `gold?${DAYS_90}`,
].map((name) => `/api/analytics/${name}`);

function lists({ customerId }: AskedShop): string[] {
  return [
    '/api/orders',
    '/api/orders?status=completed',
    `/api/orders/customer/${customerId}`,
    '/api/sales',
    '/api/khata/transactions?limit=20',
    `/api/customers/${customerId}/khata?limit=20`,
    '/api/customers?limit=20',
    '/api/products',
    '/api/products?category=Ring',
    '/api/products/admin?status=draft',
  ];
}

/** BENCH_YEAR names a folder that keeps the year, so that another run need not fill it again. */
export async function benchLoadYear(): Promise<boolean> {
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'year-'));
  try {
    const dataDir = process.env.BENCH_YEAR ?? join(folder, 'year');
    const year = await openFilled(dataDir, YEAR);
    const small = await openFilled(join(folder, 'small'), SMALL);
    const met: boolean[] = [];
    try {
      met.push(await judgeAnswers(year), await judgeLists(year, small));
    } finally {
      await year.close();
      await small.close();
    }
    met.push(await benchExports(dataDir, YEAR.entries));
    return met.every(Boolean);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openFilled(dataDir: string, sizes: Sizes): Promise<AskedShop> {
  const file = join(dataDir, 'shop.db');
  if (existsSync(file)) console.log(`${dataDir} is filled already`);
  else {
    mkdirSync(dataDir, { recursive: true });
    const { rows, seconds } = await fillYear(file, sizes, UNTIL);
    console.log(`${rows} rows in ${seconds.toFixed(0)} s, ${Math.round(rows / seconds)} a second`);
    const { problems } = await verifyDatabase(file, SHOP);
    if (problems.length > 0) throw new Error(`swati verify: ${problems.slice(0, 3).join('\n')}`);
    console.log('swati verify finds nothing wrong');
  }
  return openAskedShop(dataDir, UNTIL);
}

async function judgeAnswers(shop: AskedShop): Promise<boolean> {
  const rows: Record<string, number | string>[] = [];
  let met = true;
  for (const path of ANSWERS) {
    await shop.ask(path);
    const cold = await times(ROUNDS.cold, async () => {
      await shop.touch();
      return shop.ask(path);
    });
    const unchanged = await times(ROUNDS.unchanged, () => shop.ask(path));
    const isMet = used(cold, 0.5) <= GOALS.coldMs && meanUsed(unchanged) <= GOALS.unchangedMs;
    met &&= isMet;
    rows.push({
      answer: path.replace('/api/analytics/', '').replace(DAYS_90, '90 days'),
      'cold p50': used(cold, 0.5),
      'cold p99': used(cold, 0.99),
      'clock p50': clock(cold, 0.5),
      unchanged: meanUsed(unchanged),
      'its clock p50': clock(unchanged, 0.5),
      'its clock p99': clock(unchanged, 0.99),
      goal: isMet ? 'met' : 'MISSED',
    });
  }
  console.log(
    `\nAnalytics, processor ms: cold p50 at most ${GOALS.coldMs}, unchanged at most ${GOALS.unchangedMs}`,
  );
  console.table(rows);
  return met;
}

/** Both shops by turns, so that each sees the same machine. */
async function judgeLists(year: AskedShop, small: AskedShop): Promise<boolean> {
  const rows: Record<string, number | string>[] = [];
  let met = true;
  const ofSmall = lists(small);
  for (const [index, path] of lists(year).entries()) {
    const [large, little]: [Taken[], Taken[]] = [[], []];
    for (let round = 0; round < ROUNDS.list; round++) {
      large.push(await year.ask(path));
      little.push(await small.ask(ofSmall[index] ?? path));
    }
    const ratio = meanUsed(large) / meanUsed(little);
    met &&= ratio <= GOALS.listRatio;
    rows.push({
      list: path.replace(year.customerId, ':id'),
      year: meanUsed(large),
      small: meanUsed(little),
      'year clock p50': clock(large, 0.5),
      'small clock p50': clock(little, 0.5),
      ratio: Math.round(ratio * 10) / 10,
      goal: ratio <= GOALS.listRatio ? 'met' : 'MISSED',
    });
  }
  console.log(`\nLists, processor ms: at most ${GOALS.listRatio} times that of a small shop`);
  console.table(rows);
  return met;
}

async function times(rounds: number, measure: () => Promise<Taken>): Promise<Taken[]> {
  const found: Taken[] = [];
  for (let round = 0; round < rounds; round++) found.push(await measure());
  return found;
}

function used(taken: readonly Taken[], share: number): number {
  return at(
    taken.map(({ processorMs }) => processorMs),
    share,
  );
}

/** Short times are a few ticks of the processor's clock: their mean says more than their median. */
function meanUsed(taken: readonly Taken[]): number {
  return round(taken.reduce((sum, { processorMs }) => sum + processorMs, 0) / taken.length);
}

function clock(taken: readonly Taken[], share: number): number {
  return at(
    taken.map(({ clockMs }) => clockMs),
    share,
  );
}

function at(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return round(found);
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
