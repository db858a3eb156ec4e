// Answers to an owner's questions, ready to be drawn: every period of a series is there, zeros included; days are
// ISO days of the shop. docs/metrics.md defines the numbers.

import { type Static, type TProperties, Type } from 'typebox';
import { PageInfo, PageQuery } from './envelope.ts';
import { Amount, Instant, Nullable, OneOf, QueryOneOf, QueryText, QueryWhole, Weight } from './fields.ts';

const Day = Type.String({ description: 'A day of the shop, YYYY-MM-DD' });
const Percent = Type.Number({ description: 'Per cent, 2 decimals' });

const rangeQuery = {
  from: QueryText('First day, YYYY-MM-DD (default: 29 days before the last one)'),
  to: QueryText('Last day, YYYY-MM-DD (default: today); at most 3660 days in all'),
};
const compareQuery = {
  compare: QueryOneOf(
    ['previous', 'last_year'],
    'previous (as many days, or whole months, directly before) or last_year',
  ),
};

/** The first and last day that a row of a series counts. */
const period = { date: Day, until: Day };

/** A range with its answer, and where it was asked for the same answer of the range to compare with. */
function Compared<T extends TProperties>(block: T) {
  const range = { from: Day, to: Day, ...block };
  return Type.Object({
    ...range,
    compare: Nullable(Type.Object({ name: OneOf(['previous', 'last_year']), ...range })),
  });
}

const INTERVALS = ['day', 'week', 'month'] as const;
export const IntervalWire = OneOf(INTERVALS);
const interval = { interval: IntervalWire };
function intervalQuery(otherwise: string) {
  return {
    interval: QueryOneOf(INTERVALS, `day, week (from Monday) or month (default ${otherwise})`),
  };
}

const revenue = {
  booked: Type.Number({ description: 'Rupees of orders that are not cancelled' }),
  booked_orders: Type.Integer(),
  billed: Type.Number({ description: 'Rupees of sales, after discounts' }),
  sales: Type.Integer(),
  collected: Type.Number({ description: 'Rupees that came in: payments and khata credits' }),
  cancelled: Type.Number({ description: 'Rupees of orders of these days that were cancelled since' }),
  cancelled_orders: Type.Integer(),
};
export const RevenueTotals = Type.Object(revenue);
export type RevenueTotals = Static<typeof RevenueTotals>;
export const RevenueQuery = Type.Object({ ...rangeQuery, ...intervalQuery('day'), ...compareQuery });
export const RevenueWire = Compared({
  ...interval,
  totals: RevenueTotals,
  series: Type.Array(Type.Object({ ...period, ...revenue })),
});
export type RevenueWire = Static<typeof RevenueWire>;

const orderValue = {
  average_order_value: Type.Number({ description: 'Rupees; orders of any status' }),
  orders: Type.Integer(),
  average_booked_value: Type.Number({ description: 'Rupees; without cancelled orders' }),
  booked_orders: Type.Integer(),
  average_sale_value: Amount,
  sales: Type.Integer(),
};
export const OrderValueQuery = Type.Object({ ...rangeQuery, ...intervalQuery('week'), ...compareQuery });
export const OrderValueWire = Compared({
  ...interval,
  totals: Type.Object(orderValue),
  series: Type.Array(Type.Object({ ...period, ...orderValue })),
});
export type OrderValueWire = Static<typeof OrderValueWire>;

export const ConversionQuery = Type.Object({ ...rangeQuery, ...intervalQuery('week'), ...compareQuery });
export const ConversionWire = Compared({
  ...interval,
  series: Type.Array(
    Type.Object({
      ...period,
      customers: Type.Integer({ description: 'Customers of today that were there at the end' }),
      customers_with_orders: Type.Integer(),
      conversion_rate: Percent,
    }),
  ),
  cohorts: Type.Array(
    Type.Object({
      ...period,
      new_customers: Type.Integer({ description: 'Customers of today that were added then' }),
      ordered_within_30_days: Type.Integer(),
      ordered_within_60_days: Type.Integer(),
      ordered_within_90_days: Type.Integer(),
      ordered_ever: Type.Integer(),
      conversion_rate: Type.Number({ description: 'Per cent that ordered ever' }),
    }),
  ),
});
export type ConversionWire = Static<typeof ConversionWire>;

