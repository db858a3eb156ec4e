// Which products sell: of a period from the lines themselves, of the whole history from the kept figures.

import type { ProductRanking, SoldProduct, SoldSource } from '../../../domain/analytics.ts';
import type { InstantRange } from '../../../domain/period.ts';
import type { Category } from '../../../domain/product.ts';
import type { Db } from '../database.ts';

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

/** Fine metal of a line: each piece rounded to a milligram, as domain/weight.ts does it. */
const FINE_MG = 'l.quantity * ((l.net_weight_mg * CAST(l.gold_purity AS INTEGER) + 500) / 1000)';

// The indexes are named: without statistics SQLite would rather walk all lines.
const LINES: Record<'sales' | 'orders', string> = {
  sales: `SELECT l.product_id, l.quantity, l.quantity * l.unit_price_paise AS paise, ${FINE_MG} AS fine_mg
    FROM sales s INDEXED BY sales_newest
    CROSS JOIN sale_lines l ON l.shop_id = s.shop_id AND l.sale_id = s.id
    WHERE s.shop_id = :shopId AND s.created_at >= :from AND s.created_at < :to`,
  orders: `SELECT l.product_id, l.quantity, l.total_paise AS paise, ${FINE_MG} AS fine_mg
    FROM orders o INDEXED BY orders_newest
    CROSS JOIN order_lines l ON l.shop_id = o.shop_id AND l.order_id = o.id
    WHERE o.shop_id = :shopId AND o.created_at >= :from AND o.created_at < :to AND o.status <> 'cancelled'`,
};

const KEPT: Record<SoldSource, string> = {
  sales: 'sold AS quantity, sold_paise AS paise, sold_fine_mg AS fine_mg',
  orders: 'ordered AS quantity, ordered_paise AS paise, ordered_fine_mg AS fine_mg',
  both: `sold + ordered AS quantity, sold_paise + ordered_paise AS paise,
    sold_fine_mg + ordered_fine_mg AS fine_mg`,
};

/** `range` null: the whole history. Most first; of equals the lower id. */
export function topProducts(
  db: Db,
  shopId: string,
  range: InstantRange | null,
  { source, by, limit }: { source: SoldSource; by: ProductRanking; limit: number },
): SoldProduct[] {
  const sums =
    range === null
      ? `SELECT product_id, ${KEPT[source]} FROM product_figures WHERE shop_id = :shopId`
      : `SELECT product_id, total(quantity) AS quantity, total(paise) AS paise, total(fine_mg) AS fine_mg
         FROM (${linesOf(source)}) GROUP BY product_id`;
  const rows = db.all<Row>(
    `SELECT p.id, p.name, p.category, p.is_active, t.quantity, CAST(t.paise AS REAL) AS paise,
       CAST(t.fine_mg AS REAL) AS fine_mg
     FROM (SELECT * FROM (${sums}) WHERE quantity > 0 ORDER BY ${RANKS[by]} DESC, product_id LIMIT :limit) t
     JOIN products p ON p.shop_id = :shopId AND p.id = t.product_id
     ORDER BY t.${RANKS[by]} DESC, p.id`,
    { shopId, limit, ...(range === null ? {} : { from: range.from, to: range.to }) },
  );
  return rows.map(({ is_active: active, fine_mg: fineMg, ...row }) => ({
    ...row,
    isActive: active === 1,
    fineMg,
  }));
}

function linesOf(source: SoldSource): string {
  return source === 'both' ? `${LINES.sales} UNION ALL ${LINES.orders}` : LINES[source];
}
