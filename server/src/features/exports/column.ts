// A column of an exported table: its header, what kind of cells it has, and how a row fills them. The kind decides how
// a cell is written in each format.

import { dayOf } from '../../domain/shop-day.ts';
import { toInstant } from '../../http/wire.ts';

/**
 * `code`: ids and words of closed lists, which need no care. `text`: what people typed. `count`: a whole number.
 * `rupees` are given in paise, `grams` in milligrams, `carats` in thousandths; `day` and `instant` as milliseconds.
 */
export type CellKind = 'code' | 'text' | 'count' | 'rupees' | 'grams' | 'carats' | 'day' | 'instant';

/** Null is an empty cell. */
export type CellValue = string | number | null;

export interface Column<Row> {
  name: string;
  kind: CellKind;
  of: (row: Row) => CellValue;
}

/** The number or text that a cell shows; days of the shop and instants as ISO texts. */
export function plainValue(kind: CellKind, value: CellValue): CellValue {
  return typeof value === 'number' ? PLAIN[kind](value) : value;
}

/** How a number of each kind is shown. */
export const PLAIN: Record<CellKind, (value: number) => number | string> = {
  code: same,
  text: same,
  count: same,
  rupees: (paise) => paise / 100,
  grams: thousandth,
  carats: thousandth,
  day: dayOf,
  instant: toInstant,
};

function same(value: number): number {
  return value;
}

function thousandth(value: number): number {
  return value / 1000;
}
