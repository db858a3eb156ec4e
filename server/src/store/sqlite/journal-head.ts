// Beside the database stands how far its journal had come. It tells a shop whose database is gone from a folder where
// none ever was, and one that lost its log (`-wal`), or was replaced by an older copy, from the shop as it was left.
// It is written now and then and never waited for, so it may be behind the journal; it is never ahead of it.

import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { giveToOwner } from '../../system/give-to-owner.ts';
import { SHOP_ID } from '../shop-id.ts';
import { StoreRefused } from '../store-refused.ts';
import type { Db } from './database.ts';
import { readNote } from './read-note.ts';
import { journalPosition } from './reads/journal.ts';

const FILE = 'journal-head';
const EVERY_MS = 1_000;
const DIGITS = 15;

export function headFile(folder: string): string {
  return join(folder, FILE);
}

/** How far the journal of the shop in the folder had come at least; null where nobody knows of one. */
function notedHead(folder: string): number | null {
  const text = readNote(headFile(folder)) ?? '';
  // A power cut may leave it empty.
  return /^\d{15}\n$/.test(text) ? Number(text) : null;
}

/** Throws StoreRefused where the folder of a database that is not there has kept a shop that was used. */
export function refuseLost(file: string): void {
  if (!notedHead(dirname(file))) return;
  throw new StoreRefused(
    `${file} is missing, but a shop was kept there: put the file back, or a backup with ` +
      `npx swati restore FILE --replace. For a new, empty shop remove ${headFile(dirname(file))}`,
  );
}

/** Throws StoreRefused where the journal once had entries that it has no more. */
export function refuseShortened(file: string, db: Db): void {
  const noted = notedHead(dirname(file));
  const head = journalPosition(db, SHOP_ID);
  if (noted === null || head >= noted) return;
  throw new StoreRefused(
    `${file} ends with journal entry ${head}, but entry ${noted} was written: ${file}-wal was removed, or an older copy ` +
      'put in its place. Put back what was there, or a backup with npx swati restore FILE --replace. To go on without ' +
      `the last entries remove ${headFile(dirname(file))}`,
  );
}

/** Notes the head for the next start: at once, and then every second in which the journal grew. */
export class HeadNote {
  readonly #db: Db;
  readonly #file: string;
  #noted = -1;
  #notedAt = 0;

  constructor(db: Db, folder: string) {
    this.#db = db;
    this.#file = headFile(folder);
    this.write();
  }

  writeNowAndThen(): void {
    if (performance.now() - this.#notedAt > EVERY_MS) this.write();
  }

  write(): void {
    this.#notedAt = performance.now();
    const head = journalPosition(this.#db, SHOP_ID);
    if (head === this.#noted) return;
    try {
      // Over what is there, and always of one length: nobody finds half of it.
      const handle = openSync(this.#file, constants.O_WRONLY | constants.O_CREAT, 0o600);
      try {
        giveToOwner(this.#file);
        writeSync(handle, `${String(head).padStart(DIGITS, '0')}\n`, 0);
      } finally {
        closeSync(handle);
      }
      this.#noted = head;
    } catch {
      // A full disk, say: the shop goes on, and the older note still holds.
    }
  }
}
