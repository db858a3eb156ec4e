import { type DailyFigure, type Revenue, revenueOf, totalsOf } from '../../domain/figures.ts';
import { type DayRange, type Interval, periodIndex } from '../../domain/period.ts';

/** The revenue of each period, in their order; of one without anything, zeros. */
export function revenueByPeriod(
  figures: readonly DailyFigure[],
  periods: readonly DayRange[],
  interval: Interval,
): { period: DayRange; revenue: Revenue }[] {
  const placeOf = periodIndex(periods, interval);
  const rows: DailyFigure[][] = periods.map(() => []);
  for (const figure of figures) rows[placeOf(figure.day)]?.push(figure);
  return periods.map((period, place) => ({ period, revenue: revenueOf(totalsOf(rows[place] ?? [])) }));
}
