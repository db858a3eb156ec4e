// Instants as texts, always in the shop's zone, wherever the browser stands.

import type { Language } from '../words/language.ts';
import { localeTag, remember } from './locale.ts';
import { withoutComma } from './without-comma.ts';

const SHOP_ZONE = 'Asia/Kolkata';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

type When = string | number | Date;

function formatter(
  name: string,
  options: Intl.DateTimeFormatOptions,
  language?: Language,
): Intl.DateTimeFormat {
  const tag = localeTag(language);
  return remember(
    `date ${tag} ${name}`,
    () => new Intl.DateTimeFormat(tag, { timeZone: SHOP_ZONE, ...options }),
  );
}

function dateOf(when: When): Date {
  // A day alone means that day in the shop, not midnight in London.
  if (typeof when === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(when)) return new Date(`${when}T00:00:00+05:30`);
  return when instanceof Date ? when : new Date(when);
}

/** `15 Jan 2026` */
export function formatDate(when: When, language?: Language): string {
  const options = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return withoutComma(formatter('date', options, language).format(dateOf(when)));
}

/** `15 Jan` */
export function formatDay(when: When): string {
  return formatter('day', { day: 'numeric', month: 'short' }).format(dateOf(when));
}

/** `Monday, 23 November 2026` */
export function formatLongDate(when: When): string {
  const options = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
  return withoutComma(formatter('long', options).format(dateOf(when)));
}

/** `Monday` */
export function formatWeekday(when: When): string {
  return formatter('weekday', { weekday: 'long' }).format(dateOf(when));
}

/** `4:05 pm` */
function formatTime(when: When, language?: Language): string {
  const options = { hour: 'numeric', minute: '2-digit', hour12: true } as const;
  const text = formatter('time', options, language).format(dateOf(when));
  // Marathi has capitals here.
  return text.toLowerCase();
}

/** `4 pm`, of an hour from 0 to 23. */
export function formatHour(hour: number): string {
  const at = dateOf('2026-01-15').getTime() + hour * HOUR_MS;
  return formatter('hour', { hour: 'numeric', hour12: true }).format(at).toLowerCase();
}

/** `15 Jan 2026, 4:05 pm` */
export function formatDateTime(when: When, language?: Language): string {
  return `${formatDate(when, language)}, ${formatTime(when, language)}`;
}

/** The shop's day as `YYYY-MM-DD`. */
export function shopDay(when: When = Date.now()): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: SHOP_ZONE }).format(dateOf(when));
  return parts.slice(0, 'YYYY-MM-DD'.length);
}

/** `12 minutes ago` within the shop's day, else the date. Show the exact time on hover. */
export function formatAge(when: When, now: number = Date.now()): string {
  const at = dateOf(when).getTime();
  const passed = Math.max(0, now - at);
  if (shopDay(at) !== shopDay(now)) return formatDate(at);
  const tag = localeTag();
  const relative = remember(`age ${tag}`, () => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
  if (passed < MINUTE_MS) return relative.format(0, 'second');
  if (passed < HOUR_MS) return relative.format(-Math.floor(passed / MINUTE_MS), 'minute');
  return relative.format(-Math.floor(passed / HOUR_MS), 'hour');
}
