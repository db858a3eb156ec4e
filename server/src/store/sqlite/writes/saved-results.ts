// Results kept for requests that may come again. A repeated key gets the first answer; the older client's retry
// (X-Retry-Count n > 0) claims an equal request of the last 90 seconds, once per chain of retries.

import type { Claim } from '../../../domain/actor.ts';
import { KEYED_FOR_MS, UNKEYED_FOR_MS } from '../../../domain/repeat.ts';
import { type Refusal, refuse } from '../../../domain/shop-error.ts';
import type { Connection } from '../database.ts';

const PRUNED_AT_ONCE = 1000;

/** What came of a change, as plain JSON. */
export type Outcome = { ok: true; value: unknown } | { ok: false; refusal: Refusal };

export interface SavedResult {
  outcome: Outcome;
  position: number;
  requestId: string;
  /** The outcome's text, where it stands under a key. */
  saved?: string;
}

interface Row {
  id: number;
  fingerprint: string;
  retries: number;
  position: number;
  request_id: string;
  outcome: string;
}

/** The saved result that a claim repeats, or null when it is a first try. Refuses a key used for another request. */
export function findSaved(db: Connection, shopId: string, claim: Claim, at: number): SavedResult | null {
  const row = claim.key === null ? findRetried(db, shopId, claim, at) : findKeyed(db, shopId, claim, at);
  if (!row) return null;
  if (claim.retryCount > row.retries) {
    db.run('UPDATE saved_results SET retries = :retries WHERE id = :id', {
      retries: claim.retryCount,
      id: row.id,
    });
  }
  const { outcome: saved, position, request_id: requestId } = row;
  return { outcome: JSON.parse(saved) as Outcome, position, requestId, saved };
}

function findKeyed(db: Connection, shopId: string, claim: Claim, at: number): Row | undefined {
  const row = db.get<Row>(
    `SELECT id, fingerprint, retries, position, request_id, outcome FROM saved_results
     WHERE shop_id = :shopId AND user_id = :userId AND key = :key AND at > :oldest`,
    { shopId, userId: claim.userId, key: claim.key, oldest: at - KEYED_FOR_MS },
  );
  if (row && row.fingerprint !== claim.fingerprint) throw refuse('key_reused');
  return row;
}

function findRetried(db: Connection, shopId: string, claim: Claim, at: number): Row | undefined {
  if (claim.retryCount === 0) return undefined;
  return db.get<Row>(
    `SELECT id, fingerprint, retries, position, request_id, outcome FROM saved_results
     WHERE shop_id = :shopId AND user_id = :userId AND key IS NULL AND fingerprint = :fingerprint
       AND retries < :retryCount AND at > :oldest
     ORDER BY retries DESC, id LIMIT 1`,
    {
      shopId,
      userId: claim.userId,
      fingerprint: claim.fingerprint,
      retryCount: claim.retryCount,
      oldest: at - UNKEYED_FOR_MS,
    },
  );
}

/** Keeps an answer under its claim, and answers it with the text that is kept. */
export function saveResult(
  db: Connection,
  shopId: string,
  claim: Claim,
  at: number,
  answer: SavedResult,
): SavedResult {
  const saved = JSON.stringify(answer.outcome);
  // A result under the same key can only be an expired one: it makes room for the new one.
  db.run(
    `INSERT INTO saved_results (shop_id, user_id, key, fingerprint, retries, at, position, request_id, outcome)
     VALUES (:shopId, :userId, :key, :fingerprint, :retries, :at, :position, :requestId, :outcome)
     ON CONFLICT (shop_id, user_id, key) WHERE key IS NOT NULL DO UPDATE SET fingerprint = excluded.fingerprint,
       retries = excluded.retries, at = excluded.at, position = excluded.position,
       request_id = excluded.request_id, outcome = excluded.outcome`,
    {
      shopId,
      userId: claim.userId,
      key: claim.key,
      fingerprint: claim.fingerprint,
      retries: claim.retryCount,
      at,
      position: answer.position,
      requestId: answer.requestId,
      outcome: saved,
    },
  );
  return { ...answer, saved };
}

/** Forgets a shop's results that are too old to be claimed; a bounded number at a time, so that no caller waits. */
export function pruneSaved(db: Connection, shopId: string, at: number): void {
  const limit = PRUNED_AT_ONCE;
  db.run(
    `DELETE FROM saved_results WHERE id IN (SELECT id FROM saved_results
       WHERE shop_id = :shopId AND key IS NULL AND at < :oldest ORDER BY at LIMIT :limit)`,
    { shopId, oldest: at - UNKEYED_FOR_MS, limit },
  );
  db.run(
    `DELETE FROM saved_results WHERE id IN (SELECT id FROM saved_results
       WHERE shop_id = :shopId AND at < :oldest ORDER BY at LIMIT :limit)`,
    { shopId, oldest: at - KEYED_FOR_MS, limit },
  );
}
