import type { Db } from 'mongodb';
import type { ReferenceData } from '../../store.ts';
import { fromDocument } from '../codec.ts';
import type { ReferenceGoldRow } from '../rows.ts';

export async function countReference(
  db: Db,
  shopId: string,
): Promise<{ goldMonths: number; diamonds: number }> {
  const [goldMonths, stones] = await Promise.all([
    db.collection('reference_gold').countDocuments({ shop_id: shopId }),
    db
      .collection('reference_diamonds')
      .aggregate<{ count: number }>([
        { $match: { shop_id: shopId } },
        { $group: { _id: null, count: { $sum: '$count' } } },
      ])
      .next(),
  ]);
  return { goldMonths, diamonds: stones?.count ?? 0 };
}

export async function readReferenceGold(db: Db, shopId: string): Promise<ReferenceData['gold']> {
  const found = await db.collection('reference_gold').find({ shop_id: shopId }).sort({ month: 1 }).toArray();
  return found.map((document) => {
    const { month, paisePerGram, rupeesPerDollar } = fromDocument<ReferenceGoldRow>(document);
    return { month, paisePerGram, rupeesPerDollar };
  });
}
