// The metal that was sold and that lies in the shop, and the Today screen in one answer. See contract/metrics.ts.

import { type Static, Type } from 'typebox';
import { PageInfo, PageQuery } from './envelope.ts';
import { Amount, Instant, Nullable, OneOf, QueryWhole, Weight } from './fields.ts';
import { GoldSold, RevenueTotals } from './metrics.ts';

const Day = Type.String({ description: 'A day of the shop, YYYY-MM-DD' });

const stock = {
  products: Type.Integer(),
  pieces: Type.Integer(),
  net_grams: Weight,
  fine_grams: Weight,
  metal_value: Nullable(Type.Number(), {
    description: "Rupees of the metal at today's rate; null: no rate is recorded",
  }),
  list_value: Type.Number({ description: 'Rupees of list prices' }),
};

export const GoldWire = Type.Object({
  ...GoldSold.properties,
  stock: Type.Object({
    ...stock,
    by_purity: Type.Array(
      Type.Object({
        purity: Type.String(),
        rate_per_gram: Nullable(Type.Number(), {
          description: 'Rupees that a gram is valued at: its own rate, or its share of another purity’s',
        }),
        ...stock,
      }),
    ),
    by_category: Type.Array(Type.Object({ category: Type.String(), ...stock })),
  }),
});
export type GoldWire = Static<typeof GoldWire>;

export const StockAgeingQuery = Type.Object({
  dead_days: QueryWhole(
    [1, 3660],
    'From how many days without a sale on a piece is dead stock: 1 to 3660 (default 180)',
  ),
  ...PageQuery,
});
export const StockAgeingWire = Type.Object({
  as_of: Day,
  bands: Type.Array(
    Type.Object({
      label: Type.String({ description: 'Days since the last sale or, if never sold, since it was added' }),
      from_days: Type.Integer(),
      to_days: Nullable(Type.Integer()),
      products: Type.Integer(),
      pieces: Type.Integer(),
      fine_grams: Weight,
      list_value: Amount,
    }),
  ),
  dead_days: Type.Integer(),
  dead_stock: Type.Array(
    Type.Object({
      product_id: Type.String(),
      product_name: Type.String(),
      category: Type.String(),
      gold_purity: Type.String(),
      weight: Weight,
      stock_quantity: Type.Integer(),
      base_price: Amount,
      added_at: Instant,
      last_sold_at: Nullable(Instant),
      idle_days: Type.Integer(),
    }),
    { description: 'Longest first' },
  ),
  pagination: PageInfo,
});
export type StockAgeingWire = Static<typeof StockAgeingWire>;

const Waiting = Type.Object({ count: Type.Integer(), amount: Amount });
export const TodayWire = Type.Object({
  day: Day,
  today: RevenueTotals,
  yesterday: RevenueTotals,
  orders_waiting: Type.Object({ pending: Waiting, processing: Waiting }),
  khata: Type.Object({
    due: Type.Number({ description: 'Rupees that customers owe' }),
    debtors: Type.Integer(),
    credit: Type.Number({ description: 'Rupees that the shop owes' }),
  }),
  stock: Type.Object({ low: Type.Integer(), out: Type.Integer() }),
  rates: Type.Array(
    Type.Object({
      metal_type: OneOf(['gold', 'silver', 'platinum']),
      purity: Type.String(),
      price_per_gram: Amount,
      date: Day,
      recorded_at: Instant,
      age_days: Type.Integer({ description: '0: of today' }),
      previous_price_per_gram: Nullable(Type.Number(), {
        description: 'The rate in force before its day; null: none',
      }),
    }),
    { description: 'The board: the rates in force, gold first' },
  ),
});
export type TodayWire = Static<typeof TodayWire>;
