import type { Db } from 'mongodb';
import {
  type DailyFigure,
  type Figure,
  type FigureSum,
  type FigureTotals,
  totalsOf,
} from '../../../domain/figures.ts';
import type { DayRange } from '../../../domain/period.ts';
import { fromDocument } from '../codec.ts';
import type { DayRow } from '../rows.ts';

/** The figures of each day that has any, oldest first. */
export async function dailyFigures(db: Db, shopId: string, { from, to }: DayRange): Promise<DailyFigure[]> {
  const found = await db
    .collection('daily_figures')
    .find({ shop_id: shopId, day: { $gte: from, $lte: to } })
    .sort({ day: 1 })
    .toArray();
  return found.flatMap((document) => {
    const { day, figures } = fromDocument<DayRow>(document);
    const sorted = figures.toSorted((a, b) => (a.figure < b.figure ? -1 : 1));
    return sorted.map(({ figure, count, paise, fineMg }) => ({ day, figure, count, paise, fineMg }));
  });
}

/** The figures of the shop's whole history. */
export async function figureTotals(db: Db, shopId: string): Promise<FigureTotals> {
  const found = await db
    .collection('daily_figures')
    .aggregate<{ _id: Figure } & FigureSum>([
      { $match: { shop_id: shopId } },
      { $unwind: '$figures' },
      {
        $group: {
          _id: '$figures.figure',
          count: { $sum: '$figures.count' },
          paise: { $sum: '$figures.paise' },
          fineMg: { $sum: '$figures.fine_mg' },
        },
      },
    ])
    .toArray();
  return totalsOf(found.map(({ _id, count, paise, fineMg }) => ({ figure: _id, count, paise, fineMg })));
}
