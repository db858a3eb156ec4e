// Results kept for requests that may come again. A repeated key gets the first answer; the older client's retry
// (X-Retry-Count n > 0) claims an equal request of the last 90 seconds, once per chain of retries.

import type { Claim } from '../../../domain/actor.ts';
import { KEYED_FOR_MS, UNKEYED_FOR_MS } from '../../../domain/repeat.ts';
import { type Refusal, refuse } from '../../../domain/shop-error.ts';
import type { Connection } from '../database.ts';
import type { SavedKeys } from './saved-keys.ts';

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
export function findSaved(
  db: Connection,
  keys: SavedKeys,
  shopId: string,
  claim: Claim,
  at: number,
): SavedResult | null {
  const { key } = claim;
  const row =
    key === null
      ? findRetried(db, shopId, claim, at)
      : findKeyed(db, keys.find({ shopId, userId: claim.userId }, key), claim, at);
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

function findKeyed(db: Connection, id: number | undefined, claim: Claim, at: number): Row | undefined {
  if (id === undefined) return undefined;
  const row = db.get<Row>(
    `SELECT id, fingerprint, retries, position, request_id, outcome FROM saved_results
     WHERE id = :id AND at > :oldest`,
    { id, oldest: at - KEYED_FOR_MS },
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
  keys: SavedKeys,
  shopId: string,
  claim: Claim,
  at: number,
  answer: SavedResult,
): SavedResult {
  const saved = JSON.stringify(answer.outcome);
  const { userId, key } = claim;
  // A result under the same key can only be an expired one: it makes room for the new one.
  const expired = key === null ? undefined : keys.find({ shopId, userId }, key);
  if (key !== null && expired !== undefined) {
    db.run('DELETE FROM saved_results WHERE id = :id', { id: expired });
    keys.remove({ shopId, userId }, key, expired);
  }
  const { lastId } = db.run(
    `INSERT INTO saved_results (shop_id, user_id, key, fingerprint, retries, at, position, request_id, outcome)
     VALUES (:shopId, :userId, :key, :fingerprint, :retries, :at, :position, :requestId, :outcome)`,
    {
      shopId,
      userId,
      key,
      fingerprint: claim.fingerprint,
      retries: claim.retryCount,
      at,
      position: answer.position,
      requestId: answer.requestId,
      outcome: saved,
    },
  );
  if (key !== null) keys.add({ shopId, userId }, key, { id: lastId, at });
  return { ...answer, saved };
}

/** Forgets a shop's results that are too old to be claimed; a bounded number at a time, so that no caller waits. */
export function pruneSaved(db: Connection, keys: SavedKeys, shopId: string, at: number): void {
  db.run(
    `DELETE FROM saved_results WHERE id IN (SELECT id FROM saved_results
       WHERE shop_id = :shopId AND key IS NULL AND at < :oldest ORDER BY at LIMIT :limit)`,
    { shopId, oldest: at - UNKEYED_FOR_MS, limit: PRUNED_AT_ONCE },
  );
  pruneKeyed(db, keys, shopId, at);
}

interface KeyedRow {
  id: number;
  at: number;
  userId: string;
  key: string;
}

/** The oldest stand first. One of a clock that ran ahead by more than a day stands in nobody's way. */
function pruneKeyed(db: Connection, keys: SavedKeys, shopId: string, at: number): void {
  const isOver = (row: { at: number }): boolean => Math.abs(at - row.at) > KEYED_FOR_MS;
  const oldest = (limit: number): KeyedRow[] =>
    db.all<KeyedRow>(
      `SELECT id, at, user_id AS userId, key FROM saved_results
       WHERE shop_id = :shopId AND key IS NOT NULL ORDER BY id LIMIT :limit`,
      { shopId, limit },
    );
  if (!oldest(1).some(isOver)) return;
  for (const row of oldest(PRUNED_AT_ONCE).filter(isOver)) {
    db.run('DELETE FROM saved_results WHERE id = :id', { id: row.id });
    keys.remove({ shopId, userId: row.userId }, row.key, row.id);
  }
}
