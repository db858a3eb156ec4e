import { endOfDay } from '../../domain/shop-day.ts';
import type { AnalyticsStore } from '../analytics-store.ts';
import { busyHours } from './reads/busy-hours.ts';
import { buyers, cohorts, conversions } from './reads/buyers.ts';
import { dailyFigures, figureTotals } from './reads/figures.ts';
import { khataAgeing } from './reads/khata-ageing.ts';
import { moneyIn } from './reads/money-in.ts';
import type { Questions } from './reads/questions.ts';
import { topProducts } from './reads/sold-products.ts';
import { idleStock, stockAlerts, stockLots } from './reads/stock.ts';

export function analyticsOf(questions: Questions, shop: string): AnalyticsStore {
  return {
    daily: (range) => dailyFigures(questions, shop, range),
    totals: () => figureTotals(questions, shop),
    topProducts: (range, wanted) => topProducts(questions, shop, range, wanted),
    conversions: (periods) => conversions(questions, shop, periods),
    cohorts: (periods) => cohorts(questions, shop, periods),
    busyHours: (range) => busyHours(questions, shop, range),
    moneyIn: (range) => moneyIn(questions, shop, range),
    buyers: (today, by, page) => buyers(questions, shop, endOfDay(today), by, page),
    khataAgeing: (today, page) => khataAgeing(questions, shop, today, page),
    stockAlerts: () => stockAlerts(questions, shop),
    stockLots: () => stockLots(questions, shop),
    idleStock: (today, deadDays, page) => idleStock(questions, shop, endOfDay(today), deadDays, page),
  };
}
