// Customers as buyers: who orders, how soon after they were added, how often and for how much. What each bought is kept
// in the customer's own document.

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
import type { Document } from '../codec.ts';
import { count, dayNumber, daysUntil, numberBefore, placeIn, sum } from './expressions.ts';
import { type Sort, timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

/** Where instants lie among the periods, of which one ends before the next begins. */
function rulerOf(periods: readonly InstantRange[]) {
  const [first, last] = [periods[0], periods.at(-1)];
  const bounds = [...new Set(periods.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  return {
    whole: { from: first?.from ?? 0, to: last?.to ?? 0 },
    /** In the query language: how many bounds an instant has reached. */
    place: (field: string): unknown => numberBefore(bounds, field),
    placeOf: ({ from }: InstantRange): number => bounds.indexOf(from) + 1,
  };
}

interface Counted {
  _id: number;
  customers: number;
}

/** One answer per period: customers of today that were there at its end, and those that made an order within it. */
export async function conversions(
  questions: Questions,
  shopId: string,
  periods: readonly InstantRange[],
): Promise<Conversion[]> {
  const ruler = rulerOf(periods);
  const [added, ordering] = await Promise.all([
    questions.ask<Counted>('customers', [
      { $match: { shop_id: shopId, is_active: true, ...timeRange('created_at', { to: ruler.whole.to }) } },
      { $group: { _id: ruler.place('$created_at'), customers: sum(1) } },
    ]),
    questions.ask<Counted>('orders', [
      { $match: { shop_id: shopId, ...timeRange('created_at', ruler.whole) } },
      { $group: { _id: { customer: '$customer_id', period: ruler.place('$created_at') } } },
      { $project: { customer: '$_id.customer', period: '$_id.period' } },
      ...ofCustomersOfToday(shopId),
      { $unwind: '$periods' },
      { $group: { _id: '$periods', customers: sum(1) } },
    ]),
  ]);
  return periods.map((period) => {
    const place = ruler.placeOf(period);
    const before = added.filter(({ _id }) => _id <= place);
    return {
      customers: before.reduce((total, { customers }) => total + customers, 0),
      ordering: ordering.find(({ _id }) => _id === place)?.customers ?? 0,
    };
  });
}

/** Of rows with a customer and a period: those of customers who are not deleted, which are few. */
function ofCustomersOfToday(shopId: string): Document[] {
  const gone = [
    { $match: { shop_id: shopId, is_active: false } },
    { $project: { customer: '$_id', gone: { $literal: true } } },
  ];
  return [
    { $unionWith: { coll: 'customers', pipeline: gone } },
    { $group: { _id: '$customer', periods: { $push: '$period' }, gone: { $max: '$gone' } } },
    { $match: { gone: null } },
  ];
}

/** One answer per period: the customers of today that were added within it, by the days to their first order. */
export async function cohorts(
  questions: Questions,
  shopId: string,
  periods: readonly InstantRange[],
): Promise<Cohort[]> {
  const first = '$bought.first_order_at';
  const ordered = { $ne: [first, null] };
  const days = { $subtract: [dayNumber(first), dayNumber('$created_at')] };
  const within = (limit: number) => count({ $and: [ordered, { $lte: [days, limit] }] });
  const ruler = rulerOf(periods);
  const found = await questions.ask<Cohort & { _id: number }>('customers', [
    { $match: { shop_id: shopId, is_active: true, ...timeRange('created_at', ruler.whole) } },
    {
      $group: {
        _id: ruler.place('$created_at'),
        customers: sum(1),
        within30: within(30),
        within60: within(60),
        within90: within(90),
        ever: count(ordered),
      },
    },
  ]);
  const none = { customers: 0, within30: 0, within60: 0, within90: 0, ever: 0 };
  return periods.map((period) => {
    const place = ruler.placeOf(period);
    const { _id, ...cohort } = found.find((one) => one._id === place) ?? { _id: place, ...none };
    return cohort;
  });
}

const ORDERS: Record<BuyerRanking, Sort> = {
  recency: { lastAt: -1, _id: 1 },
  frequency: { purchases: -1, paise: -1, _id: 1 },
  value: { paise: -1, _id: 1 },
};

/** Days are counted to the end of `today`, given as the first instant after it. */
export async function buyers(
  questions: Questions,
  shopId: string,
  endOfToday: number,
  by: BuyerRanking,
  page: PageRequest,
): Promise<Buyers> {
  const active = { shop_id: shopId, is_active: true };
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
  type Segment = { _id: { recency: number; frequency: number }; customers: number; paise: number };
  const [segments, rows, all] = await Promise.all([
    questions.ask<Segment>('customers', [
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
    ]),
    questions.ask<Omit<Buyer, 'id'> & { _id: { toHexString(): string } }>('customers', [
      ...each,
      { $sort: ORDERS[by] },
      { $skip: page.skip },
      { $limit: page.limit },
    ]),
    questions.ask<{ total: number }>('customers', [{ $match: active }, { $count: 'total' }]),
  ]);
  const total = segments.reduce((found, segment) => found + segment.customers, 0);
  return {
    segments: segments.map(({ _id, ...sums }) => ({ ..._id, ...sums })),
    without: (all[0]?.total ?? 0) - total,
    page: { rows: rows.map(({ _id, ...row }) => ({ id: _id.toHexString(), ...row })), total },
  };
}
