// Who uses a folder of data: every process of the shop holds a shared lock while it has the store open; what replaces
// the store holds it alone. The locks are those of a small SQLite file, which the system takes back from a process
// that dies, however it dies.

import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreRefused } from '../store-refused.ts';
import { sqliteTrouble } from './database.ts';

export interface ProcessLock {
  release: () => void;
}

/** Throws StoreRefused while another process replaces the store. */
export function lockShared(dataDir: string): ProcessLock {
  const database = openLock(dataDir);
  try {
    database.exec('BEGIN');
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (error) {
    database.close();
    if (sqliteTrouble(error) !== 'busy') throw error;
    throw new StoreRefused(
      `${dataDir} is being restored or moved by another program: try again when it is done`,
    );
  }
  return { release: () => release(database) };
}

/** Throws StoreRefused while any process of the shop lives. */
export function lockAlone(dataDir: string): ProcessLock {
  const database = openLock(dataDir);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (sqliteTrouble(error) !== 'busy') throw error;
    throw new StoreRefused(`the shop in ${dataDir} is running (or a command works on it): stop it first`);
  }
  return { release: () => release(database) };
}

/** One backup of a shop at a time, so that what another has left behind is known to be nobody's. Throws StoreRefused. */
export function lockBackup(dataDir: string): ProcessLock {
  const database = openLock(dataDir, 'backup.lock');
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (sqliteTrouble(error) !== 'busy') throw error;
    throw new StoreRefused(`another backup of the shop in ${dataDir} is under way: wait for it`);
  }
  return { release: () => release(database) };
}

/** Safe to call twice, as closing a store is. */
function release(database: DatabaseSync): void {
  if (database.isOpen) database.close();
}

/** Whether a process of the shop has the store open. Ask before opening it. */
export function isInUse(dataDir: string): boolean {
  try {
    lockAlone(dataDir).release();
    return false;
  } catch (error) {
    if (error instanceof StoreRefused) return true;
    throw error;
  }
}

function openLock(dataDir: string, name = 'shop.lock'): DatabaseSync {
  refuseUnwritable(dataDir);
  refuseUnwritable(join(dataDir, name));
  // Never in WAL mode, where a reader would not stand in the way of an exclusive lock.
  return new DatabaseSync(join(dataDir, name), { timeout: 500 });
}

/**
 * Throws StoreRefused where this account may not write to a file or folder that is there: SQLite would open it to read
 * only, and the shop would fall at its first change.
 */
export function refuseUnwritable(path: string): void {
  const { R_OK, W_OK } = constants;
  try {
    if (existsSync(path)) accessSync(path, R_OK | W_OK);
  } catch (error) {
    const isReadOnly = (error as NodeJS.ErrnoException).code === 'EROFS';
    const why = isReadOnly ? 'its disk cannot be written to' : 'this account may not read and write it';
    throw new StoreRefused(`${path} cannot be used: ${why}`);
  }
}
