// Answers about the business. docs/metrics.md defines each number; each answer is kept until something changes.

import { FreshCache } from '../../http/fresh-cache.ts';
import type { Route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { busyHoursRoute } from './busy-hours.ts';
import { buyersRoute } from './buyers.ts';
import { conversionRoute } from './conversion.ts';
import { dashboardRoute } from './dashboard.ts';
import { enhancedMetricsRoute } from './enhanced-metrics.ts';
import { orderExportRoute, saleExportRoute } from './export-rows.ts';
import { goldRoute } from './gold.ts';
import { khataAgeingRoute } from './khata-ageing.ts';
import { moneyInRoute } from './money-in.ts';
import { orderValueRoute, revenueRoute } from './revenue.ts';
import { salesTrendRoute } from './sales-trend.ts';
import { stockAgeingRoute } from './stock-ageing.ts';
import { todayRoute } from './today.ts';
import { topProductsRoute } from './top-products.ts';
import { unknownMetricRoute } from './unknown-metric.ts';

export function analyticsRoutes(shop: Shop): Route[] {
  const cache = new FreshCache(shop);
  const desk = { shop, cache };
  const routes = [
    dashboardRoute(shop, cache),
    salesTrendRoute(shop, cache),
    enhancedMetricsRoute(shop, cache),
    saleExportRoute(shop),
    orderExportRoute(shop),
    todayRoute(desk),
    revenueRoute(desk),
    orderValueRoute(desk),
    conversionRoute(desk),
    topProductsRoute(desk),
    buyersRoute(desk),
    busyHoursRoute(desk),
    moneyInRoute(desk),
    khataAgeingRoute(desk),
    stockAgeingRoute(desk),
    goldRoute(desk),
  ];
  const names = routes.map(({ path }) => path.split('/').at(-1) ?? '');
  return [...routes, unknownMetricRoute(names)];
}
