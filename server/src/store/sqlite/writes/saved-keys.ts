// Under which keys results are saved, held by the only thread that saves any: some 100 bytes for each of the last day.
// The rows stay the truth: they are read when the database is opened for writing.

import type { Connection } from '../database.ts';

/** Whose key it is. */
export interface KeyOwner {
  shopId: string;
  userId: string;
}

/** What a group did: the key had this row before it, or none. */
interface Step {
  keys: Map<string, number>;
  key: string;
  before: number | undefined;
}

export class SavedKeys {
  /** The id of the row of each key, by owner. */
  readonly #owners = new Map<string, Map<string, number>>();
  #steps: Step[] = [];

  constructor(db: Connection) {
    const rows = db.lists(
      'SELECT shop_id, user_id, key, id FROM saved_results WHERE key IS NOT NULL ORDER BY id',
    ) as [string, string, string, number][];
    for (const [shopId, userId, key, id] of rows) this.#of({ shopId, userId }).set(key, id);
  }

  find(owner: KeyOwner, key: string): number | undefined {
    return this.#of(owner).get(key);
  }

  /** `id`: of the row that stands under the key now, or null when none does. */
  set(owner: KeyOwner, key: string, id: number | null): void {
    const keys = this.#of(owner);
    this.#steps.push({ keys, key, before: keys.get(key) });
    put(keys, key, id ?? undefined);
  }

  /** The group stands: what it did is not taken back any more. */
  commit(): void {
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
