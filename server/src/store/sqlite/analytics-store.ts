import { endOfDay } from '../../domain/shop-day.ts';
import type { AnalyticsStore } from '../analytics-store.ts';
import { atOneMoment, type Connection } from './database.ts';
import { busyHours } from './reads/busy-hours.ts';
import { buyers, cohorts, conversions } from './reads/buyers.ts';
import { dailyFigures, figureTotals } from './reads/figures.ts';
import { khataAgeing } from './reads/khata-ageing.ts';
import { moneyIn } from './reads/money-in.ts';
import { topProducts } from './reads/sold-products.ts';
import { idleStock, stockAlerts, stockLots } from './reads/stock.ts';

export function analyticsOf(db: Connection, shop: string): AnalyticsStore {
  return {
    daily: async (range) => dailyFigures(db, shop, range),
    totals: async () => figureTotals(db, shop),
    topProducts: async (range, wanted) => topProducts(db, shop, range, wanted),
    conversions: async (periods) => atOneMoment(db, () => conversions(db, shop, periods)),
    cohorts: async (periods) => cohorts(db, shop, periods),
    busyHours: async (range) => atOneMoment(db, () => busyHours(db, shop, range)),
    moneyIn: async (range) => atOneMoment(db, () => moneyIn(db, shop, range)),
    buyers: async (today, by, page) => atOneMoment(db, () => buyers(db, shop, endOfDay(today), by, page)),
    khataAgeing: async (today, page) => atOneMoment(db, () => khataAgeing(db, shop, today, page)),
    stockAlerts: async () => atOneMoment(db, () => stockAlerts(db, shop)),
    stockLots: async () => stockLots(db, shop),
    idleStock: async (today, deadDays, page) =>
      atOneMoment(db, () => idleStock(db, shop, endOfDay(today), deadDays, page)),
  };
}
