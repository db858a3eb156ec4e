// How a rate went over the last days: what closed each of them, with its moving averages.

import { Data } from '../../contract/envelope.ts';
import { type TrendRow, Trends, TrendsQuery } from '../../contract/prediction.ts';
import { toRupees } from '../../domain/money.ts';
import { MAX_PAGE_ROWS } from '../../domain/page.ts';
import { lastDays } from '../../domain/period.ts';
import { DEFAULT_PURITY, METALS, type Metal, type MetalPrice } from '../../domain/price.ts';
import {
  dailyCloses,
  TREND_LEAD,
  type TrendPoint,
  trendOf,
  trendStatistics,
} from '../../domain/price-trend.ts';
import { dayOf, startOfDay } from '../../domain/shop-day.ts';
import { invalid } from '../../domain/shop-error.ts';
import { wholeNumber } from '../../http/paging.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toMetalPriceWire } from '../prices/price-wire.ts';

type Query = Record<string, string | undefined>;

const DEFAULT_DAYS = 30;
const MAX_DAYS = 365;

export function trendsRoute(shop: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/trends',
    access: 'public',
    tag: 'Predictions',
    summary: 'Show how a rate went over the last days',
    description:
      'One row a day of the shop, oldest first: the last of the rates in force that day. Held rates and rates dated after today are left out. The moving averages are the means of the last 7 and 30 such rows.',
    query: TrendsQuery,
    reply: Data(Trends),
    errors: ['invalid_input'],
    example: {
      success: true,
      data: {
        prices: [
          {
            id: '65a4f0c0ffee0123456789ab',
            metal_type: 'gold',
            purity: '916',
            price_per_gram: 6670,
            currency: 'INR',
            date: '2026-01-15T00:00:00.000Z',
            source: 'manual',
            held: false,
            price: 6670,
            moving_average_7: 6655,
            moving_average_30: 6655,
          },
        ],
        statistics: { average: 6655, min: 6640, max: 6670, current: 6670, change: 30, change_percent: 0.45 },
        period_days: 30,
      },
    },
    handle: async ({ query }) => {
      const days = readDays(query);
      const metal = readMetal(query);
      const purity = query.purity || DEFAULT_PURITY[metal];
      const from = startOfDay(lastDays(dayOf(shop.now()), days).from);
      const series = await closesSince(shop, metal, purity, from);
      return { success: true, data: trendsSince(from, days, series) };
    },
  });
}

function readDays(query: Query): number {
  const days = wholeNumber(query.days, DEFAULT_DAYS);
  if (days < 1) throw invalid('days', 'minimum', 'must be at least 1', 'Days must be at least 1');
  if (days > MAX_DAYS) {
    throw invalid('days', 'maximum', `must be at most ${MAX_DAYS}`, `Days cannot exceed ${MAX_DAYS}`);
  }
  return days;
}

function readMetal(query: Query): Metal {
  const name = query.metal_type ?? query.metal ?? 'gold';
  const metal = METALS.find((known) => known === name);
  if (metal) return metal;
  const field = query.metal_type === undefined ? 'metal' : 'metal_type';
  const limit = `must be one of: ${METALS.join(', ')}`;
  throw invalid(field, 'enum', limit, 'Invalid metal type. Must be gold, silver, or platinum');
}

/** The days' closes from an instant on, and before them as many as the longest mean needs; oldest first. */
async function closesSince(shop: Shop, metal: Metal, purity: string, from: number): Promise<MetalPrice[]> {
  const newestFirst: MetalPrice[] = [];
  const filter = { metal, purity, toDay: dayOf(shop.now()) };
  for (;;) {
    const page = { skip: newestFirst.length, limit: MAX_PAGE_ROWS };
    const { rows } = await shop.store.prices.list(filter, page);
    newestFirst.push(...rows);
    const closes = dailyCloses(newestFirst);
    const isEnough = (closes.at(-1 - TREND_LEAD)?.at ?? from) < from;
    if (isEnough || rows.length < MAX_PAGE_ROWS) return closes.reverse();
  }
}

function trendsSince(from: number, days: number, series: readonly MetalPrice[]): Trends {
  const window = trendOf(series).filter(({ price }) => price.at >= from);
  const statistics = trendStatistics(window.map(({ price }) => price));
  return {
    prices: window.map(toTrendRow),
    statistics:
      statistics === null
        ? {}
        : {
            average: toRupees(statistics.averagePaise),
            min: toRupees(statistics.minPaise),
            max: toRupees(statistics.maxPaise),
            current: toRupees(statistics.currentPaise),
            change: toRupees(statistics.changePaise),
            change_percent: statistics.changeBasisPoints / 100,
          },
    period_days: days,
  };
}

function toTrendRow({ price, mean7Paise, mean30Paise }: TrendPoint<MetalPrice>): TrendRow {
  const wire = toMetalPriceWire(price);
  return {
    ...wire,
    price: wire.price_per_gram,
    moving_average_7: toRupees(mean7Paise),
    moving_average_30: toRupees(mean30Paise),
  };
}
