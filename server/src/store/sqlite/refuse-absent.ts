// For who only looks at a shop: where none is there none is made, and one of an older program is left to its start.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused } from '../store-refused.ts';
import { openConnection, sqliteTrouble } from './database.ts';
import { currentFolder } from './generations.ts';
import { refuseLost } from './journal-head.ts';
import { readMigrations } from './migrate.ts';
import { schemaVersion } from './reads/shop.ts';

/** Throws StoreRefused, one line for people. What else keeps a database from being used, its opening says. */
export function refuseAbsent(dataDir: string): void {
  const file = join(currentFolder(dataDir), 'shop.db');
  if (!existsSync(file)) {
    refuseLost(file);
    throw new StoreRefused(
      `there is no shop in ${dataDir}. DATA_DIR says where it is; npx swati init-db makes a new one`,
    );
  }
  const schema = schemaOf(file);
  const known = readMigrations().length;
  if (schema !== null && schema < known) {
    throw new StoreRefused(
      `${file} has schema ${schema}, this program ${known}: the program that it came with can read it and back it up; ` +
        'the start of this one, or npx swati init-db, brings it over',
    );
  }
}

/** Null where it cannot be read. */
function schemaOf(file: string): number | null {
  try {
    const db = openConnection(file, 'read');
    try {
      return schemaVersion(db);
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof StoreRefused || sqliteTrouble(error) !== null) return null;
    throw error;
  }
}
