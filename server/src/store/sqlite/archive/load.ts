// Makes a database out of a dump, in a folder that has none. Nothing relies on it until it is whole, so nothing is
// synced on the way: the whole is, at the end.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { IMAGE_BYTES, readArchiveLine } from '../../archive/archive-page.ts';
import type { ArchivePage } from '../../backup-store.ts';
import { StoreRefused } from '../../store-refused.ts';
import { type Connection, emptyLog, openConnection } from '../database.ts';
import { saveImageFile, syncPath } from '../image-files.ts';
import { migrate, readMigrations } from '../migrate.ts';
import { archivedTables, fillPlaced } from './archived-tables.ts';

export interface LoadOptions {
  /** The folder of the new database; it is made. */
  folder: string;
  /** The schema that the dump was made of; later migrations are applied by whoever opens the database. */
  schema: number;
  at: number;
}

/** Throws StoreRefused for a dump of a newer schema, or one whose tables are not those of its schema. */
export async function loadDatabase(pages: AsyncIterable<ArchivePage>, options: LoadOptions): Promise<void> {
  const { folder, schema, at } = options;
  const migrations = readMigrations();
  if (schema > migrations.length) {
    throw new StoreRefused(
      `it holds schema ${schema}, this program knows ${migrations.length}: install the newer program`,
    );
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'shop.db');
  const db = openConnection(file, 'make');
  try {
    migrate(db, at, migrations.slice(0, schema));
    // The tables come by name, not by their references; verify looks at those afterwards.
    db.exec('PRAGMA foreign_keys = OFF');
    db.exec('BEGIN IMMEDIATE');
    const known = knownTables(db);
    for await (const page of pages) loadPage(db, known, page);
    fillPlaced(db);
    db.exec('COMMIT');
    // The planner's figures are not part of a dump.
    db.exec('PRAGMA optimize = 0x10002');
    emptyLog(db);
  } finally {
    db.close();
  }
  syncPath(file);
  syncPath(folder);
}

export type KnownTables = ReadonlyMap<string, ReadonlySet<string>>;

/** The tables that a dump may hold, each with its columns. */
export function knownTables(db: Connection): KnownTables {
  return new Map(archivedTables(db).map((table) => [table.name, new Set(table.columns)]));
}

export function loadPage(db: Connection, known: KnownTables, { table, lines }: ArchivePage): void {
  for (const line of lines) {
    const row = readArchiveLine(line);
    if (table === IMAGE_BYTES) {
      // One without bytes was missing where it comes from, and is so here.
      if (row.base64 !== '') {
        saveImageFile(db.folder, String(row.name), Buffer.from(String(row.base64), 'base64'));
      }
      continue;
    }
    const columns = Object.keys(row);
    const allowed = known.get(table);
    const unknown = allowed ? columns.find((column) => !allowed.has(column)) : '';
    if (unknown !== undefined) {
      throw new StoreRefused(
        `it holds ${table}${unknown && `.${unknown}`}, which schema of its number does not have`,
      );
    }
    const names = columns.map((column) => `"${column}"`).join(', ');
    const values = columns.map((column) => `:${column}`).join(', ');
    db.run(`INSERT INTO "${table}" (${names}) VALUES (${values})`, row as Record<string, SQLInputValue>);
  }
}
