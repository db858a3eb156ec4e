// A shop as an older program left it: the rows of a shop of this program, in a database that has had fewer migrations.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { IMAGE_BYTES, readArchiveLine, toArchiveLine } from '../src/store/archive/archive-page.ts';
import type { ArchivePage } from '../src/store/backup-store.ts';
import { fillPlaced } from '../src/store/sqlite/archive/archived-tables.ts';
import { knownTables, loadPage } from '../src/store/sqlite/archive/load.ts';
import { openConnection } from '../src/store/sqlite/database.ts';
import { migrate, readMigrations } from '../src/store/sqlite/migrate.ts';

/** What the older schema has no table or column for is left out. */
export async function makeShopOfSchema(
  schema: number,
  folder: string,
  pages: AsyncIterable<ArchivePage>,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const db = openConnection(join(folder, 'shop.db'), 'make');
  migrate(db, 0, readMigrations().slice(0, schema));
  db.exec('PRAGMA foreign_keys = OFF; BEGIN');
  const known = knownTables(db);
  for await (const page of pages) {
    const columns = known.get(page.table);
    if (page.table === IMAGE_BYTES) loadPage(db, known, page);
    if (!columns) continue;
    const keep = (line: string): string =>
      toArchiveLine(
        Object.fromEntries(Object.entries(readArchiveLine(line)).filter(([name]) => columns.has(name))),
      );
    loadPage(db, known, { table: page.table, lines: page.lines.map(keep) });
  }
  fillPlaced(db);
  // Schemas 13 to 15 kept what follows from orders and sales in a table.
  if (db.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'product_daily_figures'"))
    db.exec('INSERT INTO product_daily_figures SELECT * FROM expected_product_daily_figures');
  db.exec('COMMIT');
  db.close();
}
