// Under which keys results are saved, held by the thread that saves them: 11 to 16 bytes for each of the last day.
// The rows stay the truth: they are read when the database is opened for writing, and what another program on the same
// database has saved meanwhile (the next version of this one, as in an upgrade) before the next group.

import type { Connection } from '../database.ts';
import { RowNumbers } from './row-numbers.ts';

/** Read at a time when a database is opened: a busy day has some hundred thousand. */
const READ_AT_ONCE = 10_000;

/** Whose key it is. */
export interface KeyOwner {
  shopId: string;
  userId: string;
}

/** A row that holds a result: the number of one that is gone may be given again, but not with the same instant. */
export interface SavedRow {
  id: number;
  /** When it was saved, milliseconds since 1970. */
  at: number;
}

/** What a group did: a row came under a name, or went. */
interface Step {
  name: string;
  id: number;
  /** When it came; null: it went. */
  at: number | null;
}

export class SavedKeys {
  readonly #db: Connection;
  readonly #rows: RowNumbers;
  #steps: Step[] = [];
  /** The last row that is known of; it has no number before any is. */
  #newest: SavedRow = { id: 0, at: 0 };
  /** SQLite's count of what other connections committed, when they were looked at last. */
  #othersSeen = -1;

  constructor(db: Connection, rows = new RowNumbers()) {
    this.#db = db;
    this.#rows = rows;
    this.lookAtOthers();
  }

  /** At the beginning of a group, in its transaction: nobody else writes until it ends. */
  lookAtOthers(): void {
    const count = Number(this.#db.lists('PRAGMA data_version')[0]?.[0]);
    if (count === this.#othersSeen) return;
    this.#othersSeen = count;
    // Where the last known row is gone, the numbers after it may have been given anew.
    const { id, at } = this.#newest;
    if (!this.#db.get('SELECT 1 FROM saved_results WHERE id = :id AND at = :at', { id, at })) {
      this.#rows.clear();
      this.#newest = { id: 0, at: 0 };
    }
    let read: number;
    do {
      const rows = this.#db.lists(
        `SELECT shop_id, user_id, key, id, at FROM saved_results WHERE id > :after AND key IS NOT NULL
         ORDER BY id LIMIT :limit`,
        { after: this.#newest.id, limit: READ_AT_ONCE },
      ) as [string, string, string, number, number][];
      for (const [shopId, userId, key, id, at] of rows) {
        this.#rows.add(nameOf({ shopId, userId }, key), id);
        this.#newest = { id, at };
      }
      read = rows.length;
    } while (read === READ_AT_ONCE);
  }

  /** The id of the row that stands under the key. */
  find(owner: KeyOwner, key: string): number | undefined {
    return this.#rows.find(nameOf(owner, key)).find((id) => this.#stands(owner, key, id));
  }

  add(owner: KeyOwner, key: string, { id, at }: SavedRow): void {
    const name = nameOf(owner, key);
    this.#steps.push({ name, id, at });
    this.#rows.add(name, id);
  }

  remove(owner: KeyOwner, key: string, id: number): void {
    const name = nameOf(owner, key);
    this.#steps.push({ name, id, at: null });
    this.#rows.remove(name, id);
  }

  /** The group stands: what it did is not taken back any more. */
  commit(): void {
    for (const { id, at } of this.#steps) if (at !== null) this.#newest = { id, at };
    this.#steps = [];
  }

  /** The group's rows are gone. */
  rollback(): void {
    for (const { name, id, at } of this.#steps.reverse()) {
      if (at === null) this.#rows.add(name, id);
      else this.#rows.remove(name, id);
    }
    this.#steps = [];
  }

  #stands({ shopId, userId }: KeyOwner, key: string, id: number): boolean {
    const row = this.#db.get(
      'SELECT 1 FROM saved_results WHERE id = :id AND shop_id = :shopId AND user_id = :userId AND key = :key',
      { id, shopId, userId, key },
    );
    return row !== undefined;
  }
}

function nameOf({ shopId, userId }: KeyOwner, key: string): string {
  return `${shopId} ${userId} ${key}`;
}
