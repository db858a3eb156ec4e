// What lies in the shop: pieces that are not deleted. How long it lies follows from the kept figures of the products.

import {
  type DeadPiece,
  IDLE_LIMITS,
  type IdleStock,
  LOW_STOCK,
  MAX_ALERTS,
  type StockAlerts,
  type StockLot,
  type StockPiece,
} from '../../../domain/analytics.ts';
import type { PageRequest } from '../../../domain/page.ts';
import type { Db } from '../database.ts';

/** Fine metal of one piece, as domain/weight.ts rounds it. */
const FINE_MG = '((net_weight_mg * CAST(gold_purity AS INTEGER) + 500) / 1000)';

const PIECE = 'id, name, category, stock_quantity AS stockQuantity, base_price_paise AS basePricePaise';

export function stockAlerts(db: Db, shopId: string): StockAlerts {
  const counts = db.all<{ status: string; count: number; low: number; out: number }>(
    `SELECT status, count(*) AS count, count(*) FILTER (WHERE stock_quantity BETWEEN 1 AND :low) AS low,
       count(*) FILTER (WHERE stock_quantity = 0) AS out
     FROM products INDEXED BY products_stock WHERE shop_id = :shopId AND is_active = 1 GROUP BY status`,
    { shopId, low: LOW_STOCK },
  );
  const of = (status: string) => counts.find((row) => row.status === status);
  const list = (condition: string): StockPiece[] =>
    db
      .all<StockPiece>(
        `SELECT ${PIECE} FROM products INDEXED BY products_stock
         WHERE shop_id = :shopId AND is_active = 1 AND status = 'published' AND ${condition}
         ORDER BY stock_quantity, category, id LIMIT :limit`,
        { shopId, limit: MAX_ALERTS },
      )
      .map((row) => ({ ...row }));
  return {
    draft: of('draft')?.count ?? 0,
    published: of('published')?.count ?? 0,
    low: { rows: list(`stock_quantity BETWEEN 1 AND ${LOW_STOCK}`), total: of('published')?.low ?? 0 },
    out: { rows: list('stock_quantity = 0'), total: of('published')?.out ?? 0 },
  };
}

export function stockLots(db: Db, shopId: string): StockLot[] {
  return db
    .all<StockLot>(
      `SELECT category, gold_purity AS goldPurity, count(*) AS products, total(stock_quantity) AS pieces,
         total(stock_quantity * net_weight_mg) AS netMg, total(stock_quantity * ${FINE_MG}) AS fineMg,
         total(CAST(stock_quantity AS REAL) * base_price_paise) AS listPaise
       FROM products INDEXED BY products_stock
       WHERE shop_id = :shopId AND is_active = 1 AND stock_quantity > 0
       GROUP BY category, gold_purity ORDER BY category, gold_purity`,
      { shopId },
    )
    .map((row) => ({ ...row }));
}

/** Days are counted to the end of `today`, given as the first instant after it. */
export function idleStock(
  db: Db,
  shopId: string,
  endOfToday: number,
  deadDays: number,
  page: PageRequest,
): IdleStock {
  // One statement, so that the days of each piece are found once for both parts of the answer.
  const found = db.get<{ bands: string; dead: string }>(
    `WITH lying AS MATERIALIZED (${LYING})
     SELECT (SELECT json_group_array(json_object('band', band, 'products', products, 'dead', dead, 'pieces', pieces,
         'fineMg', fineMg, 'listPaise', json(printf('%!.0f', listPaise)))) FROM (${BANDS})) AS bands,
       (SELECT json_group_array(json_object('id', id, 'name', name, 'category', category,
         'stockQuantity', stockQuantity, 'basePricePaise', basePricePaise, 'netWeightMg', netWeightMg,
         'goldPurity', goldPurity, 'createdAt', createdAt, 'lastSoldAt', lastSoldAt, 'idleDays', idleDays))
         FROM (${DEAD})) AS dead`,
    { shopId, endOfToday, deadDays, limit: page.limit, skip: page.skip },
  );
  const bands = JSON.parse(found?.bands ?? '[]') as Band[];
  return {
    bands: Array.from({ length: IDLE_LIMITS.length + 1 }, (_, index) => {
      const { band: _band, dead: _dead, ...sums } = bands.find(({ band }) => band === index) ?? NO_BAND;
      return sums;
    }),
    dead: {
      rows: JSON.parse(found?.dead ?? '[]') as DeadPiece[],
      total: bands.reduce((sum, { dead }) => sum + dead, 0),
    },
  };
}

interface Band {
  band: number;
  products: number;
  dead: number;
  pieces: number;
  fineMg: number;
  listPaise: number;
}
const NO_BAND: Band = { band: -1, products: 0, dead: 0, pieces: 0, fineMg: 0, listPaise: 0 };

/** Each piece in stock with the days since it was last sold or, if never, added; none where a clock ran ahead. */
const LYING = `SELECT p.row, p.id, p.stock_quantity, p.base_price_paise, p.net_weight_mg, p.gold_purity,
    max(0, (CAST(:endOfToday AS INTEGER) - 1 - max(p.created_at, ifnull(l.last_sold_at, 0))) / 86400000) AS idle
  FROM products p INDEXED BY products_stock LEFT JOIN product_last_sold l ON l.row = p.row
  WHERE p.shop_id = :shopId AND p.is_active = 1 AND p.stock_quantity > 0`;

// As integers: JSON would write a large float with 15 digits. What is listed can be more than an integer holds, so it is
// written in full above.
const BANDS = `SELECT ${bandOf('idle')} AS band, count(*) AS products, count(*) FILTER (WHERE idle >= :deadDays) AS dead,
    CAST(total(stock_quantity) AS INTEGER) AS pieces, CAST(total(stock_quantity * ${FINE_MG}) AS INTEGER) AS fineMg,
    total(CAST(stock_quantity AS REAL) * base_price_paise) AS listPaise
  FROM lying GROUP BY band`;

/** The rows of the page are found first, then what is shown of them. */
const DEAD = `SELECT t.id, p.name, p.category, p.stock_quantity AS stockQuantity,
    p.base_price_paise AS basePricePaise, p.net_weight_mg AS netWeightMg, p.gold_purity AS goldPurity,
    p.created_at AS createdAt, l.last_sold_at AS lastSoldAt, t.idle AS idleDays
  FROM (SELECT row, id, idle FROM lying WHERE idle >= :deadDays ORDER BY idle DESC, id LIMIT :limit OFFSET :skip) t
  JOIN products p ON p.row = t.row LEFT JOIN product_last_sold l ON l.row = t.row ORDER BY t.idle DESC, t.id`;

/** The place of a number among the limits, the last one being beyond them. */
function bandOf(column: string): string {
  return `CASE ${IDLE_LIMITS.map((limit, index) => `WHEN ${column} <= ${limit} THEN ${index}`).join(' ')}
    ELSE ${IDLE_LIMITS.length} END`;
}
