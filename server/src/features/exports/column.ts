// A column of an exported table: its header, what kind of cells it has, and how a row fills them. The kind decides how
// a cell is written in each format.

import { DAY_MS, SHOP_OFFSET_MS } from '../../domain/shop-day.ts';

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
  day: shopDay,
  instant: instantText,
};

function same(value: number): number {
  return value;
}

function thousandth(value: number): number {
  return value / 1000;
}

/** Texts of the last day and the last shop's day that was written: rows that follow each other are mostly of one. */
const last = { utc: { number: Number.NaN, text: '' }, shop: { number: Number.NaN, text: '' } };

function dayText(which: keyof typeof last, number: number): string {
  const known = last[which];
  if (known.number !== number) {
    known.number = number;
    known.text = new Date(number * DAY_MS).toISOString().slice(0, 10);
  }
  return known.text;
}

/** As dayOf writes it. */
function shopDay(at: number): string {
  return dayText('shop', Math.floor((at + SHOP_OFFSET_MS) / DAY_MS));
}

/** `00` to `59`, and `000` to `999`: a text that is there already costs nothing to make and to throw away. */
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** As toInstant writes it. */
function instantText(at: number): string {
  const number = Math.floor(at / DAY_MS);
  const ms = at - number * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}`;
  return `${dayText('utc', number)}T${time}.${THREE[ms % 1000]}Z`;
}
