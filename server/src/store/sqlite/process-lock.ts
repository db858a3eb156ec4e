// Who uses a folder of data: every process of the shop holds a shared lock while it has the store open; what replaces
// the store holds it alone. The locks are those of a small SQLite file, which the system takes back from a process
// that dies, however it dies.

import { existsSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { giveToOwner } from '../../system/give-to-owner.ts';
import { StoreRefused, StoreUnreachable } from '../store-refused.ts';
import { sqliteTrouble } from './database.ts';
import { refuseUnwritable } from './refuse-unwritable.ts';

const BACKUP_LOCK = 'backup.lock';

export interface ProcessLock {
  release: () => void;
}

/** Throws StoreUnreachable while another process replaces the store, or brings it over. */
export function lockShared(dataDir: string): ProcessLock {
  const refusal = `${dataDir} is being restored, moved or brought over by another program: try again when it is done`;
  return lock(
    dataDir,
    'shop.lock',
    'BEGIN; SELECT count(*) FROM sqlite_schema',
    new StoreUnreachable(refusal),
  );
}

/** Throws StoreRefused while any process of the shop lives. */
export function lockAlone(dataDir: string): ProcessLock {
  const refusal = `the shop in ${dataDir} is running (or a command works on it): stop it first`;
  return lock(dataDir, 'shop.lock', 'BEGIN EXCLUSIVE', new StoreRefused(refusal));
}

/** The same, for a start that brings the shop over. Throws StoreUnreachable: an older server may be about to end. */
export function lockToBringOver(dataDir: string): ProcessLock {
  const refusal =
    `the shop in ${dataDir} is of an older program and still in use, by its server, a command or another start that ` +
    'brings it over: stop it, or wait until it is done';
  return lock(dataDir, 'shop.lock', 'BEGIN EXCLUSIVE', new StoreUnreachable(refusal));
}

/** One backup of a shop at a time, so that what another has left behind is known to be nobody's. Throws StoreRefused. */
export function lockBackup(dataDir: string): ProcessLock {
  const refusal = `another backup of the shop in ${dataDir} is under way: wait for it`;
  const taken = lock(dataDir, BACKUP_LOCK, 'BEGIN EXCLUSIVE', new StoreRefused(refusal));
  noteBeginning(join(dataDir, BACKUP_LOCK));
  return taken;
}

/** By its path: closing another descriptor of the file would let go of the lock. */
function noteBeginning(file: string): void {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    // Another account's file, which this one may write: when this backup began is then not known better.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

/** Throws `refusal` where another process stands in the way. */
function lock(dataDir: string, name: string, begin: string, refusal: StoreRefused): ProcessLock {
  const file = join(dataDir, name);
  refuseUnwritable(dataDir);
  refuseUnwritable(file);
  // Never in WAL mode, where a reader would not stand in the way of an exclusive lock.
  const database = openLock(file);
  try {
    giveToOwner(file);
    // On a full disk there is no room for a journal of what is never written.
    database.exec('PRAGMA journal_mode = MEMORY');
    database.exec(begin);
  } catch (error) {
    database.close();
    throw sqliteTrouble(error) === 'busy' ? refusal : unusable(file, error);
  }
  return { release: () => release(database) };
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 500 });
  } catch (error) {
    throw unusable(file, error);
  }
}

function unusable(file: string, error: unknown): unknown {
  if (sqliteTrouble(error) === null) return error;
  return new StoreRefused(`${file} cannot be used: ${(error as Error).message}`);
}

/** Since when a backup is under way, whoever started it, milliseconds since 1970; null: none is. Never waits. */
export function backupUnderWaySince(dataDir: string): number | null {
  const file = join(dataDir, BACKUP_LOCK);
  if (!existsSync(file)) return null;
  let database: DatabaseSync;
  try {
    database = new DatabaseSync(file, { readOnly: true, timeout: 0 });
  } catch (error) {
    // One that this account may not open: its next backup fails, and tells why.
    if (sqliteTrouble(error) === null) throw error;
    return null;
  }
  try {
    database.prepare('SELECT count(*) FROM sqlite_schema').get();
    return null;
  } catch (error) {
    if (sqliteTrouble(error) !== 'busy') throw error;
    return statSync(file).mtimeMs;
  } finally {
    database.close();
  }
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
