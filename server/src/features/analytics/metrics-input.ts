// The query parameters of the metrics: ranges of days, intervals, choices.

import { rangeBefore, rangeLastYear } from '../../domain/compared-range.ts';
import {
  addDays,
  type DayRange,
  daysBetween,
  INTERVALS,
  type Interval,
  lastDays,
} from '../../domain/period.ts';
import { isDay } from '../../domain/shop-day.ts';
import { invalid } from '../../domain/shop-error.ts';
import { DEFAULT_DAYS, MAX_DAYS, type Query } from './analytics-input.ts';

const COMPARISONS = ['previous', 'last_year'] as const;
type Comparison = (typeof COMPARISONS)[number];

/** One of a closed list; the first is the default. */
export function readChoice<const T extends readonly string[]>(
  query: Query,
  name: string,
  choices: T,
  otherwise: T[number] = choices[0] as T[number],
): T[number] {
  const text = query[name]?.trim() ?? '';
  if (text === '') return otherwise;
  if (choices.includes(text)) return text;
  throw invalid(name, 'enum', `must be one of: ${choices.join(', ')}`);
}

/** `from` and `to`, days of the shop, both counted; without them the last 30 days, today among them. */
export function readRange(query: Query, today: string): DayRange {
  const from = readDay(query, 'from');
  const to = readDay(query, 'to') ?? (from !== null && from > today ? from : today);
  const range = { from: from ?? lastDays(to, DEFAULT_DAYS).from, to };
  if (range.from > range.to) {
    throw invalid('from', 'order', `must not be after to (${range.from} is after ${range.to})`);
  }
  if (daysBetween(range.from, range.to) >= MAX_DAYS) {
    const first = addDays(range.to, 1 - MAX_DAYS);
    throw invalid('from', 'minimum', `must be at most ${MAX_DAYS} days before to, so not before ${first}`);
  }
  return range;
}

/** The same, or null where neither is given: the whole history. */
export function readRangeOrAll(query: Query, today: string): DayRange | null {
  if ((query.from?.trim() ?? '') === '' && (query.to?.trim() ?? '') === '') return null;
  return readRange(query, today);
}

export function readInterval(query: Query, otherwise: Interval): Interval {
  return readChoice(query, 'interval', INTERVALS, otherwise);
}

/** The range to set beside: the days before, or the same days a year before. Null where none is asked for. */
export function readComparison(query: Query, range: DayRange): { name: Comparison; range: DayRange } | null {
  const text = query.compare?.trim() ?? '';
  if (text === '' || text === 'none') return null;
  const name = readChoice(query, 'compare', COMPARISONS);
  return { name, range: name === 'previous' ? rangeBefore(range) : rangeLastYear(range) };
}

function readDay(query: Query, name: string): string | null {
  const text = query[name]?.trim() ?? '';
  if (text === '') return null;
  if (isDay(text)) return text;
  throw invalid(name, 'date', 'must be a day of the shop, YYYY-MM-DD');
}
