// Which products sell: of a period from the lines themselves, of the whole history from the kept figures.

import type { ProductRanking, SoldProduct, SoldSource } from '../../../domain/analytics.ts';
import { type DayRange, type InstantRange, instantsOf } from '../../../domain/period.ts';
import { type Document, fromDocument } from '../codec.ts';
import { fineMg, sum } from './expressions.ts';
import { timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

const RANKS: Record<ProductRanking, string> = {
  quantity: 'quantity',
  revenue: 'paise',
  fine_grams: 'fineMg',
};

/** `range` null: the whole history. Most first; of equals the lower id. */
export async function topProducts(
  questions: Questions,
  shopId: string,
  range: DayRange | null,
  { source, by, limit }: { source: SoldSource; by: ProductRanking; limit: number },
): Promise<SoldProduct[]> {
  const from = range === null ? 'products' : collectionsOf(source)[0];
  const sums = range === null ? kept(shopId, source) : ofPeriod(shopId, instantsOf(range), source);
  const ranked = [
    { $match: { quantity: { $gt: 0 } } },
    { $sort: { [RANKS[by]]: -1, _id: 1 } },
    { $limit: limit },
  ];
  const found = await questions.ask(from, [...sums, ...ranked, ...named(shopId, RANKS[by])]);
  return found.map((document) => fromDocument<SoldProduct>(document));
}

/** The pieces as they are called today, beside what was sold of them. */
function named(shopId: string, rank: string): Document[] {
  const pieces = [{ $match: { shop_id: shopId } }, { $project: { name: 1, category: 1, is_active: 1 } }];
  // Of a field that one of the two rows does not have, the other's.
  const fields = ['quantity', 'paise', 'fineMg', 'name', 'category', 'is_active'];
  return [
    { $unionWith: { coll: 'products', pipeline: pieces } },
    { $group: { _id: '$_id', ...Object.fromEntries(fields.map((field) => [field, { $max: `$${field}` }])) } },
    { $match: { quantity: { $gt: 0 }, name: { $ne: null } } },
    { $sort: { [rank]: -1, _id: 1 } },
  ];
}

function kept(shopId: string, source: SoldSource): Document[] {
  const field = (sold: string, ordered: string): unknown => {
    if (source === 'both') return { $add: [`$figures.${sold}`, `$figures.${ordered}`] };
    return `$figures.${source === 'sales' ? sold : ordered}`;
  };
  return [
    { $match: { shop_id: shopId } },
    {
      $project: {
        quantity: field('sold', 'ordered'),
        paise: field('sold_paise', 'ordered_paise'),
        fineMg: field('sold_fine_mg', 'ordered_fine_mg'),
      },
    },
  ];
}

function ofPeriod(shopId: string, range: InstantRange, source: SoldSource): Document[] {
  const match = (collection: 'orders' | 'sales'): Document => ({
    $match: {
      shop_id: shopId,
      ...(collection === 'orders' ? { status: { $ne: 'cancelled' } } : {}),
      ...timeRange('created_at', range),
    },
  });
  const [first, second] = collectionsOf(source);
  return [
    match(first),
    ...(second === undefined ? [] : [{ $unionWith: { coll: second, pipeline: [match(second)] } }]),
    { $unwind: '$lines' },
    {
      $group: {
        _id: '$lines.product_id',
        quantity: sum('$lines.quantity'),
        paise: sum({ $multiply: ['$lines.quantity', '$lines.unit_price_paise'] }),
        fineMg: sum(fineMg('$lines.quantity', '$lines.net_weight_mg', '$lines.gold_purity')),
      },
    },
  ];
}

function collectionsOf(source: SoldSource): ['orders' | 'sales', 'orders'?] {
  if (source === 'both') return ['sales', 'orders'];
  return [source];
}
