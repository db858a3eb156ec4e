// Numbered migrations: applied once each, in order, in one transaction with their row. A migration that was applied
// is never edited: its checksum is kept, and a changed one refuses to start.

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { StoreRefused } from '../store-refused.ts';
import type { Connection, Db } from './database.ts';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  checksum: string;
}

/** The migrations that this program knows, in order. */
export function readMigrations(folder = new URL('./migrations/', import.meta.url)): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort()
    .map((file, index) => {
      const number = Number(file.slice(0, 4));
      if (number !== index + 1) throw new Error(`migration ${file} is out of order`);
      const sql = readFileSync(new URL(file, folder), 'utf8');
      return {
        number,
        name: file.slice(5, -4),
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
      };
    });
}

interface Applied {
  number: number;
  name: string;
  checksum: string;
}

/** Brings the schema up to date. Throws StoreRefused on a newer schema or a changed migration. */
export function migrate(db: Connection, at: number, migrations = readMigrations()): void {
  db.exec(`CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
  ) STRICT`);
  db.exec('CREATE TABLE IF NOT EXISTS store_epoch (epoch TEXT PRIMARY KEY) STRICT');
  // Of the store, as the epoch is, and so no part of what is moved.
  db.exec('CREATE TABLE IF NOT EXISTS store_moved (shop_id TEXT PRIMARY KEY, moved_to TEXT NOT NULL) STRICT');
  // Nothing to do, the usual start: it takes no write lock, so it does not wait for a busy shop.
  if (readApplied(db, migrations).length === migrations.length && db.get('SELECT 1 FROM store_epoch')) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    const applied = readApplied(db, migrations);
    for (const migration of migrations.slice(applied.length)) {
      db.define(migration.sql);
      db.run('INSERT INTO schema_migrations VALUES (:number, :name, :checksum, :at)', {
        number: migration.number,
        name: migration.name,
        checksum: migration.checksum,
        at,
      });
    }
    db.run('INSERT INTO store_epoch SELECT :epoch WHERE NOT EXISTS (SELECT 1 FROM store_epoch)', {
      epoch: randomBytes(8).toString('hex'),
    });
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** How many of the migrations the database has had; 0 for a new one. Throws as `migrate` does, and changes nothing. */
export function appliedSchema(db: Db, migrations = readMigrations()): number {
  const isNew = !db.get("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'");
  return isNew ? 0 : readApplied(db, migrations).length;
}

function readApplied(db: Db, known: Migration[]): Applied[] {
  const applied = db.all<Applied>('SELECT number, name, checksum FROM schema_migrations ORDER BY number');
  refuseForeign(applied, known);
  return applied;
}

function refuseForeign(applied: Applied[], known: Migration[]): void {
  for (const [index, row] of applied.entries()) {
    const ours = known[index];
    if (!ours) {
      throw new StoreRefused(
        `the database has schema ${applied.length}, this program knows ${known.length}: install the newer program`,
      );
    }
    if (ours.checksum !== row.checksum) {
      throw new StoreRefused(
        `migration ${row.number} (${row.name}) was changed after it was applied: use the program it came with`,
      );
    }
  }
}
