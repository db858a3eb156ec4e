// One serialiser for instants, so that every answer writes time the same way.

import { DAY_MS } from '../domain/shop-day.ts';

/** Days that were written, as texts: most rows are of the last few years. */
const days = new Map<number, string>();
const MOST_DAYS_KEPT = 5_000;

/** `00` to `59`, and `000` to `999`: a text that is there already costs nothing to make and to throw away. */
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** ISO-8601 in UTC with milliseconds and `Z`, as Date writes it and in a tenth of its time. */
export function toInstant(at: number): string {
  const number = Math.floor(at / DAY_MS);
  const ms = at - number * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  const time = `${TWO[Math.floor(minutes / 60)]}:${TWO[minutes % 60]}:${TWO[seconds % 60]}`;
  return `${days.get(number) ?? learnDay(number)}T${time}.${THREE[ms % 1000]}Z`;
}

function learnDay(number: number): string {
  if (days.size >= MOST_DAYS_KEPT) days.clear();
  const day = new Date(number * DAY_MS).toISOString().slice(0, -14);
  days.set(number, day);
  return day;
}

/** The same, or null. */
export function toInstantOrNull(at: number | null): string | null {
  return at === null ? null : toInstant(at);
}
