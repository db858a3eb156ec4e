// The accounts behind the tokens in use. Every request asks for one, so what was read is kept until the database changes
// in any way and by anybody: the next request after a change looks whether the rows behind the account are what they
// were, in one statement, and reads anew where they are not.

import type { Bearer } from '../../session-store.ts';
import type { Connection } from '../database.ts';
import { findBearer } from './sessions.ts';
import { stampOf } from './stamp.ts';

/** More callers than a shop has; a flood of others must not grow it. */
const MOST_KEPT = 500;

/** Everything that findBearer looks at, as it stands in the rows: where it is the same, so is the answer. */
const TRACES = `SELECT users.*, settings.fields, sessions.user_id, sessions.revoked_at FROM users
  LEFT JOIN settings ON settings.shop_id = users.shop_id
  LEFT JOIN sessions ON sessions.shop_id = users.shop_id AND sessions.id = :sessionId
  WHERE users.shop_id = :shopId AND users.id = :userId`;

type Traces = readonly unknown[];

interface Kept {
  bearer: Bearer;
  traces: Traces;
  /** The database's, when they were read last. */
  version: number;
}

export class Bearers {
  readonly #db: Connection;
  readonly #shopId: string;
  readonly #stamp: () => number;
  readonly #kept = new Map<string, Kept>();

  constructor(db: Connection, shopId: string) {
    this.#db = db;
    this.#shopId = shopId;
    this.#stamp = stampOf(db);
  }

  /** What findBearer would answer now. */
  find(userId: string, sessionId: string | null): Bearer | null {
    // Read before the rows: a change between the two is noticed the next time. So are the traces before the answer.
    const version = this.#stamp();
    const key = sessionId === null ? userId : `${userId} ${sessionId}`;
    const known = this.#kept.get(key);
    if (known?.version === version) return known.bearer;
    const [traces] = this.#db.lists(TRACES, { shopId: this.#shopId, userId, sessionId });
    if (known && traces && areSame(known.traces, traces)) {
      known.version = version;
      return known.bearer;
    }
    this.#kept.delete(key);
    const bearer = traces ? findBearer(this.#db, this.#shopId, userId, sessionId) : null;
    if (!traces || !bearer) return null;
    Object.freeze(bearer.user);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(key, { bearer, traces, version });
    return bearer;
  }
}

function areSame(some: Traces, others: Traces): boolean {
  return some.every((value, place) => value === others[place]);
}
