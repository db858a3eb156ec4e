// Where a copy of a shop's rows stands while it is made and read: a scratch database on the disk, so that a shop of any
// size takes little memory. Nobody needs it after a crash, so nothing of it is synced. It knows rows, and no store.

import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** The values a row is ordered by, `KEYS` at most: null first, numbers, then texts by their bytes. */
export type OrderKeys = readonly SQLInputValue[];
/** Of plain values: what JSON keeps. */
interface SpooledRow {
  id: string;
}

const KEYS = 5;
const COLUMNS = Array.from({ length: KEYS }, (_, n) => `key_${n}`).join(', ');
const PLACES = Array.from({ length: KEYS }, () => '?').join(', ');
const SCHEMA = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA cache_size = -32768;
  BEGIN;
  CREATE TABLE copied (collection TEXT, id TEXT, told INTEGER, document TEXT, ${COLUMNS});
  CREATE UNIQUE INDEX copied_id ON copied (collection, id);
  CREATE TABLE files (id TEXT PRIMARY KEY, bytes BLOB) WITHOUT ROWID`;
/** Made when the first row is read: of all rows at once it takes half of the work. */
const ORDER = `CREATE INDEX IF NOT EXISTS copied_order ON copied (collection, ${COLUMNS}, id)`;

export class Spool {
  readonly #folder: string;
  readonly #database: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #tell: StatementSync;
  readonly #hasFile: StatementSync;
  readonly #addFile: StatementSync;

  /** `folder`: where there is room for the whole shop. */
  constructor(folder: string) {
    this.#folder = mkdtempSync(join(folder, 'swati-copy-'));
    this.#database = new DatabaseSync(join(this.#folder, 'copy.db'));
    this.#database.exec(SCHEMA);
    // Without a name it is gone with this process or thread, however that ends; Windows keeps the names of open files.
    if (process.platform !== 'win32') rmSync(this.#folder, { recursive: true });
    const insert = `INSERT INTO copied (collection, id, told, document, ${COLUMNS}) VALUES (?, ?, ?, ?, ${PLACES})`;
    this.#keep = this.#database.prepare(`${insert} ON CONFLICT DO NOTHING`);
    this.#tell = this.#database.prepare(insert.replace('INSERT', 'INSERT OR REPLACE'));
    this.#hasFile = this.#database.prepare('SELECT 1 FROM files WHERE id = ?');
    this.#addFile = this.#database.prepare('INSERT INTO files (id, bytes) VALUES (?, ?)');
  }

  /** A row as it was read. What was told of it before stands. */
  keep(collection: string, row: SpooledRow, keys: OrderKeys): void {
    this.#keep.run(collection, row.id, 0, JSON.stringify(row), ...padded(keys));
  }

  /** What a row became, which no reading changes any more; null where it was removed. */
  tell(collection: string, id: string, row: SpooledRow | null, keys: OrderKeys): void {
    this.#tell.run(collection, id, 1, row && JSON.stringify(row), ...padded(keys));
  }

  hasFile(id: string): boolean {
    return this.#hasFile.get(id) !== undefined;
  }

  addFile(id: string, bytes: Uint8Array): void {
    this.#addFile.run(id, bytes);
  }

  file(id: string): Uint8Array {
    const found = this.#database.prepare('SELECT bytes FROM files WHERE id = ?').get(id);
    if (!found) throw new Error(`the file ${id} was not copied`);
    return found.bytes as Uint8Array;
  }

  /** In the order of their keys, or from its end. Nothing may be written meanwhile. */
  *rows<T extends SpooledRow>(collection: string, from: 'first' | 'last' = 'first'): Generator<T> {
    this.#database.exec(ORDER);
    const order = `${COLUMNS}, id`;
    const wanted = from === 'first' ? order : order.replaceAll(/\w+/g, '$& DESC');
    const found = this.#database
      .prepare(`SELECT document FROM copied WHERE collection = ? AND document IS NOT NULL ORDER BY ${wanted}`)
      .iterate(collection);
    for (const { document } of found) yield JSON.parse(String(document)) as T;
  }

  /** Safe to call twice. */
  close(): void {
    if (this.#database.isOpen) this.#database.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function padded(keys: OrderKeys): SQLInputValue[] {
  if (keys.length > KEYS) throw new Error(`a row is ordered by ${KEYS} values at most`);
  return Array.from({ length: KEYS }, (_, n) => keys[n] ?? null);
}
