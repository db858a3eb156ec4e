import type { Db } from '../database.ts';

/** Where the shop went, or null while it is here. */
export function movedTo(db: Db, shopId: string): string | null {
  const sql = 'SELECT moved_to FROM store_moved WHERE shop_id = :shopId';
  return db.get<{ moved_to: string }>(sql, { shopId })?.moved_to ?? null;
}
