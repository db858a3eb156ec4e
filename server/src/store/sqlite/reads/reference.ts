import type { Db } from '../database.ts';

export function countReference(db: Db, shopId: string): { goldMonths: number; diamonds: number } {
  const gold = 'SELECT count(*) AS n FROM reference_gold WHERE shop_id = :shopId';
  // Stones are numbered from 1 without gaps; counting them would read the whole table.
  const diamonds = 'SELECT max(n) AS n FROM reference_diamonds WHERE shop_id = :shopId';
  const count = (sql: string): number => db.get<{ n: number | null }>(sql, { shopId })?.n ?? 0;
  return { goldMonths: count(gold), diamonds: count(diamonds) };
}
