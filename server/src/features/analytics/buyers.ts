import { BuyersQuery, BuyersWire } from '../../contract/metrics.ts';
import {
  BUYER_RANKINGS,
  type Buyer,
  type BuyerRanking,
  type Buyers,
  FREQUENCY_LIMITS,
  RECENCY_LIMITS,
} from '../../domain/analytics.ts';
import { toRupees } from '../../domain/money.ts';
import { type PageNumbers, pageInfo, readPage } from '../../http/paging.ts';
import type { Route } from '../../http/route.ts';
import { toInstant } from '../../http/wire.ts';
import { bandsOf } from './bands.ts';
import { type Desk, metricRoute } from './metric-route.ts';
import { readChoice } from './metrics-input.ts';

const RECENCIES = bandsOf(RECENCY_LIMITS, 0);
const FREQUENCIES = bandsOf(FREQUENCY_LIMITS, 1);

export function buyersRoute(desk: Desk): Route {
  return metricRoute<{ by: BuyerRanking; numbers: PageNumbers }, BuyersWire>(desk, {
    name: 'customers',
    summary: 'Read customers by recency, frequency and value of what they bought',
    description: 'Purchases are sales and orders that are not cancelled, of the whole history.',
    query: BuyersQuery,
    data: BuyersWire,
    example: {
      as_of: '2026-01-15',
      by: 'value',
      segments: [{ recency: '0-30', frequency: '1', customers: 1, value: 24500 }],
      customers_without_purchase: 2,
      customers: [
        {
          customer_id: '65e0c0ffee0123456789abcd',
          name: 'Asha Patil',
          phone: '9876543210',
          last_purchase: '2026-01-15T10:30:00.123Z',
          days_since: 0,
          purchases: 1,
          value: 24500,
        },
      ],
      pagination: { page: 1, per_page: 20, total: 1, total_pages: 1, has_next: false, has_prev: false },
    },
    read: (query) => ({
      by: readChoice(query, 'by', BUYER_RANKINGS),
      numbers: readPage(query),
    }),
    make: async ({ by, numbers }, today) => {
      const buyers = await desk.shop.store.analytics.buyers(today, by, numbers);
      return {
        as_of: today,
        by,
        segments: everySegment(buyers),
        customers_without_purchase: buyers.without,
        customers: buyers.page.rows.map(toBuyer),
        pagination: pageInfo(buyers.page, numbers),
      };
    },
  });
}

function everySegment({ segments }: Buyers): BuyersWire['segments'] {
  return RECENCIES.flatMap((recent, recency) =>
    FREQUENCIES.map((often, frequency) => {
      const found = segments.find((one) => one.recency === recency && one.frequency === frequency);
      return {
        recency: recent.label,
        frequency: often.label,
        customers: found?.customers ?? 0,
        value: toRupees(found?.paise ?? 0),
      };
    }),
  );
}

function toBuyer(buyer: Buyer): BuyersWire['customers'][number] {
  return {
    customer_id: buyer.id,
    name: buyer.name,
    phone: buyer.phone,
    last_purchase: toInstant(buyer.lastAt),
    days_since: buyer.daysSince,
    purchases: buyer.purchases,
    value: toRupees(buyer.paise),
  };
}
