// Small pieces of the aggregation language, as the reports use them.

import type { Document } from '../codec.ts';

const OFFSET_MS = 19_800_000;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export const sum = (expression: unknown): Document => ({ $sum: expression });
export const count = (condition: unknown): Document => ({ $sum: { $cond: [condition, 1, 0] } });

/** Milliseconds of an instant in the shop's zone. */
const local = (field: string): Document => ({ $add: [{ $toLong: field }, OFFSET_MS] });
/** Whole days (of the shop) since 1970-01-01. */
export const dayNumber = (field: string): Document => ({ $floor: { $divide: [local(field), DAY_MS] } });
/** The first day of 1970 was a Thursday, three days after a Monday. */
export const weekday = (field: string): Document => ({ $mod: [{ $add: [dayNumber(field), 3] }, 7] });
export const hourOfDay = (field: string): Document => ({
  $mod: [{ $floor: { $divide: [local(field), HOUR_MS] } }, 24],
});

/** Whole days from an instant up to the last millisecond before `end`; none where a clock ran ahead of it. */
export const daysUntil = (end: number, instant: unknown): Document => ({
  $max: [0, { $floor: { $divide: [{ $subtract: [end - 1, { $toLong: instant }] }, DAY_MS] } }],
});

/** Fine metal of so many pieces: each rounded half-up to a milligram, as domain/weight.ts does it. */
export const fineMg = (quantity: string, netWeightMg: string, goldPurity: string): Document => ({
  $multiply: [
    quantity,
    {
      $floor: { $divide: [{ $add: [{ $multiply: [netWeightMg, { $toInt: goldPurity }] }, 500] }, 1000] },
    },
  ],
});

/** The place of a number among limits, the last one being beyond them. */
export function placeIn(limits: readonly number[], expression: unknown): Document {
  const branches = limits.map((limit, place) => ({
    case: { $lte: [expression, limit] },
    // biome-ignore lint/suspicious/noThenProperty: the word of the query language
    then: place,
  }));
  return { $switch: { branches, default: limits.length } };
}

/** How many of the ascending instants are not after a time: halved again and again, as there may be hundreds. */
export function numberBefore(
  instants: readonly number[],
  field: string,
  first = 0,
  end = instants.length,
): unknown {
  if (first === end) return { $literal: first };
  const middle = (first + end) >> 1;
  return {
    $cond: [
      { $lt: [field, new Date(instants[middle] ?? 0)] },
      numberBefore(instants, field, first, middle),
      numberBefore(instants, field, middle + 1, end),
    ],
  };
}
