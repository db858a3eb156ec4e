// Which products sell, from the kept figures: by product and day for a period, by product for the whole history.

import type { ProductRanking, SoldProduct, SoldSource } from '../../../domain/analytics.ts';
import type { DayRange } from '../../../domain/period.ts';
import type { Category } from '../../../domain/product.ts';
import type { Db } from '../database.ts';
import { dayNumber, PLACES_OF_PIECE } from '../product-places.ts';

interface Row {
  id: string;
  name: string;
  category: Category;
  is_active: number;
  quantity: number;
  paise: number;
  fine_mg: number;
}

const RANKS: Record<ProductRanking, string> = {
  quantity: 'quantity',
  revenue: 'paise',
  fine_grams: 'fine_mg',
};

/** Of one kept row. */
const SUMS: Record<SoldSource, { quantity: string; paise: string; fineMg: string }> = {
  sales: { quantity: 'd.sold', paise: 'd.sold_paise', fineMg: 'd.sold_fine_mg' },
  orders: { quantity: 'd.ordered', paise: 'd.ordered_paise', fineMg: 'd.ordered_fine_mg' },
  both: {
    quantity: 'd.sold + d.ordered',
    paise: 'd.sold_paise + d.ordered_paise',
    fineMg: 'd.sold_fine_mg + d.ordered_fine_mg',
  },
};

/** `range` null: the whole history. Most first; of equals the lower id. */
export function topProducts(
  db: Db,
  shopId: string,
  range: DayRange | null,
  { source, by, limit }: { source: SoldSource; by: ProductRanking; limit: number },
): SoldProduct[] {
  const { quantity, paise, fineMg } = SUMS[source];
  const rank = { quantity, revenue: paise, fine_grams: fineMg }[by];
  // Ranked first, by as few sums as it takes: the other figures are those of the rows that are shown. Product by product,
  // since the kept rows stand in this order and nothing but the sums is sorted.
  const sums =
    range === null
      ? `SELECT d.product_id, ${quantity} AS quantity, ${paise} AS paise, ${fineMg} AS fine_mg
         FROM product_figures d
         WHERE d.shop_id = :shopId AND ${quantity} > 0 ORDER BY ${rank} DESC, d.product_id LIMIT :limit`
      : `SELECT r.id AS product_id, total(${quantity}) AS quantity, total(${paise}) AS paise, total(${fineMg}) AS fine_mg
         FROM (SELECT f.id, f.row FROM products f INDEXED BY products_id CROSS JOIN product_days d
             ON ${ofRange('f.row')}
           WHERE f.shop_id = :shopId GROUP BY f.id HAVING sum(${quantity}) > 0
           ORDER BY sum(${rank}) DESC, f.id LIMIT :limit) r
         CROSS JOIN product_days d ON ${ofRange('r.row')}
         GROUP BY r.id`;
  const rows = db.all<Row>(
    `SELECT p.id, p.name, p.category, p.is_active, t.quantity, CAST(t.paise AS REAL) AS paise,
       CAST(t.fine_mg AS REAL) AS fine_mg
     FROM (${sums}) t JOIN products p ON p.shop_id = :shopId AND p.id = t.product_id
     ORDER BY t.${RANKS[by]} DESC, p.id`,
    { shopId, limit, ...(range === null ? {} : { from: dayNumber(range.from), to: dayNumber(range.to) }) },
  );
  return rows.map(({ is_active: active, fine_mg: weight, ...row }) => ({
    ...row,
    isActive: active === 1,
    fineMg: weight,
  }));
}

/** The kept rows of a piece, by its row number, from the first to the last day of the range. */
function ofRange(row: string): string {
  return `d.place BETWEEN ${row} * ${PLACES_OF_PIECE} + :from AND ${row} * ${PLACES_OF_PIECE} + :to`;
}
