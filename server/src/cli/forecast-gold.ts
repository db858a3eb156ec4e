// `swati forecast gold`: quantiles of a price on days after given days, from a file of past prices.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DAY_TEXT, quoted, readDay, readNumber } from '../features/prices/import-cells.ts';
import type { ColumnRule } from '../features/prices/import-columns.ts';
import type { ImportKind } from '../features/prices/import-rows.ts';
import { FileRefused } from '../features/prices/import-table.ts';
import { forEachOrigin } from '../ml/forecast-origins.ts';
import { type PriceModel, priceQuantilesAt, stepsOf, tablePositions } from '../ml/price-forecast.ts';
import { type PricePoint, weekdaysBetween } from '../ml/price-series.ts';
import type { Command, CommandCall } from './command.ts';
import { EXIT } from './command.ts';
import { numbersOf, readAllRows, requiredOption, WrongWords } from './forecast-files.ts';

export const GOLD_OPTIONS = {
  csv: { type: 'string', value: 'FILE', help: 'gold: past prices, with the columns date, price_per_gram.' },
  'as-of': {
    type: 'string',
    value: 'DATE,...|@FILE',
    help: 'gold: the dates to forecast from, or a file with one a line.',
  },
  days: { type: 'string', value: '1,7,30,90', help: 'gold: how many days after each, 1 to 365.' },
  levels: { type: 'string', value: '0.05,...', help: 'gold: levels between 0 and 1 (0.05, 0.1 to 0.95).' },
} satisfies Command['options'];

const DEFAULT_DAYS = '1,7,30,90';
const DEFAULT_LEVELS = Array.from({ length: 19 }, (_, index) => (index + 1) / 20).join(',');
const MAX_DAYS = 365;
/** With fewer values a forecast is little but what was assumed. */
const LEAST_VALUES = 10;
const DAY_MS = 86_400_000;
const MAX_PRICE = 1e12;

const COLUMNS: readonly ColumnRule[] = [
  { field: 'date', names: ['day'], required: true },
  {
    field: 'price_per_gram',
    names: ['price', 'rate', 'inr_per_gram', 'rate_per_gram', 'price_per_gram_inr'],
    required: true,
  },
];

const pointKind: ImportKind<PricePoint> = {
  columns: COLUMNS,
  toRow: (cells) => ({
    day: dayNumber(cells.take('date', readDay, DAY_TEXT, '1970-01-01')),
    price: cells.take(
      'price_per_gram',
      readPrice,
      'must be a number above 0, such as 7250.50 or 1,23,456.00',
      1,
    ),
  }),
};

export async function forecastGold(call: CommandCall): Promise<number> {
  const path = requiredOption(call, 'csv');
  const asOf = requiredOption(call, 'as-of');
  const { days: daysText = DEFAULT_DAYS, levels: levelsText = DEFAULT_LEVELS } = call.options;
  const horizons = numbersOf(
    'days',
    String(daysText),
    `must be whole days from 1 to ${MAX_DAYS}`,
    (days) => Number.isInteger(days) && days >= 1 && days <= MAX_DAYS,
  );
  const levels = numbersOf(
    'levels',
    String(levelsText),
    'must be above 0 and below 1',
    (level) => level > 0 && level < 1,
  );
  const origins = asOf.startsWith('@') ? await readOrigins(asOf.slice(1)) : namedOrigins(asOf);
  const { rows } = await readAllRows(call, path, pointKind, COLUMNS);
  const lines = linesByOrigin(rows, origins, horizons, levels, basename(path), call);
  for (const origin of origins) for (const line of lines.get(origin) ?? []) call.terminal.out(line);
  return EXIT.ok;
}

function readPrice(text: string): number | null {
  const price = readNumber(text);
  return price !== null && price > 0 && price <= MAX_PRICE ? price : null;
}

function namedOrigins(text: string): string[] {
  return text.split(',').map((word) => {
    const day = readDay(word.trim());
    if (day === null) throw new WrongWords(`--as-of ${quoted(word)} ${DAY_TEXT}`);
    return day;
  });
}

/** One date a line; empty lines are passed over. */
async function readOrigins(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new FileRefused(`${path}: the file cannot be read (${error.code ?? error.message})`);
  });
  const origins = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      const day = readDay(line.trim());
      if (day === null) {
        throw new FileRefused(`${basename(path)}: line ${index + 1}: ${quoted(line.trim())} ${DAY_TEXT}`);
      }
      return [day];
    });
  if (origins.length === 0) throw new FileRefused(`${basename(path)}: line 1: there is no date`);
  return origins;
}

/** The lines of each origin. Throws FileRefused for an origin that cannot be forecast from. */
function linesByOrigin(
  points: readonly PricePoint[],
  origins: readonly string[],
  horizons: readonly number[],
  levels: readonly number[],
  file: string,
  { terminal }: CommandCall,
): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  const ascending = [...new Set(origins)].sort();
  const positions = tablePositions(levels);
  forEachOrigin(points, ascending.map(dayNumber), (day, model, count) => {
    const asOf = ascending[lines.size] ?? '';
    const usable = checkOrigin(asOf, day, model, count, file);
    const atHorizon = (days: number): string => {
      const steps = stepsOf(usable, weekdaysBetween(usable.lastDay, day + days));
      // Ten digits say more than the model knows, whatever the unit of the prices.
      const quantiles = priceQuantilesAt(usable, steps, positions).map((p) => Number(p.toPrecision(10)));
      return JSON.stringify({ as_of: asOf, days, quantiles });
    };
    lines.set(asOf, horizons.map(atHorizon));
    if (lines.size % 10 === 0) terminal.progress(`${lines.size} of ${ascending.length} dates ...`);
  });
  terminal.progress('');
  return lines;
}

function checkOrigin(
  asOf: string,
  day: number,
  model: PriceModel | null,
  count: number,
  file: string,
): PriceModel {
  if (model === null || count < LEAST_VALUES) {
    throw new FileRefused(
      `${file}: --as-of ${asOf}: ${count} days up to it have a price, at least ${LEAST_VALUES} are needed`,
    );
  }
  if (day - model.lastDay > MAX_DAYS) {
    const last = new Date(model.lastDay * DAY_MS).toISOString().slice(0, 10);
    throw new FileRefused(
      `${file}: --as-of ${asOf}: the last price before it is of ${last}, over a year old`,
    );
  }
  return model;
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}
