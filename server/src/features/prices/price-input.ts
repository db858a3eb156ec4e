import type { NewDiamondPriceBody, NewMetalPriceBody } from '../../contract/price.ts';
import { toPaise, toSmallestUnit } from '../../domain/money.ts';
import {
  DEFAULT_PURITY,
  type DiamondPriceFilter,
  type Metal,
  type NewDiamondPrice,
  type NewMetalPrice,
} from '../../domain/price.ts';
import { dayOf, isCalendarDay, isDay } from '../../domain/shop-day.ts';
import { invalid, type ShopError } from '../../domain/shop-error.ts';
import { wholeNumber } from '../../http/paging.ts';

type Query = Record<string, string | undefined>;

const MANUAL = 'manual';
const MAX_ROWS = 1000;
const DEFAULT_ROWS = 100;
const CARAT_TEXT = /^\d{1,9}(\.\d{1,9})?$/;

export function toNewMetalPrice(
  id: string,
  metal: Metal,
  body: NewMetalPriceBody,
  now: number,
): NewMetalPrice {
  return {
    id,
    metal,
    purity: body.purity ?? DEFAULT_PURITY[metal],
    paisePerGram: toPaise(body.price_per_gram),
    ...dateOf(body.date, now),
    source: body.source || MANUAL,
    confirm: body.confirm ?? false,
  };
}

export function toNewDiamondPrice(id: string, body: NewDiamondPriceBody, now: number): NewDiamondPrice {
  return {
    id,
    milliCarat: toSmallestUnit(body.carat, 3) ?? 0,
    cut: body.cut,
    color: body.color,
    clarity: body.clarity,
    pricePaise: toPaise(body.price),
    ...dateOf(body.date, now),
    source: body.source || MANUAL,
  };
}

/** A day means its midnight in UTC, as older rows have it, which falls on that day of the shop too. */
function dateOf(date: string | null | undefined, now: number): { at: number; day: string } {
  if (!date) return { at: now, day: dayOf(now) };
  if (!isDay(date)) throw noDay('date', 'must be a day between the years 1900 and 2200, YYYY-MM-DD');
  return { at: Date.parse(`${date}T00:00:00Z`), day: date };
}

function noDay(field: string, limit: string): ShopError {
  return invalid(field, 'format', limit, `Invalid ${field} format. Use YYYY-MM-DD`);
}

function readBound(text: string, field: string): string {
  if (isCalendarDay(text)) return text;
  throw noDay(field, 'must be a day, YYYY-MM-DD');
}

/** `start_date` and `end_date`, both inclusive; an empty one is none. */
export function readDayRange(query: Query): { fromDay?: string; toDay?: string } {
  const { start_date: from, end_date: to } = query;
  return {
    ...(from ? { fromDay: readBound(from, 'start_date') } : {}),
    ...(to ? { toDay: readBound(to, 'end_date') } : {}),
  };
}

/** `limit` of a history: outside 1 to 1000 it is refused, with the text of its list. */
export function readHistoryLimit(query: Query, texts: { low: string; high: string }): number {
  const limit = wholeNumber(query.limit, DEFAULT_ROWS);
  if (limit < 1) throw invalid('limit', 'minimum', 'must be at least 1', texts.low);
  if (limit > MAX_ROWS) throw invalid('limit', 'maximum', `must be at most ${MAX_ROWS}`, texts.high);
  return limit;
}

export function readDiamondFilter(query: Query): DiamondPriceFilter {
  const { cut, color, clarity, min_carat: min, max_carat: max } = query;
  return {
    ...readDayRange(query),
    ...(cut ? { cut } : {}),
    ...(color ? { color } : {}),
    ...(clarity ? { clarity } : {}),
    ...(min && CARAT_TEXT.test(min) ? { minMilliCarat: Math.ceil(toMilli(min)) } : {}),
    ...(max && CARAT_TEXT.test(max) ? { maxMilliCarat: Math.floor(toMilli(max)) } : {}),
  };
}

/** Thousandths of a carat, whole where the text has at most 3 decimals. */
function toMilli(carat: string): number {
  return toSmallestUnit(Number(carat), 3) ?? Number(carat) * 1000;
}
