// One SQLite connection, opened the only way we open one: WAL, every commit synced, foreign keys on, and asserted.
// Backups and checks go through SQL: reading the file beside an open connection would drop its locks.

import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import type { Metric } from '../../domain/metric.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { giveToOwner } from '../../system/give-to-owner.ts';
import { ReadMeter } from '../books/read-meter.ts';
import { StoreRefused } from '../store-refused.ts';
import { defineOtherScript } from './other-script.ts';
import { type Params, refuseUnnamed, toPositional, valuesOf } from './positional.ts';

/** SQLite below this can lose commits when two connections write and checkpoint at once (the WAL-reset bug). */
const SQLITE_FLOOR = '3.51.3';
/** "swat" in ASCII: marks the file as ours. */
const APPLICATION_ID = 0x73776174;
const WAL_LIMIT_BYTES = 64 * 1024 * 1024;
/**
 * 32 MB. Most pages of the log are the same few in each group: the more of it a checkpoint brings over, the less often
 * one of them is written into the database, and everybody waits for its sync.
 */
const CHECKPOINT_PAGES = 8000;
/** Of memory, while a database is made of an archive. */
const MAKING_CACHE_KIB = 64 * 1024;
const SYNC_OFF = 0;
const SYNC_FULL = 2;
const PRIMARY_CODE = 0xff;
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
/** The file of memory that all processes share could not be made as large as it must be. */
const SQLITE_IOERR_SHMSIZE = 4874;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;
/** The file cannot be read now. */
const UNREADABLE = [SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_CANTOPEN, SQLITE_NOTADB];

/** What reads need: prepared once, named parameters, whole results (no statement stays open across an await). */
export interface Db {
  get<T>(sql: string, params?: Params): T | undefined;
  all<T>(sql: string, params?: Params): T[];
}

export interface Connection extends Db {
  /** The same as `all`, each row as the list of its columns: three times as fast to make and to read. */
  lists(sql: string, params?: Params): SQLOutputValue[][];
  /** `lastId`: the number of the row that an `INSERT` made. */
  run(sql: string, params?: Params): { changes: number; lastId: number };
  /** Row by row. Only on a connection of its own: an open statement freezes what the connection sees. */
  each(sql: string): Iterable<Record<string, SQLOutputValue>>;
  exec(sql: string): void;
  /** Runs a migration: it alone may change the text of the schema, which no other statement can. */
  define(sql: string): void;
  readonly isTransaction: boolean;
  /** Counted where requests are served. */
  readings(): Metric[];
  /** Where the database file stands, with the shop's other files beside it. */
  readonly folder: string;
  close(): void;
}

/**
 * `serve`: to read for requests: a file that cannot be read refuses them as `store_unavailable`.
 * `make`: for a new file that nobody relies on yet: nothing is synced, whoever makes it syncs the whole.
 */
export type Mode = 'read' | 'serve' | 'write' | 'make';

export function openConnection(file: string, mode: Mode): Connection {
  // The wait for another process is short: it freezes this thread.
  const database = new DatabaseSync(file, { readOnly: isReader(mode), timeout: 200 });
  try {
    // Before SQLite makes the files beside it, which have its owner.
    if (mode === 'make') giveToOwner(file);
    setPragmas(database, mode);
    defineOtherScript(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const meter = new ReadMeter();
  return wrap(database, mode === 'serve' ? (read) => measured(meter, read) : (read) => read(), meter);
}

function isReader(mode: Mode): boolean {
  return mode === 'read' || mode === 'serve';
}

/** A statement that was prepared once. */
interface Prepared {
  statement: StatementSync;
  names: readonly string[];
}

const NO_PARAMS: Params = {};

function wrap(database: DatabaseSync, attempt: <T>(read: () => T) => T, meter: ReadMeter): Connection {
  const prepared = { rows: new Map<string, Prepared>(), lists: new Map<string, Prepared>() };
  const prepare = (named: string, params: Params, form: keyof typeof prepared): Prepared => {
    const { sql, names } = toPositional(named);
    refuseUnnamed(names, params);
    const made = { statement: database.prepare(sql), names };
    if (form === 'lists') made.statement.setReturnArrays(true);
    prepared[form].set(named, made);
    return made;
  };
  const execute = <T>(
    sql: string,
    params: Params,
    how: (statement: StatementSync, values: SQLInputValue[]) => T,
    form: keyof typeof prepared = 'rows',
  ): T => {
    const { statement, names } = prepared[form].get(sql) ?? prepare(sql, params, form);
    return how(statement, valuesOf(names, params));
  };
  return {
    get: <T>(sql: string, params = NO_PARAMS) =>
      attempt(() => execute(sql, params, (statement, values) => statement.get(...values) as T | undefined)),
    all: <T>(sql: string, params = NO_PARAMS) =>
      attempt(() => execute(sql, params, (statement, values) => statement.all(...values) as T[])),
    lists: (sql, params = NO_PARAMS) =>
      attempt(() =>
        execute(
          sql,
          params,
          (statement, values) => statement.all(...values) as unknown as SQLOutputValue[][],
          'lists',
        ),
      ),
    run: (sql, params = NO_PARAMS) => {
      const { statement, names } = prepared.rows.get(sql) ?? prepare(sql, params, 'rows');
      const { changes, lastInsertRowid } = statement.run(...valuesOf(names, params));
      return { changes: Number(changes), lastId: Number(lastInsertRowid) };
    },
    each: (sql) => database.prepare(sql).iterate() as Iterable<Record<string, SQLOutputValue>>,
    exec: (sql) => database.exec(sql),
    define: (sql) => {
      database.enableDefensive(false);
      try {
        database.exec(sql);
      } finally {
        database.enableDefensive(true);
      }
    },
    folder: dirname(database.location() ?? '.'),
    get isTransaction() {
      return database.isTransaction;
    },
    readings: () => meter.read(),
    close: () => {
      prepared.rows.clear();
      prepared.lists.clear();
      if (database.isOpen) database.close();
    },
  };
}

function measured<T>(meter: ReadMeter, read: () => T): T {
  const started = performance.now();
  try {
    return refuseUnreadable(read);
  } finally {
    meter.note(performance.now() - started);
  }
}

function refuseUnreadable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = (error as { errcode?: unknown }).errcode;
    if (typeof code !== 'number' || !UNREADABLE.includes(code & PRIMARY_CODE)) throw error;
    throw Object.assign(new ShopError({ code: 'store_unavailable' }), { cause: error });
  }
}

