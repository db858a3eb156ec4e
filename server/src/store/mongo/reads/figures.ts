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
import type { Questions } from './questions.ts';

/** The figures of each day that has any, oldest first. */
export async function dailyFigures(
  questions: Questions,
  shopId: string,
  { from, to }: DayRange,
): Promise<DailyFigure[]> {
  const found = await questions.ask('daily_figures', [
    { $match: { shop_id: shopId, day: { $gte: from, $lte: to } } },
    { $sort: { day: 1 } },
  ]);
  return found.flatMap((document) => {
    const { day, figures } = fromDocument<DayRow>(document);
    const sorted = figures.toSorted((a, b) => (a.figure < b.figure ? -1 : 1));
    return sorted.map(({ figure, count, paise, fineMg }) => ({ day, figure, count, paise, fineMg }));
  });
}

/** The figures of the shop's whole history. */
export async function figureTotals(questions: Questions, shopId: string): Promise<FigureTotals> {
  const found = await questions.ask<{ _id: Figure } & FigureSum>('daily_figures', [
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
  ]);
  return totalsOf(found.map(({ _id, count, paise, fineMg }) => ({ figure: _id, count, paise, fineMg })));
}
