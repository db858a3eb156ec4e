// The accounts behind the tokens in use. Every request asks for one, so what was read is kept until the database changes
// in any way and by anybody: the next request after a change reads anew.

import type { Bearer } from '../../session-store.ts';
import type { Connection } from '../database.ts';
import { findBearer } from './sessions.ts';
import { stampOf } from './stamp.ts';

/** More callers than a shop has; a flood of others must not grow it. */
const MOST_KEPT = 500;

export class Bearers {
  readonly #db: Connection;
  readonly #shopId: string;
  readonly #stamp: () => number;
  readonly #kept = new Map<string, Bearer | null>();
  #version: number | undefined;

  constructor(db: Connection, shopId: string) {
    this.#db = db;
    this.#shopId = shopId;
    this.#stamp = stampOf(db);
  }

  /** What findBearer would answer now. */
  find(userId: string, sessionId: string | null): Bearer | null {
    // Read before the rows: a change between the two is noticed the next time.
    const version = this.#stamp();
    if (version !== this.#version || this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#version = version;
    const key = sessionId === null ? userId : `${userId} ${sessionId}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const found = findBearer(this.#db, this.#shopId, userId, sessionId);
    if (found) Object.freeze(found.user);
    this.#kept.set(key, found);
    return found;
  }
}
