// Where a piece and a day stand in product_days (migration 0016): one number, by which all pieces are quickly looked up.

import { DAY_MS, SHOP_OFFSET_MS } from '../../domain/shop-day.ts';

/** A place is the row number of the piece times this, plus the number of the day. */
export const PLACES_OF_PIECE = 100_000;

/** Days since 1970, before which nothing was sold. */
export function dayNumber(day: string): number {
  return Math.max(0, Date.parse(day) / DAY_MS);
}

/** The first instant of a day of that number. */
export function startOfDayNumber(number: number): number {
  return number * DAY_MS - SHOP_OFFSET_MS;
}
