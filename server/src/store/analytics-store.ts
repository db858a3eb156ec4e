// The part of the store interface that answers questions about the business as a whole.

import type {
  BusyHour,
  BuyerRanking,
  Buyers,
  Cohort,
  Conversion,
  IdleStock,
  KhataAgeing,
  MoneyIn,
  ProductRanking,
  SoldProduct,
  SoldSource,
  StockAlerts,
  StockLot,
} from '../domain/analytics.ts';
import type { DailyFigure, FigureTotals } from '../domain/figures.ts';
import type { PageRequest } from '../domain/page.ts';
import type { DayRange, InstantRange } from '../domain/period.ts';

/**
 * Answers about the business as a whole; docs/metrics.md defines the numbers. Sums of the whole history and the ageing
 * of the khata come from figures that are kept in the same write as what they count.
 */
export interface AnalyticsStore {
  /** The figures of each day of a range that has any, oldest first. */
  daily(range: DayRange): Promise<DailyFigure[]>;
  /** The figures of the whole history. */
  totals(): Promise<FigureTotals>;
  /** The products that sold most within a range, or ever (null); of equals the lower id first. */
  topProducts(
    range: DayRange | null,
    wanted: { source: SoldSource; by: ProductRanking; limit: number },
  ): Promise<SoldProduct[]>;
  /** One answer per period, each of which ends before the next begins. Customers: those of today that were added before its end. */
  conversions(periods: readonly InstantRange[]): Promise<Conversion[]>;
  /** One answer per such period, of the customers of today that were added within it. */
  cohorts(periods: readonly InstantRange[]): Promise<Cohort[]>;
  /** Hours of the week in which something was ordered or sold, Monday first. */
  busyHours(range: InstantRange): Promise<BusyHour[]>;
  /** What was collected within a range, by method: most first, not said last. In sum what the figures say of its days. */
  moneyIn(range: InstantRange): Promise<MoneyIn[]>;
  /** Customers who bought something, with the days since, as of a day. */
  buyers(today: string, by: BuyerRanking, page: PageRequest): Promise<Buyers>;
  /** What is unpaid by age, as of a day: payments settle the oldest debit first. */
  khataAgeing(today: string, page: PageRequest): Promise<KhataAgeing>;
  stockAlerts(): Promise<StockAlerts>;
  /** What is in stock, by category and purity. */
  stockLots(): Promise<StockLot[]>;
  /** How long the stock lies, as of a day; `dead`: not sold for at least `deadDays`, longest first. */
  idleStock(today: string, deadDays: number, page: PageRequest): Promise<IdleStock>;
}
