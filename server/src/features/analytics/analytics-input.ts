// The query parameters of analytics. What cannot be meant is refused, naming what is allowed.

import { invalid } from '../../domain/shop-error.ts';

export type Query = Record<string, string | undefined>;

export const DEFAULT_DAYS = 30;
export const MAX_DAYS = 3660;
export const DEFAULT_MONTHS = 6;
export const MAX_MONTHS = 120;

/**
 * A whole number between two limits. As everywhere, a text that is no number is passed over for the default; a number
 * that is not within the limits is refused.
 */
export function readWhole(
  query: Query,
  name: string,
  { otherwise, min, max }: { otherwise: number; min: number; max: number },
): number {
  const text = query[name]?.trim() ?? '';
  const number = Number(text);
  if (text === '' || Number.isNaN(number)) return otherwise;
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw invalid(name, brokenRule(number, min, max), `must be a whole number from ${min} to ${max}`);
}

function brokenRule(number: number, min: number, max: number): string {
  if (number < min) return 'minimum';
  return number > max ? 'maximum' : 'type';
}

export function readDays(query: Query): number {
  return readWhole(query, 'days', { otherwise: DEFAULT_DAYS, min: 1, max: MAX_DAYS });
}
