import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getData } from '../../api/client.ts';
import { useCan } from '../../api/use-session.ts';
import { shopDay } from '../../format/date.ts';
import type { AnalyticsSearch, MetricName } from './analytics-search.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;

/** The range that the address means, as days of the shop. */
export function rangeOf({ days = USUAL_DAYS, from, to }: AnalyticsSearch): { from: string; to: string } {
  if (from !== undefined && to !== undefined) return { from, to };
  return { from: shopDay(Date.now() - (days - 1) * DAY_MS), to: shopDay() };
}

/** One metric of docs/metrics.md. What is there stays while another period is asked for. */
export function useMetric<T>(name: MetricName, query: Record<string, string | number | undefined>) {
  return useQuery({
    queryKey: ['analytics', name, query],
    queryFn: ({ signal }) => getData<T>(`/api/analytics/${name}`, query, signal),
    enabled: useCan('analytics.read'),
    placeholderData: keepPreviousData,
  });
}
