// The accounts behind the tokens in use. Every request asks for one, so what was read is kept until this process wrote
// an account, a session or a setting, or until others may have: the stamp says so.

import type { Db } from 'mongodb';
import type { Bearer } from '../../session-store.ts';
import { findBearer } from './sessions.ts';

/** More callers than a shop has; a flood of others must not grow it. */
const MOST_KEPT = 500;

export class Bearers {
  readonly #db: Db;
  readonly #shopId: string;
  readonly #stamp: () => string;
  readonly #kept = new Map<string, Promise<Bearer | null>>();
  #version = '';

  constructor(db: Db, shopId: string, stamp: () => string) {
    this.#db = db;
    this.#shopId = shopId;
    this.#stamp = stamp;
  }

  /** What findBearer would answer now, or answered a moment ago. Those who ask at once share one reading. */
  find(userId: string, sessionId: string | null): Promise<Bearer | null> {
    // Read before the rows: a change between the two is noticed the next time.
    const version = this.#stamp();
    if (version !== this.#version || this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#version = version;
    const key = sessionId === null ? userId : `${userId} ${sessionId}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const reading = findBearer(this.#db, this.#shopId, userId, sessionId);
    this.#kept.set(key, reading);
    // A reading that failed is nobody's answer but of those who waited for it.
    reading.catch(() => this.#kept.delete(key));
    return reading;
  }
}
