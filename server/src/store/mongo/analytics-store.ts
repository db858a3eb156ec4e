import type { Db } from 'mongodb';
import { endOfDay } from '../../domain/shop-day.ts';
import type { AnalyticsStore } from '../analytics-store.ts';
import { busyHours } from './reads/busy-hours.ts';
import { buyers, cohorts, conversions } from './reads/buyers.ts';
import { dailyFigures, figureTotals } from './reads/figures.ts';
import { khataAgeing } from './reads/khata-ageing.ts';
import { topProducts } from './reads/sold-products.ts';
import { idleStock, stockAlerts, stockLots } from './reads/stock.ts';

export function analyticsOf(db: Db, shop: string): AnalyticsStore {
  return {
    daily: (range) => dailyFigures(db, shop, range),
    totals: () => figureTotals(db, shop),
    topProducts: (range, wanted) => topProducts(db, shop, range, wanted),
    conversions: (periods) => conversions(db, shop, periods),
    cohorts: (periods) => cohorts(db, shop, periods),
    busyHours: (range) => busyHours(db, shop, range),
    buyers: (today, by, page) => buyers(db, shop, endOfDay(today), by, page),
    khataAgeing: (today, page) => khataAgeing(db, shop, today, page),
    stockAlerts: () => stockAlerts(db, shop),
    stockLots: () => stockLots(db, shop),
    idleStock: (today, deadDays, page) => idleStock(db, shop, endOfDay(today), deadDays, page),
  };
}
