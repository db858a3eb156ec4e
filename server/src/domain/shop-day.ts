// Days, months and "today" are the shop's own (Asia/Kolkata: UTC+05:30 all year, no daylight saving since 1945).
// Instants are milliseconds since 1970 in UTC; a day is the text YYYY-MM-DD.

/** The shop's time from UTC. */
export const SHOP_OFFSET_MS = (5 * 60 + 30) * 60_000;
export const DAY_MS = 86_400_000;

/** The day that was asked for last: one write asks for its day ten times, and most of all writes are today's. */
let latest = { day: '', from: 0, until: 0 };

/** The shop's day on which an instant falls. */
export function dayOf(at: number): string {
  if (at >= latest.from && at < latest.until) return latest.day;
  const day = new Date(at + SHOP_OFFSET_MS).toISOString().slice(0, 10);
  latest = { day, from: startOfDay(day), until: endOfDay(day) };
  return day;
}

/** The first instant of a shop's day. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) - SHOP_OFFSET_MS;
}

/** The first instant after a shop's day; a range of days is [startOfDay(from), endOfDay(to)). */
export function endOfDay(day: string): number {
  return startOfDay(day) + DAY_MS;
}

/** Whether a text is a day of the calendar: 2026-02-30 is not. Of any year, as the open ends of a range may be. */
export function isCalendarDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Whether something can be of this day: one between the years 1900 and 2200. */
export function isDay(text: string): boolean {
  return isCalendarDay(text) && text >= '1900-01-01' && text <= '2200-12-31';
}

/**
 * The instant named by an ISO-8601 date-time, or null. Without an offset it is read as UTC, as older clients send it.
 * A bare day is not accepted here: what it means (its start or its end) is the caller's to say.
 */
export function parseInstant(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text);
  if (!match?.[1] || !isCalendarDay(match[1])) return null;
  const at = Date.parse(match[4] ? text.replace(' ', 'T') : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : at;
}
