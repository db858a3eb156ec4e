import { Type } from 'typebox';
import { MonthsQuery, TrendMonth } from '../../contract/analytics.ts';
import { Data } from '../../contract/envelope.ts';
import { toRupees } from '../../domain/money.ts';
import { addMonths, periodsOf, startOf } from '../../domain/period.ts';
import type { FreshCache } from '../../http/fresh-cache.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { DEFAULT_MONTHS, MAX_MONTHS, readWhole } from './analytics-input.ts';
import { revenueByPeriod } from './revenue-by-period.ts';

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function salesTrendRoute({ store }: Shop, cache: FreshCache): Route {
  return route({
    method: 'GET',
    path: '/api/analytics/sales-trend',
    access: 'analytics.read',
    tag: 'Analytics',
    summary: 'Read the sales of the last calendar months, oldest first',
    description: 'Months of the shop; one without sales is there with 0.',
    query: MonthsQuery,
    reply: Data(Type.Array(TrendMonth)),
    errors: ['invalid_input'],
    example: {
      success: true,
      data: [
        { month: 'Oct', year: 2025, date: '2025-10-01', sales: 1, revenue: 200 },
        { month: 'Nov', year: 2025, date: '2025-11-01', sales: 1, revenue: 800 },
      ],
    },
    handle: async ({ query }) => {
      const months = readWhole(query, 'months', { otherwise: DEFAULT_MONTHS, min: 1, max: MAX_MONTHS });
      return cache.answer(`sales-trend ${months}`, async (today) => {
        const range = { from: addMonths(startOf(today, 'month'), 1 - months), to: today };
        const figures = await store.analytics.daily(range);
        const data = revenueByPeriod(figures, periodsOf(range, 'month'), 'month').map(({ period, revenue }) =>
          toMonth(period.from, revenue.billed),
        );
        return { success: true, data };
      });
    },
  });
}

function toMonth(date: string, billed: { count: number; paise: number }): TrendMonth {
  const month = NAMES[Number(date.slice(5, 7)) - 1] ?? '';
  return {
    month,
    year: Number(date.slice(0, 4)),
    date,
    sales: billed.count,
    revenue: toRupees(billed.paise),
  };
}
