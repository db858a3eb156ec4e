import { DaysQuery, EnhancedMetricsWire } from '../../contract/analytics.ts';
import { Data } from '../../contract/envelope.ts';
import type { Conversion, StockAlerts, StockPiece } from '../../domain/analytics.ts';
import { type FigureSum, type FigureTotals, ORDER_FIGURES, totalsOf } from '../../domain/figures.ts';
import { toRupees } from '../../domain/money.ts';
import { instantsOf, lastDays } from '../../domain/period.ts';
import type { FreshCache } from '../../http/fresh-cache.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { readDays } from './analytics-input.ts';
import { averageRupees } from './average-rupees.ts';
import { ratePercent } from './rate-percent.ts';

const example: EnhancedMetricsWire = {
  conversion_metrics: { conversion_rate: 33.33, total_customers: 3, customers_with_orders: 1 },
  product_status_counts: { draft: 1, published: 3, total: 4 },
  order_status_breakdown: {
    pending: { count: 0, total_amount: 0 },
    processing: { count: 0, total_amount: 0 },
    completed: { count: 1, total_amount: 40005 },
    cancelled: { count: 0, total_amount: 0 },
    total_orders: 1,
    total_revenue: 40005,
  },
  average_order_value: { average_order_value: 40005, total_orders: 1, total_revenue: 40005 },
  inventory_alerts: {
    low_stock_products: [
      {
        id: '65d0c0ffee0123456789abcd',
        name: 'Gold Ring',
        category: 'Ring',
        stock_quantity: 2,
        base_price: 25000,
      },
    ],
    out_of_stock_products: [],
    low_stock_count: 1,
    out_of_stock_count: 0,
  },
};

export function enhancedMetricsRoute(shop: Shop, cache: FreshCache): Route {
  return route({
    method: 'GET',
    path: '/api/analytics/enhanced-metrics',
    access: 'analytics.read',
    tag: 'Analytics',
    summary: 'Read conversion, order statuses, average order value and stock alerts',
    description: 'Orders made within the last days of the shop, by the status they have now.',
    query: DaysQuery,
    reply: Data(EnhancedMetricsWire),
    errors: ['invalid_input'],
    example: { success: true, data: example },
    handle: async ({ query }) => {
      const days = readDays(query);
      return cache.answer(`enhanced-metrics ${days}`, async (today) => ({
        success: true,
        data: await enhancedMetrics(shop, days, today),
      }));
    },
  });
}

async function enhancedMetrics({ store }: Shop, days: number, today: string): Promise<EnhancedMetricsWire> {
  const range = lastDays(today, days);
  const [figures, [conversion], stock] = await Promise.all([
    store.analytics.daily(range),
    store.analytics.conversions([instantsOf(range)]),
    store.analytics.stockAlerts(),
  ]);
  return {
    conversion_metrics: toConversion(conversion ?? { customers: 0, ordering: 0 }),
    product_status_counts: {
      draft: stock.draft,
      published: stock.published,
      total: stock.draft + stock.published,
    },
    ...ordersOf(totalsOf(figures)),
    inventory_alerts: toAlerts(stock),
  };
}

function toConversion({ customers, ordering }: Conversion): EnhancedMetricsWire['conversion_metrics'] {
  return {
    conversion_rate: ratePercent(ordering, customers),
    total_customers: customers,
    customers_with_orders: ordering,
  };
}

function ordersOf(
  totals: FigureTotals,
): Pick<EnhancedMetricsWire, 'order_status_breakdown' | 'average_order_value'> {
  const sums = ORDER_FIGURES.map((figure) => totals[figure]);
  const count = sums.reduce((sum, figure) => sum + figure.count, 0);
  const paise = sums.reduce((sum, figure) => sum + figure.paise, 0);
  return {
    order_status_breakdown: {
      pending: toSum(totals['order.pending']),
      processing: toSum(totals['order.processing']),
      completed: toSum(totals['order.completed']),
      cancelled: toSum(totals['order.cancelled']),
      total_orders: count,
      total_revenue: toRupees(totals['order.completed'].paise),
    },
    average_order_value: {
      average_order_value: averageRupees(paise, count),
      total_orders: count,
      total_revenue: toRupees(paise),
    },
  };
}

function toSum({ count, paise }: FigureSum) {
  return { count, total_amount: toRupees(paise) };
}

function toAlerts({ low, out }: StockAlerts): EnhancedMetricsWire['inventory_alerts'] {
  return {
    low_stock_products: low.rows.map((piece) => ({
      ...toPiece(piece),
      stock_quantity: piece.stockQuantity,
    })),
    out_of_stock_products: out.rows.map(toPiece),
    low_stock_count: low.total,
    out_of_stock_count: out.total,
  };
}

function toPiece({ id, name, category, basePricePaise }: StockPiece) {
  return { id, name, category, base_price: toRupees(basePricePaise) };
}