/**
 * Brings what stands in the log into the file, for one that was made and is to stand alone. Throws where the disk has no
 * room for it: a close would pass over that, and the file would be a part of itself.
 */
export function emptyLog(db: Connection): void {
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

/** Several reads of one moment: no change of another connection comes between them. `read` is synchronous. */
export function atOneMoment<T>(db: Connection, read: () => T): T {
  db.exec('BEGIN');
  try {
    return read();
  } finally {
    if (db.isTransaction) db.exec('COMMIT');
  }
}

function setPragmas(database: DatabaseSync, mode: Mode): void {
  const pragma = (text: string): unknown => Object.values(database.prepare(`PRAGMA ${text}`).get() ?? {})[0];
  const synchronous = mode === 'make' ? SYNC_OFF : SYNC_FULL;
  refuseOldLibrary(String(Object.values(database.prepare('SELECT sqlite_version()').get() ?? {})[0]));
  if (!isReader(mode)) {
    database.exec(`PRAGMA synchronous = ${synchronous}`);
    const id = Number(pragma('application_id'));
    const tables = Number(pragma('schema_version'));
    if (id !== APPLICATION_ID && tables !== 0) {
      throw new StoreRefused(`${database.location()} is a database of another program`);
    }
    if (id !== APPLICATION_ID) database.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    pragma('journal_mode = WAL');
    // A log that a long reader once made grow is cut back to this when it starts anew.
    pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
    pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    // All rows come in one transaction: what the cache does not hold is written to the log and read again.
    if (mode === 'make') database.exec(`PRAGMA cache_size = -${MAKING_CACHE_KIB}`);
  }
  // fullfsync: on macOS a plain fsync leaves the data in the drive's cache; elsewhere it changes nothing.
  database.exec(`PRAGMA synchronous = ${synchronous}; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
    PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;`);
  const expected: [string, string | number][] = [
    ['journal_mode', 'wal'],
    ['synchronous', synchronous],
    ['foreign_keys', 1],
  ];
  for (const [name, value] of expected) {
    const actual = pragma(name);
    if (actual !== value) throw new StoreRefused(`SQLite refuses ${name}=${value}: it says ${actual}`);
  }
}

/** Throws StoreRefused for a version of the SQLite library below the floor. */
export function refuseOldLibrary(version: string): void {
  if (!isOlder(version, SQLITE_FLOOR)) return;
  throw new StoreRefused(
    `SQLite ${version} can lose data; ${SQLITE_FLOOR} or newer is needed. Use the Node that npm run brings.`,
  );
}

function isOlder(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let part = 0; part < 3; part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * Whether there was no room on the disk for what SQLite makes before anything is written. Of a commit only `full` says so:
 * a failed one of the other kind may have left a part of itself in the log.
 */
export function isWithoutRoom(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return sqliteTrouble(error) === 'full' || code === SQLITE_IOERR_SHMSIZE;
}

/** What kind of trouble an error of SQLite is, or null when it is none of its own. */
export function sqliteTrouble(error: unknown): 'busy' | 'full' | 'io' | 'corrupt' | 'other' | null {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  if (typeof code !== 'number') return null;
  switch (code & PRIMARY_CODE) {
    case SQLITE_BUSY:
      return 'busy';
    case SQLITE_FULL:
      return 'full';
    case SQLITE_IOERR:
      return 'io';
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return 'corrupt';
    default:
      return 'other';
  }
}
