// Opens the shop's database for its one writer: waits for another process, refuses what is damaged or foreign, and
// makes a new database under another name first, so that a half-made one never stands where the books should be.

import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreRefused, StoreUnreachable } from '../store-refused.ts';
import {
  type Connection,
  type Db,
  emptyLog,
  isWithoutRoom,
  openConnection,
  sqliteTrouble,
} from './database.ts';
import { refuseLost, refuseShortened } from './journal-head.ts';
import { appliedSchema, migrate, readMigrations } from './migrate.ts';
import { damageOf } from './page-check.ts';
import { refuseUnwritable } from './refuse-unwritable.ts';

/** How long a change or a start waits for another process that writes. */
export const BUSY_LIMIT_MS = 10_000;

/** What is done before a shop of this older schema is changed. It throws StoreRefused where it must stay as it is. */
export type BeforeMigrating = (db: Db, schema: number) => Promise<void>;

/** Throws StoreRefused, one line for people, when the database cannot be used as it is; StoreUnreachable on a full disk. */
export async function openForWriting(
  file: string,
  at: number,
  beforeMigrating?: BeforeMigrating,
): Promise<Connection> {
  const started = performance.now();
  for (;;) {
    try {
      if (!existsSync(file)) makeDatabase(file, at);
      return await openMigrated(file, at, beforeMigrating);
    } catch (error) {
      const isBusy = sqliteTrouble(error) === 'busy';
      if (!isBusy || performance.now() - started > BUSY_LIMIT_MS) throw explain(file, error);
      await sleep(waitMs());
    }
  }
}

/** What is SQLite's trouble in a line for people; everything else as it is. */
function explain(file: string, error: unknown): unknown {
  const trouble = sqliteTrouble(error);
  if (trouble === null) return error;
  if (isWithoutRoom(error))
    return new StoreUnreachable(`${file}: its disk is full. Free some room there; nothing needs repair`);
  const { message } = error as Error;
  return trouble === 'corrupt'
    ? damaged(file, message)
    : new StoreRefused(`${file} cannot be used: ${message}`);
}

/** A pause before the next try, never the same twice, so that two processes do not keep meeting. */
export function waitMs(): number {
  return 5 + Math.random() * 20;
}

async function openMigrated(file: string, at: number, before?: BeforeMigrating): Promise<Connection> {
  if (statSync(file).size === 0) {
    throw damaged(file, 'it is empty, 0 bytes');
  }
  for (const tail of ['', '-wal', '-shm']) refuseUnwritable(file + tail);
  const connection = openConnection(file, 'write');
  try {
    const problem = damageOf(connection);
    if (problem !== null) throw damaged(file, problem);
    const migrations = readMigrations();
    const schema = appliedSchema(connection, migrations);
    if (before && schema > 0 && schema < migrations.length) {
      refuseShortened(file, connection);
      await before(connection, schema);
    }
    migrate(connection, at, migrations);
    refuseShortened(file, connection);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** One line that leads out of it. */
function damaged(file: string, problem: string): StoreRefused {
  return new StoreRefused(
    `${file} is damaged (${problem}). Bring back the last backup with: npx swati restore FILE --replace`,
  );
}

function makeDatabase(file: string, at: number): void {
  refuseLost(file);
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0) {
    throw new StoreRefused(`${file} is missing, but ${file}-wal is there: put both back, or a backup.`);
  }
  const unfinished = `${file}.${process.pid}.new`;
  const remove = (): void => {
    for (const tail of ['', '-wal', '-shm', '-journal']) rmSync(unfinished + tail, { force: true });
  };
  remove();
  try {
    const connection = openConnection(unfinished, 'make');
    try {
      migrate(connection, at);
      emptyLog(connection);
    } finally {
      connection.close();
    }
    syncToDisk(unfinished, 'r+');
    if (!existsSync(file)) renameSync(unfinished, file);
    // The new name, too, is to survive a power cut. Windows has no such call and needs none.
    if (process.platform !== 'win32') syncToDisk(dirname(file), 'r');
  } finally {
    remove();
  }
}

function syncToDisk(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
