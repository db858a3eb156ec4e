import {
  OrderValueQuery,
  OrderValueWire,
  RevenueQuery,
  type RevenueTotals,
  RevenueWire,
} from '../../contract/metrics.ts';
import { type Revenue, revenueOf, totalsOf } from '../../domain/figures.ts';
import { toRupees } from '../../domain/money.ts';
import { type DayRange, type Interval, periodsOf } from '../../domain/period.ts';
import type { Route } from '../../http/route.ts';
import { averageRupees } from './average-rupees.ts';
import { compared, type Desk, metricRoute, readComparedRange } from './metric-route.ts';
import { readInterval } from './metrics-input.ts';
import { revenueByPeriod } from './revenue-by-period.ts';

const totalsExample: RevenueTotals = {
  booked: 51500,
  booked_orders: 1,
  billed: 24500,
  sales: 1,
  collected: 30000,
  cancelled: 0,
  cancelled_orders: 0,
};
const example: RevenueWire = {
  from: '2026-01-15',
  to: '2026-01-15',
  interval: 'day',
  totals: totalsExample,
  series: [{ date: '2026-01-15', until: '2026-01-15', ...totalsExample }],
  compare: null,
};

export function revenueRoute(desk: Desk): Route {
  return metricRoute(desk, {
    name: 'revenue',
    summary: 'Read what was booked, billed and collected by day, week or month',
    description:
      'Of any period, with the one before or the same of last year beside it. See docs/metrics.md.',
    query: RevenueQuery,
    data: RevenueWire,
    example,
    read: (query, today) => ({ ...readComparedRange(query, today), interval: readInterval(query, 'day') }),
    make: ({ interval, ...ranges }) =>
      compared(ranges, async (range) => {
        const { total, periods } = await revenueIn(desk, range, interval);
        return {
          interval,
          totals: toTotals(total),
          series: periods.map(({ period, revenue }) => ({ ...toDates(period), ...toTotals(revenue) })),
        };
      }),
  });
}

const valueExample = {
  average_order_value: 51500,
  orders: 1,
  average_booked_value: 51500,
  booked_orders: 1,
  average_sale_value: 24500,
  sales: 1,
};

export function orderValueRoute(desk: Desk): Route {
  return metricRoute<Parameters<typeof compared>[0] & { interval: Interval }, OrderValueWire>(desk, {
    name: 'order-value',
    summary: 'Read the average value of orders and sales over time',
    description: 'By the day an order was made. See docs/metrics.md, Revenue.',
    query: OrderValueQuery,
    data: OrderValueWire,
    example: {
      from: '2026-01-12',
      to: '2026-01-18',
      interval: 'week',
      totals: valueExample,
      series: [{ date: '2026-01-12', until: '2026-01-18', ...valueExample }],
      compare: null,
    },
    read: (query, today) => ({ ...readComparedRange(query, today), interval: readInterval(query, 'week') }),
    make: ({ interval, ...ranges }) =>
      compared(ranges, async (range) => {
        const { total, periods } = await revenueIn(desk, range, interval);
        return {
          interval,
          totals: toAverages(total),
          series: periods.map(({ period, revenue }) => ({ ...toDates(period), ...toAverages(revenue) })),
        };
      }),
  });
}

async function revenueIn({ shop }: Desk, range: DayRange, interval: Interval) {
  const figures = await shop.store.analytics.daily(range);
  return {
    total: revenueOf(totalsOf(figures)),
    periods: revenueByPeriod(figures, periodsOf(range, interval), interval),
  };
}

export function toDates(period: DayRange): { date: string; until: string } {
  return { date: period.from, until: period.to };
}

export function toTotals(revenue: Revenue): RevenueTotals {
  return {
    booked: toRupees(revenue.booked.paise),
    booked_orders: revenue.booked.count,
    billed: toRupees(revenue.billed.paise),
    sales: revenue.billed.count,
    collected: toRupees(revenue.collectedPaise),
    cancelled: toRupees(revenue.cancelled.paise),
    cancelled_orders: revenue.cancelled.count,
  };
}

function toAverages({ booked, billed, cancelled }: Revenue): OrderValueWire['totals'] {
  const orders = booked.count + cancelled.count;
  return {
    average_order_value: averageRupees(booked.paise + cancelled.paise, orders),
    orders,
    average_booked_value: averageRupees(booked.paise, booked.count),
    booked_orders: booked.count,
    average_sale_value: averageRupees(billed.paise, billed.count),
    sales: billed.count,
  };
}
