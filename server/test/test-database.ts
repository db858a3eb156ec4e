// A SQLite database for tests, with as many shops as they ask for; and one whose door or file has a planted defect.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ShopError } from '../src/domain/shop-error.ts';
import type { TestDatabase } from '../src/store/contract-suite/store-contract.ts';
import { openConnection } from '../src/store/sqlite/database.ts';
import { openForWriting } from '../src/store/sqlite/open-for-writing.ts';
import { lockShared } from '../src/store/sqlite/process-lock.ts';
import { type OpenDatabase, openDatabase, shopOf } from '../src/store/sqlite/sqlite-store.ts';
import { type ChangeTable, SHOP_CHANGES } from '../src/store/sqlite/writes/changes.ts';
import { type Answer, type Command, Door } from '../src/store/sqlite/writes/door.ts';
import type { Write, Writer } from '../src/store/sqlite/writes/writer.ts';

const OPENED_AT = Date.parse('2026-01-15T10:00:00Z');

/** In memory where the system has such a folder: that a sync is asked for is tested, not how long it takes. */
export function newTestFolder(): string {
  const memory = '/dev/shm';
  return mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'swati-test-'));
}

export async function openTestDatabase(): Promise<TestDatabase & OpenDatabase> {
  const dataDir = newTestFolder();
  const database = await openDatabase({
    dataDir,
    now: OPENED_AT,
    onDeath: (error) => {
      throw error;
    },
  });
  return withShops(database, dataDir);
}

export interface Defect {
  /** Run on the database file before the first shop opens it. */
  sql?: string;
  /** What stands in the table of changes instead. */
  patch?: (table: ChangeTable) => ChangeTable;
}

/** The real store, but its door works on this thread, so that a test can put a defect behind it. */
export async function openDefectiveDatabase({
  sql = '',
  patch = (table) => table,
}: Defect): Promise<TestDatabase> {
  const dataDir = newTestFolder();
  const file = join(dataDir, 'shop.db');
  const connection = await openForWriting(file, OPENED_AT);
  if (sql !== '') {
    const damaged = new DatabaseSync(file);
    damaged.exec(sql);
    damaged.close();
  }
  const door = new Door(connection, patch(SHOP_CHANGES));
  const close = async (): Promise<void> => connection.close();
  const writer: Writer = { writeFor: writerOn(door), readings: () => [], close };
  return withShops({ file, writer, db: openConnection(file, 'read'), lock: lockShared(dataDir) }, dataDir);
}

/** Gathers the changes that were asked for at once into a group, as the writer thread does. */
function writerOn(door: Door): Writer['writeFor'] {
  let waiting: { command: Command; settle: (answer: Answer) => void }[] = [];
  const drain = (): void => {
    const group = waiting;
    waiting = [];
    const answers = door.runGroup(group.map(({ command }) => command));
    // In a later turn, as the thread's answers come: what was read in this one does not know of them.
    setImmediate(() => {
      for (const [index, { settle }] of group.entries()) settle(answers[index] as Answer);
    });
  };
  return (shopId) =>
    ((name, args, by) =>
      new Promise((resolve, reject) => {
        const settle = (answer: Answer): void => {
          if ('defect' in answer) reject(new Error(answer.defect));
          else if (!answer.outcome.ok) reject(new ShopError(answer.outcome.refusal, answer.requestId));
          else resolve({ ...answer, value: structuredClone(answer.outcome.value) as never });
        };
        if (waiting.length === 0) setImmediate(drain);
        waiting.push({ command: { shopId, name, args, by }, settle });
      })) satisfies Write;
}

function withShops(database: OpenDatabase, dataDir: string): TestDatabase & OpenDatabase {
  let shops = 0;
  return {
    ...database,
    newShop: () => shopOf(database, `shop-${++shops}`),
    close: async () => {
      database.db.close();
      await database.writer.close();
      database.lock.release();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
