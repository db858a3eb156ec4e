import { KhataAgeingQuery, KhataAgeingWire } from '../../contract/metrics.ts';
import type { AgedDebtor } from '../../domain/analytics.ts';
import { toRupees } from '../../domain/money.ts';
import { type PageNumbers, pageInfo, readPage } from '../../http/paging.ts';
import type { Route } from '../../http/route.ts';
import { debtBucketsExample, toDebtBuckets } from './debt-buckets.ts';
import { type Desk, metricRoute } from './metric-route.ts';

export function khataAgeingRoute(desk: Desk): Route {
  return metricRoute<PageNumbers, KhataAgeingWire>(desk, {
    name: 'khata-ageing',
    summary: 'Read how long money is owed, in all and by debtor',
    description:
      'Payments settle the oldest debit first. A debit that was reversed never was; a payment that was reversed opens ' +
      'what it had settled. Largest balance first.',
    query: KhataAgeingQuery,
    data: KhataAgeingWire,
    example: {
      as_of: '2026-01-15',
      total: 1500.5,
      buckets: debtBucketsExample,
      debtors: [
        {
          customer_id: '65e0c0ffee0123456789abcd',
          name: 'Asha Patil',
          phone: '9876543210',
          balance: 1500.5,
          days_0_30: 500,
          days_31_60: 1000.5,
          days_61_90: 0,
          over_90: 0,
        },
      ],
      pagination: { page: 1, per_page: 20, total: 1, total_pages: 1, has_next: false, has_prev: false },
    },
    read: (query) => readPage(query),
    make: async (numbers, today) => {
      const { totals, debtors } = await desk.shop.store.analytics.khataAgeing(today, numbers);
      return {
        as_of: today,
        total: toRupees(totals.days30 + totals.days60 + totals.days90 + totals.older),
        buckets: toDebtBuckets(totals),
        debtors: debtors.rows.map(toDebtor),
        pagination: pageInfo(debtors, numbers),
      };
    },
  });
}

function toDebtor(debtor: AgedDebtor): KhataAgeingWire['debtors'][number] {
  return {
    customer_id: debtor.id,
    name: debtor.name,
    phone: debtor.phone,
    balance: toRupees(debtor.balancePaise),
    days_0_30: toRupees(debtor.days30),
    days_31_60: toRupees(debtor.days60),
    days_61_90: toRupees(debtor.days90),
    over_90: toRupees(debtor.older),
  };
}
