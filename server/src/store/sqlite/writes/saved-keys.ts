// Under which keys results are saved, held by the thread that saves them: some 100 bytes for each of the last day.
// The rows stay the truth: they are read when the database is opened for writing, and what another program on the same
// database has saved meanwhile (the next version of this one, as in an upgrade) before the next group.

import type { Connection } from '../database.ts';

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

/** What a group did: the key had this row before it, or none; `row` is the one that it wrote. */
interface Step {
  keys: Map<string, number>;
  key: string;
  before: number | undefined;
  row: SavedRow | null;
}

export class SavedKeys {
  readonly #db: Connection;
  /** The id of the row of each key, by owner. */
  readonly #owners = new Map<string, Map<string, number>>();
  #steps: Step[] = [];
  /** The last row that is known of; it has no number before any is. */
  #newest: SavedRow = { id: 0, at: 0 };
  /** SQLite's count of what other connections committed, when they were looked at last. */
  #othersSeen = -1;

  constructor(db: Connection) {
    this.#db = db;
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
      this.#owners.clear();
      this.#newest = { id: 0, at: 0 };
    }
    const rows = this.#db.lists(
      'SELECT shop_id, user_id, key, id, at FROM saved_results WHERE id > :after AND key IS NOT NULL ORDER BY id',
      { after: this.#newest.id },
    ) as [string, string, string, number, number][];
    for (const [shopId, userId, key, id, at] of rows) {
      this.#of({ shopId, userId }).set(key, id);
      this.#newest = { id, at };
    }
  }

  find(owner: KeyOwner, key: string): number | undefined {
    return this.#of(owner).get(key);
  }

  /** `row`: the one that stands under the key now, or null when none does. */
  set(owner: KeyOwner, key: string, row: SavedRow | null): void {
    const keys = this.#of(owner);
    this.#steps.push({ keys, key, before: keys.get(key), row });
    put(keys, key, row?.id);
  }

  /** The group stands: what it did is not taken back any more. */
  commit(): void {
    for (const { row } of this.#steps) if (row) this.#newest = row;
    this.#steps = [];
  }

  /** The group's rows are gone. */
  rollback(): void {
    for (const { keys, key, before } of this.#steps.reverse()) put(keys, key, before);
    this.#steps = [];
  }

  #of({ shopId, userId }: KeyOwner): Map<string, number> {
    const owner = `${shopId} ${userId}`;
    let keys = this.#owners.get(owner);
    if (!keys) {
      keys = new Map();
      this.#owners.set(owner, keys);
    }
    return keys;
  }
}

function put(keys: Map<string, number>, key: string, id: number | undefined): void {
  if (id === undefined) keys.delete(key);
  else keys.set(key, id);
}
