import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused } from '../store-refused.ts';
import { openConnection, sqliteTrouble } from './database.ts';
import { currentFolder } from './generations.ts';
import { readMigrations } from './migrate.ts';
import { schemaVersion } from './reads/shop.ts';

/** The schema of a database that has had fewer migrations than this program knows; null for any other, or none, or unreadable. */
export function olderSchema(file: string): number | null {
  if (!existsSync(file)) return null;
  try {
    const db = openConnection(file, 'read');
    try {
      const schema = schemaVersion(db);
      return schema < readMigrations().length ? schema : null;
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof StoreRefused || sqliteTrouble(error) !== null) return null;
    throw error;
  }
}

/** Whether the shop of a folder is one that a start of this program brings over. Throws as `currentFolder` does. */
export function isOlder(dataDir: string): boolean {
  return olderSchema(join(currentFolder(dataDir), 'shop.db')) !== null;
}
