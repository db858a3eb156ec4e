import { type DailyFigure, type Figure, type FigureTotals, totalsOf } from '../../../domain/figures.ts';
import type { DayRange } from '../../../domain/period.ts';
import type { Db } from '../database.ts';

interface Row {
  day: string;
  figure: Figure;
  count: number;
  paise: number;
  fine_mg: number;
}

// As floats, exact up to 2^53: beyond it they are near where an integer would be an error.
const SUMS = 'total(count) AS count, total(paise) AS paise, total(fine_mg) AS fine_mg';

/** The figures of each day that has any, oldest first. */
export function dailyFigures(db: Db, shopId: string, { from, to }: DayRange): DailyFigure[] {
  return db
    .all<Row>(
      `SELECT day, figure, ${SUMS} FROM daily_figures
       WHERE shop_id = :shopId AND day BETWEEN :from AND :to GROUP BY day, figure ORDER BY day, figure`,
      { shopId, from, to },
    )
    .map(({ day, figure, count, paise, fine_mg: fineMg }) => ({ day, figure, count, paise, fineMg }));
}

/** How many orders, sales or entries the figures count in all: lists need not count their rows for it. */
export function countKept(db: Db, shopId: string, figures: readonly string[]): number {
  const row = db.get<{ n: number }>(
    `SELECT total(count) AS n FROM daily_figures
     WHERE shop_id = :shopId AND figure IN (SELECT value FROM json_each(:figures))`,
    { shopId, figures: JSON.stringify(figures) },
  );
  return row?.n ?? 0;
}

/** The figures of the shop's whole history. */
export function figureTotals(db: Db, shopId: string): FigureTotals {
  const rows = db.all<Omit<Row, 'day'>>(
    `SELECT figure, ${SUMS} FROM daily_figures WHERE shop_id = :shopId GROUP BY figure`,
    { shopId },
  );
  return totalsOf(
    rows.map(({ figure, count, paise, fine_mg: fineMg }) => ({ figure, count, paise, fineMg })),
  );
}
