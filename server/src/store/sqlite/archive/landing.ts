// A folder that a shop moves into. The copy is a generation that nobody uses yet; a mark in the folder keeps everybody
// from opening (or making) a shop there meanwhile. Nothing is synced on the way: the whole is, at the end.

import { hash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { SQLInputValue } from 'node:sqlite';
import { makeFolder } from '../../../system/make-folder.ts';
import { type ArchiveSummary, IMAGE_BYTES, readArchiveLine, summarise } from '../../archive/archive-page.ts';
import type { Landing } from '../../archive/landing.ts';
import type { ArchivePage } from '../../backup-store.ts';
import { SHOP_ID } from '../../shop-id.ts';
import { StoreRefused } from '../../store-refused.ts';
import { type Connection, emptyLog, openConnection } from '../database.ts';
import {
  arrivalFrom,
  dropUnfinished,
  endArrival,
  listGenerations,
  newGeneration,
  startArrival,
  switchTo,
} from '../generations.ts';
import { removeImageFile, syncPath } from '../image-files.ts';
import { migrate } from '../migrate.ts';
import { lockAlone } from '../process-lock.ts';
import { verifyDatabase } from '../verify.ts';
import { fillPlaced } from './archived-tables.ts';
import { dumpDatabase } from './dump.ts';
import { type KnownTables, knownTables, loadPage } from './load.ts';

/** Throws StoreRefused where the folder holds a shop, is in use, or is the landing of another shop. */
export function openSqliteLanding(dataDir: string, from: string, at: number): Landing {
  makeFolder(dataDir);
  const lock = lockAlone(dataDir);
  try {
    const earlier = arrivalFrom(dataDir);
    if (earlier !== null && earlier !== from) {
      throw new StoreRefused(`another shop is moving into ${dataDir}, from ${earlier}: name another folder`);
    }
    const shops = listGenerations(dataDir);
    if (earlier === null && shops.length > 0) {
      throw new StoreRefused(`there is a shop in ${dataDir} already: name an empty folder`);
    }
    if (shops.some(({ current }) => current)) return new SwitchedLanding(dataDir, lock.release);
    startArrival(dataDir, from);
    const remains = dropUnfinished(dataDir);
    return new FolderLanding(dataDir, at, lock.release, earlier !== null || remains.length > 0);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Whether a whole shop is in the folder, also one that arrived. */
export function hasShop(dataDir: string): boolean {
  return arrivalFrom(dataDir) === null && listGenerations(dataDir).some(({ current }) => current);
}

class FolderLanding implements Landing {
  readonly found: Landing['found'];
  readonly #dataDir: string;
  readonly #generation: { name: string; folder: string };
  readonly #file: string;
  readonly #db: Connection;
  readonly #known: KnownTables;
  readonly #release: () => void;
  /** A hash of each row that is there: what a second load does not bring again must go. */
  #held = new Set<string>();

  constructor(dataDir: string, at: number, release: () => void, hasRemains: boolean) {
    this.found = hasRemains ? 'unfinished' : 'nothing';
    this.#dataDir = dataDir;
    this.#generation = newGeneration(dataDir, at);
    this.#file = join(this.#generation.folder, 'shop.db');
    this.#db = openConnection(this.#file, 'make');
    this.#release = release;
    migrate(this.#db, at);
    // The tables come by name, not by their references; verify looks at those afterwards.
    this.#db.exec('PRAGMA foreign_keys = OFF');
    this.#known = knownTables(this.#db);
  }

  /** A second load writes what differs alone: the shop takes no changes while it lasts. */
  async load(pages: AsyncIterable<ArchivePage>): Promise<void> {
    const gone = this.#held;
    const held = new Set<string>();
    // What changed is taken away first, so that no two rows ever have one key.
    const later: ArchivePage[] = [];
    const isFirst = gone.size === 0;
    this.#db.exec('BEGIN IMMEDIATE');
    for await (const page of pages) {
      const lines = page.lines.filter((line) => {
        const key = keyOf(page.table, line);
        held.add(key);
        return !gone.delete(key);
      });
      if (lines.length === 0) continue;
      if (isFirst) loadPage(this.#db, this.#known, { table: page.table, lines });
      else later.push({ table: page.table, lines });
    }
    if (gone.size > 0) await this.#remove(gone);
    for (const page of later) loadPage(this.#db, this.#known, page);
    fillPlaced(this.#db);
    this.#db.exec('COMMIT');
    this.#held = held;
  }

  async #remove(gone: ReadonlySet<string>): Promise<void> {
    for await (const { table, lines } of dumpDatabase(this.#file)) {
      for (const line of lines.filter((one) => gone.has(keyOf(table, one)))) this.#removeRow(table, line);
    }
  }

  #removeRow(table: string, line: string): void {
    const row = readArchiveLine(line) as Record<string, SQLInputValue>;
    if (table === IMAGE_BYTES) {
      removeImageFile(this.#db.folder, String(row.name));
      return;
    }
    const match = Object.keys(row).map((column) => `"${column}" IS :${column}`);
    this.#db.run(`DELETE FROM "${table}" WHERE ${match.join(' AND ')}`, row);
  }

  summary(): Promise<ArchiveSummary> {
    return summarise(dumpDatabase(this.#file));
  }

  async verify(): Promise<string[]> {
    return (await verifyDatabase(this.#file, SHOP_ID)).problems;
  }

  async finish(): Promise<void> {
    // The planner's figures are not part of a dump.
    this.#db.exec('PRAGMA optimize = 0x10002');
    emptyLog(this.#db);
    this.#db.close();
    syncPath(this.#file);
    syncPath(dirname(this.#file));
    switchTo(this.#dataDir, this.#generation.name);
    endArrival(this.#dataDir);
  }

  async close(): Promise<void> {
    this.#db.close();
    this.#release();
  }
}

/** An earlier move was killed after its switch: the shop is whole, only the mark is left. */
class SwitchedLanding implements Landing {
  readonly found = 'finished';
  readonly #dataDir: string;
  readonly close: () => Promise<void>;

  constructor(dataDir: string, release: () => void) {
    this.#dataDir = dataDir;
    this.close = async () => release();
  }

  load(): Promise<void> {
    throw new Error('the shop is there already');
  }

  summary(): Promise<ArchiveSummary> {
    const current = listGenerations(this.#dataDir).find((generation) => generation.current);
    return summarise(dumpDatabase(join(current?.folder ?? this.#dataDir, 'shop.db')));
  }

  async verify(): Promise<string[]> {
    return [];
  }

  async finish(): Promise<void> {
    endArrival(this.#dataDir);
  }
}

function keyOf(table: string, line: string): string {
  return hash('sha1', `${table} ${line}`, 'base64');
}
