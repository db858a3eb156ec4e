// Customers as buyers: who orders, how soon after they were added, how often and for how much.

import {
  type Buyer,
  type BuyerRanking,
  type Buyers,
  type Cohort,
  type Conversion,
  FREQUENCY_LIMITS,
  RECENCY_LIMITS,
} from '../../../domain/analytics.ts';
import type { PageRequest } from '../../../domain/page.ts';
import type { InstantRange } from '../../../domain/period.ts';
import type { Db } from '../database.ts';

/** One answer per period: customers of today that were there at its end, and those that made an order within it. */
export function conversions(db: Db, shopId: string, periods: readonly InstantRange[]): Conversion[] {
  const params = { shopId, periods: JSON.stringify(periods) };
  const ordering = db.all<{ period: number; n: number }>(
    // The deleted ones are few: to leave them out is cheaper than to look each customer up.
    `SELECT t.key AS period, count(DISTINCT o.customer_id) AS n
     FROM json_each(:periods) t CROSS JOIN orders o INDEXED BY orders_figures
     WHERE o.shop_id = :shopId AND o.created_at >= t.value ->> 'from' AND o.created_at < t.value ->> 'to'
       AND o.customer_id NOT IN (SELECT id FROM customers WHERE shop_id = :shopId AND is_active = 0)
     GROUP BY t.key`,
    params,
  );
  const found = new Map(ordering.map(({ period, n }) => [period, n]));
  const customers = addedBefore(
    db,
    shopId,
    periods.map(({ to }) => to),
  );
  return periods.map(({ to }, period) => ({
    customers: customers.get(to) ?? 0,
    ordering: found.get(period) ?? 0,
  }));
}

/** How many customers of today were there before each instant. Each is counted once, however many the instants. */
function addedBefore(db: Db, shopId: string, instants: readonly number[]): Map<number, number> {
  const ends = [...new Set(instants)].sort((a, b) => a - b);
  const steps = ends.map((to, index) => ({ from: ends[index - 1] ?? Number.MIN_SAFE_INTEGER, to }));
  const added = db.all<{ step: number; n: number }>(
    `SELECT t.key AS step, count(*) AS n
     FROM json_each(:steps) t CROSS JOIN customers c INDEXED BY customers_newest
     WHERE c.shop_id = :shopId AND c.is_active = 1
       AND c.created_at >= t.value ->> 'from' AND c.created_at < t.value ->> 'to'
     GROUP BY t.key`,
    { shopId, steps: JSON.stringify(steps) },
  );
  const within = new Map(added.map(({ step, n }) => [step, n]));
  let before = 0;
  return new Map(
    ends.map((end, step) => {
      before += within.get(step) ?? 0;
      return [end, before];
    }),
  );
}

/** One answer per period: the customers of today that were added within it, by the days to their first order. */
export function cohorts(db: Db, shopId: string, periods: readonly InstantRange[]): Cohort[] {
  const within = (days: number): string => `count(*) FILTER (WHERE days <= ${days})`;
  const rows = db.all<Cohort & { period: number }>(
    `SELECT period, count(customer) AS customers, ${within(30)} AS within30, ${within(60)} AS within60,
       ${within(90)} AS within90, count(days) AS ever
     FROM (
       SELECT t.key AS period, c.id AS customer,
         (f.first_order_at + 19800000) / 86400000 - (c.created_at + 19800000) / 86400000 AS days
       FROM json_each(:periods) t
       LEFT JOIN customers c ON c.shop_id = :shopId AND c.is_active = 1
         AND c.created_at >= t.value ->> 'from' AND c.created_at < t.value ->> 'to'
       LEFT JOIN customer_figures f ON f.shop_id = c.shop_id AND f.customer_id = c.id)
     GROUP BY period ORDER BY period`,
    { shopId, periods: JSON.stringify(periods) },
  );
  return rows.map(({ period: _period, ...cohort }) => cohort);
}

// Each customer of today who bought something, with the days since; none where a clock ran ahead.
const BUYERS = `SELECT c.id, c.name, c.phone, f.sales + f.orders AS purchases, f.sales_paise + f.orders_paise AS paise,
    max(ifnull(f.last_sale_at, 0), ifnull(f.last_order_at, 0)) AS lastAt,
    max(0, (CAST(:endOfToday AS INTEGER) - 1 - max(ifnull(f.last_sale_at, 0), ifnull(f.last_order_at, 0))) / 86400000)
      AS daysSince
  FROM customer_figures f JOIN customers c ON c.shop_id = f.shop_id AND c.id = f.customer_id AND c.is_active = 1
  WHERE f.shop_id = :shopId AND f.sales + f.orders > 0`;

const ORDERS: Record<BuyerRanking, string> = {
  recency: 'lastAt DESC, id',
  frequency: 'purchases DESC, paise DESC, id',
  value: 'paise DESC, id',
};

/** Days are counted to the end of `today`, given as the first instant after it. */
export function buyers(
  db: Db,
  shopId: string,
  endOfToday: number,
  by: BuyerRanking,
  page: PageRequest,
): Buyers {
  const params = { shopId, endOfToday };
  const segments = db.all<Buyers['segments'][number]>(
    `SELECT ${placeIn(RECENCY_LIMITS, 'daysSince')} AS recency, ${placeIn(FREQUENCY_LIMITS, 'purchases')} AS frequency,
       count(*) AS customers, total(paise) AS paise
     FROM (${BUYERS}) GROUP BY 1, 2 ORDER BY 1, 2`,
    params,
  );
  const rows = db.all<Buyer>(
    `SELECT id, name, phone, purchases, CAST(paise AS REAL) AS paise, lastAt, daysSince
     FROM (${BUYERS}) ORDER BY ${ORDERS[by]} LIMIT :limit OFFSET :skip`,
    { ...params, limit: page.limit, skip: page.skip },
  );
  const all = db.get<{ n: number }>(
    'SELECT count(*) AS n FROM customers WHERE shop_id = :shopId AND is_active = 1',
    { shopId },
  );
  const total = segments.reduce((sum, { customers }) => sum + customers, 0);
  return {
    segments: segments.map((row) => ({ ...row })),
    without: (all?.n ?? 0) - total,
    page: { rows: rows.map((row) => ({ ...row })), total },
  };
}

/** The place of a number among the limits, the last one being beyond them. */
function placeIn(limits: readonly number[], column: string): string {
  return `CASE ${limits.map((limit, index) => `WHEN ${column} <= ${limit} THEN ${index}`).join(' ')}
    ELSE ${limits.length} END`;
}
