// The shipped reference data as the models want them.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { MeasuredRows } from '../src/ml/measured-model.ts';
import type { PricePoint } from '../src/ml/price-series.ts';

const DATA = new URL('../data/', import.meta.url);
const CUTS = ['Fair', 'Good', 'Very Good', 'Premium', 'Ideal'];
const COLOURS = ['J', 'I', 'H', 'G', 'F', 'E', 'D'];
const CLARITIES = ['I1', 'SI2', 'SI1', 'VS2', 'VS1', 'VVS2', 'VVS1', 'IF'];

/** All stones with their measures, in the order of the file. */
export function readStones(): MeasuredRows {
  const text = gunzipSync(readFileSync(new URL('diamonds.csv.gz', DATA))).toString();
  const cells = text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const numbers = (column: number): Float64Array => Float64Array.from(cells, (row) => Number(row[column]));
  const ordinals = (column: number, names: string[]): Uint8Array =>
    Uint8Array.from(cells, (row) => names.indexOf(row[column] ?? ''));
  return {
    sizes: numbers(0),
    grades: [ordinals(1, CUTS), ordinals(2, COLOURS), ordinals(3, CLARITIES)],
    prices: numbers(6),
    measures: { depth: numbers(4), table: numbers(5), x: numbers(7), y: numbers(8), z: numbers(9) },
  };
}

/** The monthly series in rupees per gram of fine gold. */
export function readMonthlyGold(): PricePoint[] {
  const lines = readFileSync(new URL('gold_inr_monthly.csv', DATA), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => {
    const [date, , , price] = line.split(',');
    return { day: Date.parse(date ?? '') / 86_400_000, price: Number(price) };
  });
}

/** A daily series of one's own: a header, then date and price. */
export function readDailyPrices(file: string): PricePoint[] {
  const lines = readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1);
  return lines.map((line) => {
    const [date, price] = line.split(',');
    return { day: Date.parse(date ?? '') / 86_400_000, price: Number(price) };
  });
}
