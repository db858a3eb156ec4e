// The rates of a series as a change sees them, those of its own group included.

import { type Metal, type MetalPrice, RATE_PURITIES, type Rate } from '../../../domain/price.ts';
import { type DailyRate, GUARD_DAYS } from '../../../domain/rate-guard.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import { LATEST_FIRST, toRate } from '../reads/prices.ts';
import type { MetalRow } from '../rows.ts';
import type { Tx } from './tx.ts';
import type { AnyQuery, Query } from './view.ts';

/** Two rates a day make the guard's days of them; who records more is read on, and a series of decades is not read whole. */
const NEWEST_READ = 2 * GUARD_DAYS;
const MORE_READ = 4;

interface Series {
  metal: Metal;
  purity: string;
}

/** The rate in force at the instant of the change. A rate in force is never held again, so it stays in the set. */
export function latestRate(tx: Tx, series: Series): MetalRow | null {
  return tx.find(inForce(tx, series))[0] ?? null;
}

/** The gold rates in force, at most one a purity. */
export function goldBoard(tx: Tx): Rate[] {
  const queries = RATE_PURITIES.gold.map((purity) => inForce(tx, { metal: 'gold', purity }));
  tx.need(queries as unknown as AnyQuery[]);
  return queries.flatMap((query) => {
    const row = tx.find(query)[0];
    return row ? [toRate(row)] : [];
  });
}

/** One value a day (the one in force at its end), oldest first, up to today: at most the guard's number of days. */
export function dailyRates(tx: Tx, series: Series): DailyRate[] {
  for (let limit = NEWEST_READ; ; limit *= MORE_READ) {
    const rows = tx.find(newestRates(tx, series, limit));
    const days: DailyRate[] = [];
    for (const { day, paisePerGram } of rows) {
      if (days.length === GUARD_DAYS) break;
      if (days.at(-1)?.day !== day) days.push({ day, paisePerGram });
    }
    if (days.length === GUARD_DAYS || rows.length < limit) return days.reverse();
  }
}

/** The rates of a series that wait for a confirmation, oldest first. */
export function heldRates(tx: Tx, { metal, purity }: Series): (MetalRow & MetalPrice)[] {
  const rows = tx.find({
    collection: 'price_history',
    name: `price_history/held/${metal}/${purity}`,
    filter: { metal, purity, held: true },
    matches: (row) => isOf(row, { metal, purity }) && row.held,
  });
  return rows.sort((a, b) => latestFirst(b, a));
}

/** What is in force of a series today. */
export function inForce(tx: Tx, series: Series): Query<'price_history'> {
  return newestRates(tx, series, 1);
}

/** What is in force of a series today, and what was before: so many of them, the newest first. */
function newestRates(tx: Tx, { metal, purity }: Series, limit: number): Query<'price_history'> {
  const today = dayOf(tx.by.at);
  return {
    collection: 'price_history',
    name: `price_history/newest/${limit}/${metal}/${purity}/${today}`,
    filter: { metal, purity, held: false, day: { $lte: today } },
    matches: (row) => isOf(row, { metal, purity }) && !row.held && row.day <= today,
    first: { sort: LATEST_FIRST, limit, compare: latestFirst },
  };
}

function isOf(row: MetalRow, { metal, purity }: Series): boolean {
  return row.metal === metal && row.purity === purity;
}

type Placed = Pick<MetalRow, 'day' | 'position' | 'place'>;

export function latestFirst(a: Placed, b: Placed): number {
  if (a.day !== b.day) return a.day < b.day ? 1 : -1;
  return b.position - a.position || b.place - a.place;
}
