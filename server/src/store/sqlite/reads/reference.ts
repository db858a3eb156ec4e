import type { ReferenceData } from '../../store.ts';
import type { Db } from '../database.ts';

export function countReference(db: Db, shopId: string): { goldMonths: number; diamonds: number } {
  const gold = 'SELECT count(*) AS n FROM reference_gold WHERE shop_id = :shopId';
  // Stones are numbered from 1 without gaps; counting them would read the whole table.
  const diamonds = 'SELECT max(n) AS n FROM reference_diamonds WHERE shop_id = :shopId';
  const count = (sql: string): number => db.get<{ n: number | null }>(sql, { shopId })?.n ?? 0;
  return { goldMonths: count(gold), diamonds: count(diamonds) };
}

export function readReferenceGold(db: Db, shopId: string): ReferenceData['gold'] {
  const rows = db.all<{ month: string; paise_per_gram: number; rupees_per_dollar: number }>(
    `SELECT month, paise_per_gram, rupees_per_dollar FROM reference_gold WHERE shop_id = :shopId ORDER BY month`,
    { shopId },
  );
  return rows.map((row) => ({
    month: row.month,
    paisePerGram: row.paise_per_gram,
    rupeesPerDollar: row.rupees_per_dollar,
  }));
}
