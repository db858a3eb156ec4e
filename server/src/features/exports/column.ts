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
  if (typeof value !== 'number') return value;
  switch (kind) {
    case 'rupees':
      return value / 100;
    case 'grams':
    case 'carats':
      return value / 1000;
    case 'day':
      return shopDay(value);
    case 'instant':
      return instantText(value);
    default:
      return value;
  }
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

/** As toInstant writes it. */
function instantText(at: number): string {
  const number = Math.floor(at / DAY_MS);
  const ms = at - number * DAY_MS;
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60];
  const seconds = String(100_000 + (ms % 60_000));
  const time = `${String(100 + hours).slice(1)}:${String(100 + minutes).slice(1)}:${seconds.slice(1, 3)}.${seconds.slice(3)}`;
  return `${dayText('utc', number)}T${time}Z`;
}
