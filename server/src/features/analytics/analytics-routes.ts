// Answers about the business. docs/metrics.md defines each number; each answer is kept until something changes.

import { FreshCache } from '../../http/fresh-cache.ts';
import type { Route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { dashboardRoute } from './dashboard.ts';
import { enhancedMetricsRoute } from './enhanced-metrics.ts';
import { orderExportRoute, saleExportRoute } from './export-rows.ts';
import { salesTrendRoute } from './sales-trend.ts';

export function analyticsRoutes(shop: Shop): Route[] {
  const cache = new FreshCache(shop);
  return [
    dashboardRoute(shop, cache),
    salesTrendRoute(shop, cache),
    enhancedMetricsRoute(shop, cache),
    saleExportRoute(shop),
    orderExportRoute(shop),
  ];
}
