import { GoldQuery } from '../../contract/metrics.ts';
import { GoldWire } from '../../contract/stock-metrics.ts';
import type { StockLot } from '../../domain/analytics.ts';
import { type Revenue, revenueOf, totalsOf } from '../../domain/figures.ts';
import { toRupees } from '../../domain/money.ts';
import { type Interval, periodsOf } from '../../domain/period.ts';
import type { Rate } from '../../domain/price.ts';
import { CATEGORIES, PRODUCT_PURITIES } from '../../domain/product.ts';
import { metalValue } from '../../domain/stock-value.ts';
import { toGrams } from '../../domain/weight.ts';
import type { Route } from '../../http/route.ts';
import { type ComparedRange, compared, type Desk, metricRoute, readComparedRange } from './metric-route.ts';
import { readInterval } from './metrics-input.ts';
import { toDates } from './revenue.ts';
import { revenueByPeriod } from './revenue-by-period.ts';

const ONE_GRAM_MG = 1000;

const stockExample = {
  products: 2,
  pieces: 6,
  net_grams: 25.5,
  fine_grams: 23.358,
  metal_value: 170085,
  list_value: 150003,
};
const example: GoldWire = {
  from: '2026-01-15',
  to: '2026-01-15',
  interval: 'day',
  totals: { sold_grams: 5.038, ordered_grams: 10.076 },
  series: [{ date: '2026-01-15', until: '2026-01-15', sold_grams: 5.038, ordered_grams: 10.076 }],
  compare: null,
  stock: {
    ...stockExample,
    by_purity: [{ purity: '916', rate_per_gram: 6670, ...stockExample }],
    by_category: [{ category: 'Ring', ...stockExample }],
  },
};

export function goldRoute(desk: Desk): Route {
  const { store, now } = desk.shop;
  return metricRoute<ComparedRange & { interval: Interval }, GoldWire>(desk, {
    name: 'gold',
    summary: "Read the fine gold that was sold, and that in stock with its value at today's rate",
    description: 'Sold by sales and ordered by orders, by day, week or month; the stock is that of now.',
    query: GoldQuery,
    data: GoldWire,
    example,
    read: (query, today) => ({ ...readComparedRange(query, today), interval: readInterval(query, 'day') }),
    make: async ({ interval, ...ranges }) => {
      const selling = compared(ranges, async (range) => {
        const figures = await store.analytics.daily(range);
        return {
          interval,
          totals: toSold(revenueOf(totalsOf(figures))),
          series: revenueByPeriod(figures, periodsOf(range, interval), interval).map(
            ({ period, revenue }) => ({ ...toDates(period), ...toSold(revenue) }),
          ),
        };
      });
      const [sold, lots, { rates }] = await Promise.all([
        selling,
        store.analytics.stockLots(),
        store.prices.board(now()),
      ]);
      return { ...sold, stock: toStock(lots, rates) };
    },
  });
}

function toSold({ booked, billed }: Revenue) {
  return { sold_grams: toGrams(billed.fineMg), ordered_grams: toGrams(booked.fineMg) };
}

function toStock(lots: readonly StockLot[], rates: readonly Rate[]): GoldWire['stock'] {
  return {
    ...sumOf(lots, rates),
    by_purity: PRODUCT_PURITIES.map((purity) => {
      const gram = metalValue({ netMg: ONE_GRAM_MG, goldPurity: purity }, rates);
      return {
        purity,
        rate_per_gram: gram === null ? null : toRupees(gram.paise),
        ...sumOf(
          lots.filter((lot) => lot.goldPurity === purity),
          rates,
        ),
      };
    }),
    by_category: CATEGORIES.map((category) => ({
      category,
      ...sumOf(
        lots.filter((lot) => lot.category === category),
        rates,
      ),
    })),
  };
}

/** The values of the lots are rounded each, so that every way of adding them up gives the same total. */
function sumOf(lots: readonly StockLot[], rates: readonly Rate[]) {
  const sum = (of: (lot: StockLot) => number): number => lots.reduce((total, lot) => total + of(lot), 0);
  return {
    products: sum((lot) => lot.products),
    pieces: sum((lot) => lot.pieces),
    net_grams: toGrams(sum((lot) => lot.netMg)),
    fine_grams: toGrams(sum((lot) => lot.fineMg)),
    metal_value: rates.length === 0 ? null : toRupees(sum((lot) => metalValue(lot, rates)?.paise ?? 0)),
    list_value: toRupees(sum((lot) => lot.listPaise)),
  };
}
