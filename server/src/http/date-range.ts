import { endOfDay, isCalendarDay, parseInstant, startOfDay } from '../domain/shop-day.ts';
import { invalid } from '../domain/shop-error.ts';

/**
 * `date_from` and `date_to` of a list as instants, from inclusive, to exclusive. Each is a day of the shop, taken
 * whole, or an ISO date-time, also inclusive. What cannot be read is no filter, as in the older service.
 */
export function readDateRange(
  dateFrom: string | undefined,
  dateTo: string | undefined,
): { from?: number; to?: number } {
  const from = dateFrom === undefined ? null : lowerBound(dateFrom.trim());
  const to = dateTo === undefined ? null : upperBound(dateTo.trim());
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

function lowerBound(text: string): number | null {
  return isCalendarDay(text) ? startOfDay(text) : parseInstant(text);
}

function upperBound(text: string): number | null {
  if (isCalendarDay(text)) return endOfDay(text);
  const at = parseInstant(text);
  return at === null ? null : at + 1;
}

/** The same of two named parameters, but what cannot be read is refused, naming the parameter. */
export function requireDateRange(
  query: Record<string, string | undefined>,
  names: { from: string; to: string },
  textOf?: (name: string) => string,
): { from?: number; to?: number } {
  const from = requireBound(query[names.from], names.from, lowerBound, textOf);
  const to = requireBound(query[names.to], names.to, upperBound, textOf);
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

function requireBound(
  sent: string | undefined,
  name: string,
  read: (text: string) => number | null,
  textOf?: (name: string) => string,
): number | null {
  const text = sent?.trim() ?? '';
  if (text === '') return null;
  const at = read(text);
  if (at === null)
    throw invalid(name, 'date', 'must be a day (YYYY-MM-DD) or an ISO date-time', textOf?.(name));
  return at;
}
