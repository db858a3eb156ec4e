import { queryOptions, useQuery } from '@tanstack/react-query';
import type { EnhancedMetricsWire } from '../../../../server/src/contract/analytics.ts';
import type { KhataSummaryWire } from '../../../../server/src/contract/khata.ts';
import type { KhataAgeingWire, MoneyInWire, RevenueWire } from '../../../../server/src/contract/metrics.ts';
import type { OrderWire } from '../../../../server/src/contract/order.ts';
import type { Trends } from '../../../../server/src/contract/prediction.ts';
import type { TodayWire } from '../../../../server/src/contract/stock-metrics.ts';
import { getData, getReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { can } from '../../api/session.ts';
import { useCan } from '../../api/use-session.ts';
import { shopDay } from '../../format/date.ts';

const ORDERS_SHOWN = 8;
const DAY_MS = 86_400_000;
export const DAYS_SHOWN = 30;
/** The mean of a day looks back over it and the six before. */
export const MEAN_DAYS = 7;
const RATE_DAYS = 90;

const TODAY = queryOptions({
  queryKey: ['analytics', 'today'],
  queryFn: ({ signal }) => getData<TodayWire>('/api/analytics/today', {}, signal),
});
const AGEING = queryOptions({
  queryKey: ['analytics', 'khata-ageing'],
  queryFn: ({ signal }) => getData<KhataAgeingWire>('/api/analytics/khata-ageing', { per_page: 1 }, signal),
});

/** The figures of the tiles, asked for while the page is being made: they are what one looks at first. */
export function askForTiles(): void {
  if (!can('analytics.read')) return;
  void queryClient.prefetchQuery(TODAY);
  void queryClient.prefetchQuery(AGEING);
}

export function useToday() {
  return useQuery({ ...TODAY, enabled: useCan('analytics.read') });
}

/** What came in on a day of the shop, by method. */
export function useMoneyIn(day: string) {
  return useQuery({
    queryKey: ['analytics', 'money-in', day],
    queryFn: ({ signal }) => getData<MoneyInWire>('/api/analytics/money-in', { from: day, to: day }, signal),
  });
}

/** The days that are shown, and those before them that their mean needs. */
export function useDailyRevenue() {
  const from = shopDay(Date.now() - (DAYS_SHOWN + MEAN_DAYS - 2) * DAY_MS);
  return useQuery({
    queryKey: ['analytics', 'revenue', from],
    queryFn: ({ signal }) =>
      getData<RevenueWire>('/api/analytics/revenue', { from, interval: 'day' }, signal),
    enabled: useCan('analytics.read'),
  });
}

export function useKhataAgeing() {
  return useQuery({ ...AGEING, enabled: useCan('analytics.read') });
}

export function useStockAlerts() {
  return useQuery({
    queryKey: ['analytics', 'enhanced-metrics'],
    queryFn: ({ signal }) => getData<EnhancedMetricsWire>('/api/analytics/enhanced-metrics', {}, signal),
    select: ({ inventory_alerts: alerts }) => alerts,
    enabled: useCan('analytics.read'),
  });
}

export function useGoldDays() {
  return useQuery({
    queryKey: ['prices', 'trends', 'gold', RATE_DAYS],
    queryFn: ({ signal }) => getData<Trends>('/api/predictions/trends', { days: RATE_DAYS }, signal),
  });
}

/** For those who see the khata but no analytics. */
export function useKhataSummary() {
  return useQuery({
    queryKey: ['khata', 'summary'],
    queryFn: ({ signal }) => getData<KhataSummaryWire>('/api/khata/summary', {}, signal),
    enabled: useCan('khata.read'),
  });
}

/** The newest orders that are not done: pending first, then those in work. */
export function useWaitingOrders() {
  return useQuery({
    queryKey: ['orders', 'waiting'],
    queryFn: async ({ signal }): Promise<OrderWire[]> => {
      const pages = await Promise.all(
        ['pending', 'processing'].map((status) =>
          getReply<{ data: OrderWire[] }>('/api/orders', { status, per_page: ORDERS_SHOWN }, signal),
        ),
      );
      return pages.flatMap(({ data }) => data).slice(0, ORDERS_SHOWN);
    },
    enabled: useCan('orders.read'),
  });
}
