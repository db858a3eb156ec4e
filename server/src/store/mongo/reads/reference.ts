import type { Db } from 'mongodb';
import type { ReferenceData } from '../../store.ts';
import { fromDocument } from '../codec.ts';
import type { ReferenceGoldRow } from '../rows.ts';
import type { Questions } from './questions.ts';

export async function countReference(
  db: Db,
  shopId: string,
): Promise<{ goldMonths: number; diamonds: number }> {
  const sumOf = (what: string, count: unknown) => [
    { $match: { shop_id: shopId } },
    { $group: { _id: what, count: { $sum: count } } },
  ];
  const sums = await db
    .collection('reference_gold')
    .aggregate<{ _id: string; count: number }>([
      ...sumOf('gold', 1),
      { $unionWith: { coll: 'reference_diamonds', pipeline: sumOf('diamonds', '$count') } },
    ])
    .toArray();
  const countOf = (what: string): number => sums.find(({ _id }) => _id === what)?.count ?? 0;
  return { goldMonths: countOf('gold'), diamonds: countOf('diamonds') };
}

export async function readReferenceGold(
  questions: Questions,
  shopId: string,
): Promise<ReferenceData['gold']> {
  const found = await questions.ask('reference_gold', [
    { $match: { shop_id: shopId } },
    { $sort: { month: 1 } },
  ]);
  return found.map((document) => {
    const { month, paisePerGram, rupeesPerDollar } = fromDocument<ReferenceGoldRow>(document);
    return { month, paisePerGram, rupeesPerDollar };
  });
}
