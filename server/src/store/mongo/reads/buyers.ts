// Customers as buyers: who orders, how soon after they were added, how often and for how much. What each bought is kept
// in the customer's own document.

import type { Db } from 'mongodb';
import {
  type Buyer,
  type BuyerRanking,
  type Buyers,
  type Cohort,
  type Conversion,
  FREQUENCY_LIMITS,
  RECENCY_LIMITS,
} from '../../../domain/analytics.ts';
import type { PageRequest } from '../../../domain/page.ts';
import type { InstantRange } from '../../../domain/period.ts';
import { count, dayNumber, daysUntil, placeIn, sum } from './expressions.ts';
import { type Sort, timeRange } from './pages.ts';

/** One answer per period: customers of today that were there at its end, and those that made an order within it. */
export function conversions(db: Db, shopId: string, periods: readonly InstantRange[]): Promise<Conversion[]> {
  const customers = db.collection('customers');
  const active = { shop_id: shopId, is_active: true };
  return Promise.all(
    periods.map(async (period) => {
      const ordering = await db
        .collection('orders')
        .aggregate<{ _id: unknown }>([
          { $match: { shop_id: shopId, ...timeRange('created_at', period) } },
          { $group: { _id: '$customer_id' } },
        ])
        .toArray();
      const ids = ordering.map(({ _id }) => _id as never);
      return {
        customers: await customers.countDocuments({ ...active, created_at: { $lt: new Date(period.to) } }),
        ordering: ids.length === 0 ? 0 : await customers.countDocuments({ ...active, _id: { $in: ids } }),
      };
    }),
  );
}

/** One answer per period: the customers of today that were added within it, by the days to their first order. */
export function cohorts(db: Db, shopId: string, periods: readonly InstantRange[]): Promise<Cohort[]> {
  const first = '$bought.first_order_at';
  const ordered = { $ne: [first, null] };
  const days = { $subtract: [dayNumber(first), dayNumber('$created_at')] };
  const within = (limit: number) => count({ $and: [ordered, { $lte: [days, limit] }] });
  return Promise.all(
    periods.map(async (period) => {
      const found = await db
        .collection('customers')
        .aggregate<Cohort & { _id?: null }>([
          { $match: { shop_id: shopId, is_active: true, ...timeRange('created_at', period) } },
          {
            $group: {
              _id: null,
              customers: sum(1),
              within30: within(30),
              within60: within(60),
              within90: within(90),
              ever: count(ordered),
            },
          },
        ])
        .next();
      const { _id: _none, ...cohort } = found ?? {
        ...{ customers: 0, within30: 0, within60: 0 },
        ...{ within90: 0, ever: 0 },
      };
      return cohort;
    }),
  );
}

const ORDERS: Record<BuyerRanking, Sort> = {
  recency: { lastAt: -1, _id: 1 },
  frequency: { purchases: -1, paise: -1, _id: 1 },
  value: { paise: -1, _id: 1 },
};

/** Days are counted to the end of `today`, given as the first instant after it. */
export async function buyers(
  db: Db,
  shopId: string,
  endOfToday: number,
  by: BuyerRanking,
  page: PageRequest,
): Promise<Buyers> {
  const active = { shop_id: shopId, is_active: true };
  const customers = db.collection('customers');
  const last = { $max: ['$bought.last_sale_at', '$bought.last_order_at'] };
  const each = [
    { $match: active },
    {
      $project: {
        name: 1,
        phone: 1,
        purchases: { $add: ['$bought.sales', '$bought.orders'] },
        paise: { $add: ['$bought.sales_paise', '$bought.orders_paise'] },
        lastAt: { $toDouble: { $toLong: last } },
        daysSince: daysUntil(endOfToday, last),
      },
    },
    { $match: { purchases: { $gt: 0 } } },
  ];
  const [segments, rows, all] = await Promise.all([
    customers
      .aggregate<{ _id: { recency: number; frequency: number }; customers: number; paise: number }>([
        ...each,
        {
          $group: {
            _id: {
              recency: placeIn(RECENCY_LIMITS, '$daysSince'),
              frequency: placeIn(FREQUENCY_LIMITS, '$purchases'),
            },
            customers: sum(1),
            paise: sum('$paise'),
          },
        },
        { $sort: { '_id.recency': 1, '_id.frequency': 1 } },
      ])
      .toArray(),
    customers
      .aggregate<Omit<Buyer, 'id'> & { _id: { toHexString(): string } }>([
        ...each,
        { $sort: ORDERS[by] },
        { $skip: page.skip },
        { $limit: page.limit },
      ])
      .toArray(),
    customers.countDocuments(active),
  ]);
  const total = segments.reduce((found, segment) => found + segment.customers, 0);
  return {
    segments: segments.map(({ _id, ...sums }) => ({ ..._id, ...sums })),
    without: all - total,
    page: { rows: rows.map(({ _id, ...row }) => ({ id: _id.toHexString(), ...row })), total },
  };
}
