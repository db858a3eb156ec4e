import { MoneyInQuery, MoneyInWire } from '../../contract/metrics.ts';
import { toRupees } from '../../domain/money.ts';
import { instantsOf } from '../../domain/period.ts';
import type { Route } from '../../http/route.ts';
import { type ComparedRange, compared, type Desk, metricRoute, readComparedRange } from './metric-route.ts';

export function moneyInRoute(desk: Desk): Route {
  return metricRoute<ComparedRange, MoneyInWire>(desk, {
    name: 'money-in',
    summary: 'Read how much money came in, by method',
    description:
      'What was collected: payments and khata credits, less what was given back. Cash is what the drawer is counted against.',
    query: MoneyInQuery,
    data: MoneyInWire,
    example: {
      from: '2026-01-15',
      to: '2026-01-15',
      collected: 30000,
      methods: [
        { method: 'upi', amount: 20000 },
        { method: 'cash', amount: 10500 },
        { method: 'card', amount: -500 },
      ],
      compare: null,
    },
    read: readComparedRange,
    make: (ranges) =>
      compared(ranges, async (range) => {
        const rows = await desk.shop.store.analytics.moneyIn(instantsOf(range));
        return {
          collected: toRupees(rows.reduce((sum, { paise }) => sum + paise, 0)),
          methods: rows.map(({ method, paise }) => ({ method, amount: toRupees(paise) })),
        };
      }),
  });
}
