// What stands of a series of rates: the one in force, the one before it, and what still waits for a confirmation.

import type { MetalPriceWire } from '../../../../server/src/contract/price.ts';

export interface StandingRates {
  /** The rate in force; null while nothing is recorded. */
  rate: MetalPriceWire | null;
  /** The last one of a day before its own: one that was set again on its day was wrong, or is over. */
  before: MetalPriceWire | null;
  /** Too far from the rate in force: they price nothing until they are confirmed. For whoever may set rates. */
  held: readonly MetalPriceWire[];
}

/**
 * `rows`: newest first, as they count; `dayOf`: the shop's day of an instant. What was held before the rate in force was
 * set has had its time.
 */
export function standingRates(
  rows: readonly MetalPriceWire[],
  dayOf: (instant: string) => string,
): StandingRates {
  const [rate = null, ...older] = inForce(rows, dayOf);
  const day = rate === null ? '' : dayOf(rate.date);
  const before = older.find(({ date }) => dayOf(date) < day) ?? null;
  const newer = rate === null ? rows : rows.slice(0, rows.indexOf(rate));
  return { rate, before, held: newer.filter(({ held }) => held) };
}

/** A rate is in force from its day on, as the shop counts it: this clock may be behind the one that stamped it. */
export function inForce(
  rows: readonly MetalPriceWire[],
  dayOf: (instant: string) => string,
): MetalPriceWire[] {
  const today = dayOf(new Date().toISOString());
  return rows.filter(({ held, date }) => !held && dayOf(date) <= today);
}
