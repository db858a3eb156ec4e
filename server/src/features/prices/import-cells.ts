// What a cell of an imported file says: days, amounts and marks as people in India write them. A reader answers the
// value, or null when the cell is none; nothing is guessed beyond "day first".

import { dayOf, isDay, parseInstant } from '../../domain/shop-day.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAMES =
  /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/;
const NUMERIC_DAY = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?)?$/i;
const NAMED_DAY = /^(\d{1,2})[-/ ]?([a-z]{3,9})\.?(?:, ?|[-/ ])?(\d{4})$/i;
/** Grouped as in India (1,23,456) or elsewhere (123,456), or not at all. */
const AMOUNT =
  /^(?:(?:₹|rs\.?|inr)\s*)?(\d{1,15}|\d{1,3}(?:,\d{2})*,\d{3}|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,30}))?(?:\/-)?$/i;
const MAX_WHOLE_DIGITS = 12;

export const DAY_TEXT = 'must be a day such as 2026-01-15, 15/01/2026 (day first) or 15 Jan 2026';

/** The shop's day that a cell names. */
export function readDay(text: string): string | null {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](.+))?$/.exec(text);
  if (iso?.[1] !== undefined) return readIsoDay(text, iso[1], iso[2]);
  const numeric = NUMERIC_DAY.exec(text);
  if (numeric) return toDay(numeric[4], numeric[3], numeric[1]);
  const named = NAMED_DAY.exec(text);
  const month = named?.[2]?.toLowerCase() ?? '';
  if (!named || !MONTH_NAMES.test(month)) return null;
  return toDay(named[3], String(MONTHS.indexOf(month.slice(0, 3)) + 1), named[1]);
}

/** Whether another reader would take the month first, and get another day: 03/04/2026. */
export function isAmbiguousDay(text: string): boolean {
  const numeric = NUMERIC_DAY.exec(text);
  if (!numeric) return false;
  const [first, second] = [Number(numeric[1]), Number(numeric[3])];
  return first <= 12 && second <= 12 && first !== second;
}

function readIsoDay(text: string, day: string, time: string | undefined): string | null {
  if (time === undefined) return isDay(day) ? day : null;
  const at = parseInstant(text);
  if (at === null) return null;
  // A time without an offset is the clock on the writer's wall.
  const read = /(Z|[+-]\d{2}:?\d{2})$/.test(time) ? dayOf(at) : day;
  return isDay(read) ? read : null;
}

function toDay(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? text : null;
}

/** An amount as a whole number of its smallest unit; never through a float. Null also for more decimals. */
export function readAmount(text: string, decimals: number): number | null {
  const match = AMOUNT.exec(text);
  const whole = match?.[1]?.replaceAll(',', '').replace(/^0+(?=\d)/, '') ?? '';
  const fraction = match?.[2]?.replace(/0+$/, '') ?? '';
  if (whole === '' || whole.length > MAX_WHOLE_DIGITS || fraction.length > decimals) return null;
  return Number(whole + fraction.padEnd(decimals, '0'));
}

/** A number above or equal to 0 in the same notation, with any decimals: for figures that are not money of the books. */
export function readNumber(text: string): number | null {
  const match = AMOUNT.exec(text);
  return match ? Number(`${match[1]?.replaceAll(',', '')}.${match[2] ?? '0'}`) : null;
}

/** 22 karat and its like, as parts per mille. 24K is not here: it is said of 999 and of 995. */
const KARATS: Readonly<Record<string, string>> = { '22': '916', '18': '750', '14': '585' };

/** A fineness of the list, or for gold a karat mark (22K, 18 kt) that names exactly one. */
export function readPurity(text: string, allowed: readonly string[], isGold: boolean): string | null {
  const karat = isGold ? /^(\d{2}) ?kt?$/i.exec(text)?.[1] : undefined;
  const fineness = karat === undefined ? text : (KARATS[karat] ?? '');
  return allowed.includes(fineness) ? fineness : null;
}

/** One of the names, whatever its letters' case and the spaces between its words. */
export function readName<T extends string>(text: string, allowed: readonly T[]): T | null {
  const plain = text.toLowerCase().replace(/\s+/g, ' ');
  return allowed.find((name) => name.toLowerCase() === plain) ?? null;
}

/** A text of the file as it may be shown on a terminal: short, in quotes, without control characters. */
export function quoted(text = ''): string {
  const short = text.length > 40 ? `${text.slice(0, 40)}...` : text;
  return JSON.stringify(short.replace(/[\u007F-\u009F]/g, '?'));
}
