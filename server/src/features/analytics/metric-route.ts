// How every metric is asked for: read the query, and answer from what is kept or anew.

import type { TSchema } from 'typebox';
import { Data } from '../../contract/envelope.ts';
import type { DayRange } from '../../domain/period.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { FreshCache } from '../../http/fresh-cache.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import type { Query } from './analytics-input.ts';
import { readComparison, readRange } from './metrics-input.ts';

/** What a metric needs of the shop, and where its answers are kept. */
export interface Desk {
  shop: Shop;
  cache: FreshCache;
}

interface Metric<P, D> {
  /** The last word of its address, and its name in docs/metrics.md. */
  name: string;
  summary: string;
  description: string;
  query: TSchema;
  data: TSchema;
  example: D;
  /** All that the answer depends on beside the state of the shop; it must be plain data. */
  read: (query: Query, today: string) => P;
  make: (params: P, today: string) => Promise<D>;
}

export function metricRoute<P, D>({ shop, cache }: Desk, metric: Metric<P, D>): Route {
  const { name, read, make } = metric;
  return route({
    method: 'GET',
    path: `/api/analytics/${name}`,
    access: 'analytics.read',
    tag: 'Analytics',
    summary: metric.summary,
    description: metric.description,
    query: metric.query,
    reply: Data(metric.data),
    errors: ['invalid_input'],
    example: { success: true, data: metric.example },
    handle: ({ query }) => {
      const params = read(query, dayOf(shop.now()));
      return cache.answer(`${name} ${JSON.stringify(params)}`, async (today) => ({
        success: true,
        data: await make(params, today),
      }));
    },
  });
}

/** A range, and the one to set beside it. */
export interface ComparedRange {
  range: DayRange;
  compare: ReturnType<typeof readComparison>;
}

export function readComparedRange(query: Query, today: string): ComparedRange {
  const range = readRange(query, today);
  return { range, compare: readComparison(query, range) };
}

/** The answer of a range, and where it was asked for that of the other range. */
export async function compared<B extends object>(
  { range, compare }: ComparedRange,
  make: (range: DayRange) => Promise<B>,
) {
  const [block, other] = await Promise.all([make(range), compare === null ? null : make(compare.range)]);
  return {
    ...range,
    ...block,
    compare: compare === null || other === null ? null : { name: compare.name, ...compare.range, ...other },
  };
}
