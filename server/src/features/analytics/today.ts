// What the console's first screen shows, in one answer.

import { Type } from 'typebox';
import { TodayWire } from '../../contract/stock-metrics.ts';
import { type FigureSum, revenueOf, totalsOf } from '../../domain/figures.ts';
import { toRupees } from '../../domain/money.ts';
import { addDays, daysBetween } from '../../domain/period.ts';
import { DEFAULT_PURITY, type Metal, RATE_PURITIES } from '../../domain/price.ts';
import type { Route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import { type Desk, metricRoute } from './metric-route.ts';
import { toTotals } from './revenue.ts';

const revenueExample = {
  booked: 51500,
  booked_orders: 1,
  billed: 24500,
  sales: 1,
  collected: 30000,
  cancelled: 0,
  cancelled_orders: 0,
};
const example: TodayWire = {
  day: '2026-01-15',
  today: revenueExample,
  yesterday: revenueExample,
  orders_waiting: { pending: { count: 1, amount: 51500 }, processing: { count: 0, amount: 0 } },
  khata: { due: 1500.5, debtors: 1, credit: 0 },
  stock: { low: 1, out: 0 },
  rates: [
    {
      metal_type: 'gold',
      purity: '916',
      price_per_gram: 6670,
      date: '2026-01-15',
      recorded_at: '2026-01-15T04:30:00.000Z',
      age_days: 0,
      previous_price_per_gram: 6655,
    },
  ],
};

/** The rates that a board shows: gold in every purity that has one, the other metals in their usual one. */
const BOARD: readonly { metal: Metal; purity: string }[] = [
  ...RATE_PURITIES.gold.map((purity) => ({ metal: 'gold' as const, purity })),
  { metal: 'silver', purity: DEFAULT_PURITY.silver },
  { metal: 'platinum', purity: DEFAULT_PURITY.platinum },
];

export function todayRoute(desk: Desk): Route {
  return metricRoute(desk, {
    name: 'today',
    summary: 'Read the day so far: money, orders waiting, khata, stock and the board',
    description: "The shop's day and the day before it, in one answer.",
    query: Type.Object({}),
    data: TodayWire,
    example,
    read: () => ({}),
    make: (_params, today) => readToday(desk.shop, today),
  });
}

async function readToday({ store, now }: Shop, today: string): Promise<TodayWire> {
  const yesterday = addDays(today, -1);
  const at = now();
  const [figures, ever, khata, stock, rates] = await Promise.all([
    store.analytics.daily({ from: yesterday, to: today }),
    store.analytics.totals(),
    store.khata.summary(),
    store.analytics.stockAlerts(),
    Promise.all(BOARD.map(({ metal, purity }) => readRate(store, metal, purity, { at, today }))),
  ]);
  const revenueOn = (day: string) => toTotals(revenueOf(totalsOf(figures.filter((row) => row.day === day))));
  return {
    day: today,
    today: revenueOn(today),
    yesterday: revenueOn(yesterday),
    orders_waiting: {
      pending: toWaiting(ever['order.pending']),
      processing: toWaiting(ever['order.processing']),
    },
    khata: {
      due: toRupees(khata.outstandingPaise),
      debtors: khata.debtors,
      credit: toRupees(khata.creditPaise),
    },
    stock: { low: stock.low.total, out: stock.out.total },
    rates: rates.flat(),
  };
}

function toWaiting({ count, paise }: FigureSum) {
  return { count, amount: toRupees(paise) };
}

async function readRate(
  store: Shop['store'],
  metal: Metal,
  purity: string,
  { at, today }: { at: number; today: string },
): Promise<TodayWire['rates']> {
  const [rate, before] = await store.prices.latestTwo(metal, purity, at);
  if (rate === undefined) return [];
  return [
    {
      metal_type: metal,
      purity,
      price_per_gram: toRupees(rate.paisePerGram),
      date: rate.day,
      recorded_at: toInstant(rate.createdAt),
      age_days: daysBetween(rate.day, today),
      previous_price_per_gram: before === undefined ? null : toRupees(before.paisePerGram),
    },
  ];
}
