// For who only looks at a shop: where none is there none is made, and one of an older program is left to its start.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused } from '../store-refused.ts';
import { currentFolder } from './generations.ts';
import { refuseLost } from './journal-head.ts';
import { readMigrations } from './migrate.ts';
import { olderSchema } from './older-schema.ts';

/** Throws StoreRefused, one line for people. What else keeps a database from being used, its opening says. */
export function refuseAbsent(dataDir: string): void {
  const file = join(currentFolder(dataDir), 'shop.db');
  if (!existsSync(file)) {
    refuseLost(file);
    throw new StoreRefused(
      `there is no shop in ${dataDir}. DATA_DIR says where it is; npx swati init-db makes a new one`,
    );
  }
  const schema = olderSchema(file);
  if (schema !== null) {
    throw new StoreRefused(
      `${file} has schema ${schema}, this program ${readMigrations().length}: the program that it came with can read it ` +
        'and back it up; the start of this one, or npx swati init-db, makes a backup and brings it over',
    );
  }
}
