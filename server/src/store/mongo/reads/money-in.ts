import type { MoneyIn } from '../../../domain/analytics.ts';
import { byMethod } from '../../../domain/money-in.ts';
import type { InstantRange } from '../../../domain/period.ts';
import { sum } from './expressions.ts';
import { timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

interface Summed {
  _id: string | null;
  paise: number;
}

/** What was collected, by method. It is what the figures `payment` and `khata.received` keep the sums of. */
export async function moneyIn(questions: Questions, shopId: string, range: InstantRange): Promise<MoneyIn[]> {
  const paid = [
    // Both ends of the range of one and the same payment: else the index would be read to its end.
    { $match: { shop_id: shopId, payments: { $elemMatch: timeRange('at', range) } } },
    { $unwind: '$payments' },
    { $match: { ...timeRange('payments.at', range), 'payments.method': { $ne: 'khata' } } },
    { $group: { _id: '$payments.method', paise: sum('$payments.amount_paise') } },
  ];
  const isNew = { $eq: [{ $ifNull: ['$reverses', null] }, null] };
  const entered = { $cond: [isNew, '$amount_paise', { $multiply: [-1, '$amount_paise'] }] };
  const found = await Promise.all([
    questions.ask<Summed>('orders', paid),
    questions.ask<Summed>('sales', paid),
    questions.ask<Summed>('khata_transactions', [
      {
        $match: {
          shop_id: shopId,
          ...timeRange('created_at', range),
          'source.kind': { $ne: 'opening' },
          // Credits, and the debits that take one back.
          $expr: { $eq: [{ $eq: ['$type', 'credit'] }, isNew] },
        },
      },
      { $group: { _id: '$payment_method', paise: sum(entered) } },
    ]),
  ]);
  return byMethod(found.flat().map(({ _id: method, paise }) => ({ method, paise })));
}
