// What the shop counts of each day, kept in the same write as the thing itself. docs/metrics.md says what each counts.

import { ORDER_STATUSES } from './order.ts';
import { SALE_PAYMENT_STATUSES } from './sale.ts';

export const ORDER_FIGURES = ORDER_STATUSES.map((status) => `order.${status}` as const);
export const SALE_FIGURES = SALE_PAYMENT_STATUSES.map((status) => `sale.${status}` as const);
/**
 * `order.*`: orders made that day, by the status they have now. `sale.*`: sales of that day. `payment`: payment rows
 * other than khata. `khata.given` and `khata.received`: debits and credits; a reversal is a negative amount of what it
 * takes back, on its own day; an opening balance counts, but is no money.
 */
export const FIGURES = [
  ...ORDER_FIGURES,
  ...SALE_FIGURES,
  'payment',
  'khata.given',
  'khata.received',
] as const;
export type Figure = (typeof FIGURES)[number];

/** How many, how much money (paise) and how much fine metal (milligrams). */
export interface FigureSum {
  count: number;
  paise: number;
  fineMg: number;
}

/** One figure of one of the shop's days. */
export interface DailyFigure extends FigureSum {
  day: string;
  figure: Figure;
}

export type FigureTotals = Record<Figure, FigureSum>;

/** What an owner calls revenue, three times: see docs/metrics.md. Orders cancelled meanwhile are not booked. */
export interface Revenue {
  booked: FigureSum;
  billed: FigureSum;
  cancelled: FigureSum;
  /** Paise of payments other than khata, and of khata credits less their reversals. */
  collectedPaise: number;
}

/** The sum of figures of any days. */
export function totalsOf(rows: Iterable<{ figure: Figure } & FigureSum>): FigureTotals {
  const totals = Object.fromEntries(FIGURES.map((figure) => [figure, nothing()])) as FigureTotals;
  for (const row of rows) addTo(totals[row.figure], row);
  return totals;
}

export function revenueOf(totals: FigureTotals): Revenue {
  const booked = nothing();
  for (const figure of ORDER_FIGURES) if (figure !== 'order.cancelled') addTo(booked, totals[figure]);
  const billed = nothing();
  for (const figure of SALE_FIGURES) addTo(billed, totals[figure]);
  return {
    booked,
    billed,
    cancelled: totals['order.cancelled'],
    collectedPaise: totals.payment.paise + totals['khata.received'].paise,
  };
}

function nothing(): FigureSum {
  return { count: 0, paise: 0, fineMg: 0 };
}

function addTo(sum: FigureSum, more: FigureSum): void {
  sum.count += more.count;
  sum.paise += more.paise;
  sum.fineMg += more.fineMg;
}
