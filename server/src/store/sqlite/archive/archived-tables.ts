// Which tables a backup holds and in which order their rows stand. Everything but what a restore must end (sessions)
// and what belongs to a running process (jobs) or the database makes itself (migrations, epoch, search index).

import type { Connection, Db } from '../database.ts';

/** Made of the row numbers of this database; they follow from what is archived. */
const PLACED = ['product_days', 'product_last_sold'];

const LEFT_OUT: ReadonlySet<string> = new Set([
  ...PLACED,
  'login_attempts',
  // Kept by triggers as the pieces come in.
  'product_counts',
  'refresh_tokens',
  'schema_migrations',
  'sessions',
  'store_epoch',
  'store_moved',
  'tickets',
  'training_jobs',
]);

export interface ArchivedTable {
  name: string;
  /** Without the numbers that SQLite gives rows of its own. */
  columns: string[];
  /** The columns that order the rows, the same in every store. */
  order: string[];
}

/** Tables without a key of their own, or with SQLite's row number (it is left out): these columns order the rows. */
const NATURAL_ORDER: Record<string, string[]> = {
  models: ['shop_id', 'name', 'slot'],
  payments: ['shop_id', 'order_id', 'sale_id', 'position'],
  products: ['shop_id', 'id'],
  saved_results: ['shop_id', 'at', 'user_id', 'fingerprint', 'request_id'],
};

/** By name. */
export function archivedTables(db: Db): ArchivedTable[] {
  const names = db.all<{ name: string }>(
    `SELECT name FROM sqlite_schema
     WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'product\\_search%' ESCAPE '\\'
     ORDER BY name`,
  );
  return names.filter(({ name }) => !LEFT_OUT.has(name)).map(({ name }) => describe(db, name));
}

function describe(db: Db, table: string): ArchivedTable {
  const columns = db.all<{ name: string; type: string; pk: number }>(
    'SELECT name, type, pk FROM pragma_table_info(:table) ORDER BY cid',
    { table },
  );
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const natural = NATURAL_ORDER[table];
  if (!natural && key.length === 0) throw new Error(`${table} has no key: say how a backup orders its rows`);
  if (!natural)
    return { name: table, columns: columns.map(({ name }) => name), order: key.map((c) => c.name) };
  const own = new Set(key.map(({ name }) => name));
  return {
    name: table,
    columns: columns.map(({ name }) => name).filter((name) => !own.has(name)),
    order: natural,
  };
}

/** Fills the tables that no backup holds, once the others have come in; those that a schema has. */
export function fillPlaced(db: Connection): void {
  for (const table of PLACED) {
    if (!db.get('SELECT 1 FROM sqlite_schema WHERE name = :table', { table })) continue;
    db.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM expected_${table}`);
  }
}