const PRODUCT_RANKINGS = ['quantity', 'revenue', 'fine_grams'] as const;
const SOURCES = ['sales', 'orders', 'both'] as const;
export const TopProductsQuery = Type.Object({
  from: QueryText('First day, YYYY-MM-DD; without from and to: the whole history'),
  to: QueryText('Last day, YYYY-MM-DD'),
  by: QueryOneOf(PRODUCT_RANKINGS, 'quantity (default), revenue or fine_grams'),
  source: QueryOneOf(SOURCES, 'Whose lines count: sales (default), orders that are not cancelled, or both'),
  limit: QueryWhole([1, 100], 'Rows, 1 to 100 (default 10)'),
});
export const SourceWire = OneOf(SOURCES);
export const ProductRankingWire = OneOf(PRODUCT_RANKINGS);
export const TopProductsWire = Type.Object({
  from: Nullable(Day),
  to: Nullable(Day),
  by: ProductRankingWire,
  source: SourceWire,
  products: Type.Array(
    Type.Object({
      product_id: Type.String(),
      product_name: Type.String(),
      category: Type.String(),
      is_active: Type.Boolean({ description: 'false: deleted since' }),
      quantity: Type.Integer(),
      revenue: Type.Number({ description: 'Rupees of its lines, before discounts' }),
      fine_grams: Weight,
    }),
  ),
});
export type TopProductsWire = Static<typeof TopProductsWire>;

export const BusyHoursQuery = Type.Object({ ...rangeQuery, ...compareQuery });
export const BusyHoursWire = Compared({
  hours: Type.Array(
    Type.Object({
      weekday: OneOf(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']),
      hour: Type.Integer({ description: '0 to 23, the clock of the shop' }),
      booked_orders: Type.Integer(),
      booked: Amount,
      sales: Type.Integer(),
      billed: Amount,
    }),
    { description: '7 x 24, Monday 0:00 first' },
  ),
});
export type BusyHoursWire = Static<typeof BusyHoursWire>;

export const MoneyInQuery = Type.Object({ ...rangeQuery, ...compareQuery });
export const MoneyInWire = Compared({
  collected: Type.Number({ description: 'Rupees in all: what revenue says of the same days' }),
  methods: Type.Array(
    Type.Object({
      method: Nullable(Type.String(), {
        description: 'cash, upi, card, cheque, bank_transfer, or as somebody wrote it; null: not said',
      }),
      amount: Type.Number({ description: 'Rupees, less what was given back; below 0 where that was more' }),
    }),
    { description: 'Most first; not said last' },
  ),
});
export type MoneyInWire = Static<typeof MoneyInWire>;

/** A band of days; `to_days` null: and longer. */
const band = { label: Type.String(), from_days: Type.Integer(), to_days: Nullable(Type.Integer()) };

/** What was given in a band of days and is not paid yet. */
export const DebtBucketWire = Type.Object({ ...band, amount: Amount });
export type DebtBucketWire = Static<typeof DebtBucketWire>;

export const KhataAgeingQuery = Type.Object(PageQuery);
export const KhataAgeingWire = Type.Object({
  as_of: Day,
  total: Amount,
  buckets: Type.Array(DebtBucketWire),
  debtors: Type.Array(
    Type.Object({
      customer_id: Type.String(),
      name: Type.String(),
      phone: Type.String(),
      balance: Amount,
      days_0_30: Amount,
      days_31_60: Amount,
      days_61_90: Amount,
      over_90: Amount,
    }),
  ),
  pagination: PageInfo,
});
export type KhataAgeingWire = Static<typeof KhataAgeingWire>;

const BUYER_RANKINGS = ['value', 'recency', 'frequency'] as const;
export const BuyerRankingWire = OneOf(BUYER_RANKINGS);
export const BuyersQuery = Type.Object({
  by: QueryOneOf(BUYER_RANKINGS, 'Order of the list: value (default), recency or frequency'),
  ...PageQuery,
});
export const BuyersWire = Type.Object({
  as_of: Day,
  by: BuyerRankingWire,
  segments: Type.Array(
    Type.Object({
      recency: Type.String({ description: 'Days since the last purchase: 0-30 to 366+' }),
      frequency: Type.String({ description: 'Purchases: 1 to 11+' }),
      customers: Type.Integer(),
      value: Amount,
    }),
    { description: 'Every recency with every frequency' },
  ),
  customers_without_purchase: Type.Integer(),
  customers: Type.Array(
    Type.Object({
      customer_id: Type.String(),
      name: Type.String(),
      phone: Type.String(),
      last_purchase: Instant,
      days_since: Type.Integer(),
      purchases: Type.Integer(),
      value: Amount,
    }),
  ),
  pagination: PageInfo,
});
export type BuyersWire = Static<typeof BuyersWire>;

const soldGrams = {
  sold_grams: Type.Number({ description: 'Fine grams of sales' }),
  ordered_grams: Type.Number({ description: 'Fine grams of orders that are not cancelled' }),
};
export const GoldQuery = Type.Object({ ...rangeQuery, ...intervalQuery('day'), ...compareQuery });
export const GoldSold = Compared({
  ...interval,
  totals: Type.Object(soldGrams),
  series: Type.Array(Type.Object({ ...period, ...soldGrams })),
});
export type GoldSold = Static<typeof GoldSold>;
