import type { Db } from '../database.ts';

export function schemaVersion(db: Db): number {
  return db.get<{ n: number }>('SELECT max(number) AS n FROM schema_migrations')?.n ?? 0;
}

export function readEpoch(db: Db): string {
  return db.get<{ epoch: string }>('SELECT epoch FROM store_epoch')?.epoch ?? '';
}

/** Rows of the shop by table, of every table that has a shop. */
export function countRows(db: Db, shopId: string): Record<string, number> {
  const tables = db.all<{ name: string }>(
    `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c ON c.name = 'shop_id'
     WHERE m.type = 'table' ORDER BY m.name`,
  );
  return Object.fromEntries(
    tables.map(({ name }) => {
      const row = db.get<{ n: number }>(`SELECT count(*) AS n FROM "${name}" WHERE shop_id = :shopId`, {
        shopId,
      });
      return [name, row?.n ?? 0];
    }),
  );
}
