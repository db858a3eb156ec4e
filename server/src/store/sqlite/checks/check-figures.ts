// The kept figures against what the rows they count add up to. All of one moment: the caller holds a read transaction.

import type { Problems } from '../../books/problems.ts';
import type { Db } from '../database.ts';

/** A table (or view) of kept rows; its view `expected_<table>` recomputes it from the rows that it counts. */
interface KeptTable {
  table: string;
  keys: readonly string[];
  values: readonly string[];
}

const KEPT_TABLES: readonly KeptTable[] = [
  { table: 'daily_figures', keys: ['day', 'figure'], values: ['count', 'paise', 'fine_mg'] },
  {
    table: 'customer_figures',
    keys: ['customer_id'],
    values: [
      ...['sales', 'sales_paise', 'last_sale_at'],
      ...['orders', 'orders_paise', 'last_order_at', 'first_order_at'],
    ],
  },
  {
    table: 'product_figures',
    keys: ['product_id'],
    values: [
      ...['sold', 'sold_paise', 'sold_fine_mg', 'last_sale_at'],
      ...['ordered', 'ordered_paise', 'ordered_fine_mg', 'last_order_at'],
    ],
  },
  {
    table: 'product_daily_figures',
    keys: ['product_id', 'day'],
    values: ['sold', 'sold_paise', 'sold_fine_mg', 'ordered', 'ordered_paise', 'ordered_fine_mg'],
  },
  { table: 'product_last_figures', keys: ['product_id'], values: ['last_sold_at'] },
  { table: 'khata_daily_debits', keys: ['customer_id', 'day'], values: ['paise'] },
  { table: 'product_counts', keys: ['is_active', 'status', 'category'], values: ['products'] },
];

export function checkFigures(db: Db, shopId: string, problems: Problems): void {
  for (const kept of KEPT_TABLES) {
    for (const row of differences(db, shopId, kept)) {
      const wrong = kept.values.filter((value) => row[`kept_${value}`] !== row[`expected_${value}`]);
      const said = wrong.map(
        (value) => `${value} is ${row[`kept_${value}`]}, but the rows add up to ${row[`expected_${value}`]}`,
      );
      problems.add(`${kept.table} ${kept.keys.map((key) => row[key]).join(' ')}: ${said.join('; ')}`);
    }
  }
}

/**
 * A row that is not there is one of zeros, as a row that a reversal emptied stays. Both sides are put one under the other
 * and grouped, where each key stands once at most: joined, they would be looked through once for every row.
 */
function differences(
  db: Db,
  shopId: string,
  { table, keys, values }: KeptTable,
): Record<string, string | number | null>[] {
  const key = keys.join(', ');
  const columns = values.flatMap((value) => {
    const zero = value.endsWith('_at') ? 'NULL' : '0';
    return ['kept', 'expected'].map(
      (side) => `coalesce(max("${side}_${value}"), ${zero}) AS "${side}_${value}"`,
    );
  });
  const kept = values.map((value) => `"${value}" AS "kept_${value}", NULL AS "expected_${value}"`);
  const expected = values.map((value) => `NULL, "${value}"`);
  const differs = values.map((value) => `"kept_${value}" IS NOT "expected_${value}"`).join(' OR ');
  return db.all(
    `SELECT * FROM (
       SELECT ${key}, ${columns.join(', ')} FROM (
         SELECT ${key}, ${kept.join(', ')} FROM ${table} WHERE shop_id = :shopId
         UNION ALL
         SELECT ${key}, ${expected.join(', ')} FROM expected_${table} WHERE shop_id = :shopId)
       GROUP BY ${key})
     WHERE ${differs} ORDER BY ${key}`,
    { shopId },
  );
}
