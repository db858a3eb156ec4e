// From which rates a metal's price is forecast: those of the series itself, of another purity on the board, or the
// open monthly series with the premium of the Indian board on top.

import type { Metal } from '../../domain/price.ts';
import { DAY_MS } from '../../domain/shop-day.ts';
import type { PricePoint } from '../../ml/price-series.ts';
import type { ReferenceData } from '../../store/store.ts';

export interface Series {
  metal: Metal;
  purity: string;
}

/** Rates from which a series stands on its own with the open series as prior. */
export const LEAST_WITH_PRIOR = 10;

/**
 * How much dearer the board is than the open series (world price in rupees, without duty) while the shop has recorded
 * no rate at all. Indian boards stood 5.5% to 14% above it in the years to 2026; the middle is taken, and said.
 */
export const ASSUMED_PREMIUM = 0.0975;

const PER_MILLE = 1000;
const MIDDLE_OF_MONTH = '15';

interface Rates {
  days: Int32Array;
  paisePerGram: Float64Array;
}

/**
 * Rates, in order of force, as rupees per gram of fine metal by day, which is what ml/ learns from. A rate is corrected by
 * setting it again for its day: every rate of a day stands here at the last one of it.
 */
export function finePoints({ days, paisePerGram }: Rates, purity: string): PricePoint[] {
  const share = finenessOf(purity);
  const lastOf = new Map(Array.from(days, (day, index) => [day, paisePerGram[index] as number]));
  return Array.from(days, (day) => ({ day, price: (lastOf.get(day) as number) / 100 / share }));
}

/** The open monthly series; a month's mean stands in the middle of its month. Months from `today` on are left out. */
export function parityPoints(months: ReferenceData['gold'], today: string): PricePoint[] {
  return months
    .filter(({ month }) => `${month}-${MIDDLE_OF_MONTH}` <= today)
    .map(({ month, paisePerGram }) => ({
      day: dayNumber(`${month}-${MIDDLE_OF_MONTH}`),
      price: paisePerGram / 100,
    }));
}

/** Share of fine metal in a purity of parts per mille. */
export function finenessOf(purity: string): number {
  return Number(purity) / PER_MILLE;
}

/** Whole days since 1970-01-01, as ml/ counts them. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
