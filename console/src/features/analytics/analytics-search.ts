// What the address of the analytics may say.

import { isDay } from '../../format/is-day.ts';

export const METRICS = [
  'revenue',
  'order-value',
  'conversion',
  'top-products',
  'customers',
  'busy-hours',
  'khata-ageing',
  'stock-ageing',
  'gold',
] as const;
export type MetricName = (typeof METRICS)[number];
export const PERIODS = [7, 30, 90, 365] as const;
export const COMPARISONS = ['previous', 'last_year'] as const;

export interface AnalyticsSearch {
  metric?: MetricName | undefined;
  /** The last so many days; a range of one's own instead: `from` and `to`. */
  days?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  compare?: (typeof COMPARISONS)[number] | undefined;
  /** What a ranking is ordered by. */
  by?: string | undefined;
}

/** What shows one metric gets. */
export interface MetricProps {
  search: AnalyticsSearch;
  change: (changes: AnalyticsSearch) => void;
}

export function readAnalyticsSearch(search: Record<string, unknown>): AnalyticsSearch {
  const { metric, days, from, to, compare, by } = search;
  return {
    ...(METRICS.includes(metric as MetricName) ? { metric: metric as MetricName } : {}),
    ...(PERIODS.includes(days as 30) ? { days: days as number } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
    ...(COMPARISONS.includes(compare as 'previous') ? { compare: compare as 'previous' } : {}),
    ...(typeof by === 'string' ? { by } : {}),
  };
}
