// Ranges of the shop's days and their parts: days, weeks (from Monday) and months. Days are texts YYYY-MM-DD.

import { DAY_MS, endOfDay, startOfDay } from './shop-day.ts';

export const INTERVALS = ['day', 'week', 'month'] as const;
export type Interval = (typeof INTERVALS)[number];

/** Both days belong to it. */
export interface DayRange {
  from: string;
  to: string;
}

/** Instants: from inclusive, to exclusive. */
export interface InstantRange {
  from: number;
  to: number;
}

export function instantsOf(range: DayRange): InstantRange {
  return { from: startOfDay(range.from), to: endOfDay(range.to) };
}

export function addDays(day: string, days: number): string {
  return toDay(Date.parse(day) + days * DAY_MS);
}

/** How many days lie between two days; of a day and itself 0. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The `days` days that end with a day. */
export function lastDays(today: string, days: number): DayRange {
  return { from: addDays(today, 1 - days), to: today };
}

/** The same day of the month `months` later or, where that month is shorter, its last day. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = partsOf(day);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return toDay(Date.UTC(year, month - 1 + months, Math.min(date, last)));
}

/** The first day of the interval in which a day lies. */
export function startOf(day: string, interval: Interval): string {
  if (interval === 'day') return day;
  if (interval === 'month') return `${day.slice(0, 8)}01`;
  return addDays(day, -weekdayOf(day));
}

/** 0 is Monday, 6 is Sunday. */
function weekdayOf(day: string): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}

/** The parts of a range, oldest first and none left out; the first and the last end where the range does. */
export function periodsOf(range: DayRange, interval: Interval): DayRange[] {
  const periods: DayRange[] = [];
  for (let from = range.from; from <= range.to; ) {
    const next = startAfter(from, interval);
    periods.push({ from, to: next > range.to ? range.to : addDays(next, -1) });
    from = next;
  }
  return periods;
}

/** The place of each day's period in the list, for days within the range. */
export function periodIndex(periods: readonly DayRange[], interval: Interval): (day: string) => number {
  const first = periods[0]?.from ?? '';
  const places = new Map(periods.map(({ from }, index) => [startOf(from, interval), index]));
  return (day) => (day < first ? -1 : (places.get(startOf(day, interval)) ?? -1));
}

function startAfter(day: string, interval: Interval): string {
  if (interval === 'month') return addMonths(startOf(day, 'month'), 1);
  return addDays(startOf(day, interval), interval === 'week' ? 7 : 1);
}

/** Year, month (1 to 12) and day of the month. */
export function partsOf(day: string): [number, number, number] {
  return day.split('-').map(Number) as [number, number, number];
}

function toDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
