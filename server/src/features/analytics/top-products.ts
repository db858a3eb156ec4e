import { TopProductsQuery, TopProductsWire } from '../../contract/metrics.ts';
import {
  PRODUCT_RANKINGS,
  type ProductRanking,
  SOLD_SOURCES,
  type SoldProduct,
  type SoldSource,
} from '../../domain/analytics.ts';
import { toRupees } from '../../domain/money.ts';
import type { DayRange } from '../../domain/period.ts';
import { toGrams } from '../../domain/weight.ts';
import type { Route } from '../../http/route.ts';
import { readWhole } from './analytics-input.ts';
import { type Desk, metricRoute } from './metric-route.ts';
import { readChoice, readRangeOrAll } from './metrics-input.ts';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

interface Params {
  range: DayRange | null;
  by: ProductRanking;
  source: SoldSource;
  limit: number;
}

export function topProductsRoute(desk: Desk): Route {
  return metricRoute<Params, TopProductsWire>(desk, {
    name: 'top-products',
    summary: 'Read which products sell most, by pieces, revenue or fine gold',
    description: 'Of a period or of the whole history. Deleted products keep what was sold of them.',
    query: TopProductsQuery,
    data: TopProductsWire,
    example: {
      from: null,
      to: null,
      by: 'quantity',
      source: 'sales',
      products: [
        {
          product_id: '65d0c0ffee0123456789abcd',
          product_name: 'Gold Ring',
          category: 'Ring',
          is_active: true,
          quantity: 10,
          revenue: 250000,
          fine_grams: 50.38,
        },
      ],
    },
    read: (query, today) => ({
      range: readRangeOrAll(query, today),
      by: readChoice(query, 'by', PRODUCT_RANKINGS),
      source: readChoice(query, 'source', SOLD_SOURCES),
      limit: readWhole(query, 'limit', { otherwise: DEFAULT_LIMIT, min: 1, max: MAX_LIMIT }),
    }),
    make: async ({ range, ...wanted }) => {
      const products = await desk.shop.store.analytics.topProducts(range, wanted);
      return {
        from: range?.from ?? null,
        to: range?.to ?? null,
        by: wanted.by,
        source: wanted.source,
        products: products.map(toProduct),
      };
    },
  });
}

function toProduct(product: SoldProduct): TopProductsWire['products'][number] {
  return {
    product_id: product.id,
    product_name: product.name,
    category: product.category,
    is_active: product.isActive,
    quantity: product.quantity,
    revenue: toRupees(product.paise),
    fine_grams: toGrams(product.fineMg),
  };
}
