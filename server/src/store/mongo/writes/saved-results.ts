// Results kept for requests that may come again. A repeated key gets the first answer; the older client's retry
// (X-Retry-Count n > 0) claims an equal request of the last 90 seconds, once per chain of retries.

import type { Claim } from '../../../domain/actor.ts';
import { KEYED_FOR_MS, UNKEYED_FOR_MS } from '../../../domain/repeat.ts';
import { type Refusal, refuse } from '../../../domain/shop-error.ts';
import { newRowId } from '../codec.ts';
import type { SavedRow } from '../rows.ts';
import type { GroupView, Query } from './view.ts';

/** What came of a change, as plain JSON. */
export type Outcome = { ok: true; value: unknown } | { ok: false; refusal: Refusal };

export interface SavedResult {
  outcome: Outcome;
  position: number;
  requestId: string;
}

/** The saved result that a claim repeats, or null when it is a first try. Refuses a key used for another request. */
export function findSaved(view: GroupView, claim: Claim, at: number): SavedResult | null {
  const row = claim.key === null ? findRetried(view, claim, at) : findKeyed(view, claim, at);
  if (!row) return null;
  if (claim.retryCount > row.retries) view.put('saved_results', { ...row, retries: claim.retryCount });
  return { outcome: JSON.parse(row.outcome) as Outcome, position: row.position, requestId: row.requestId };
}

function findKeyed(view: GroupView, claim: Claim, at: number): SavedRow | null {
  const row = rowUnderKey(view, claim);
  if (!row || row.at <= at - KEYED_FOR_MS) return null;
  if (row.fingerprint !== claim.fingerprint) throw refuse('key_reused');
  return row;
}

function rowUnderKey(view: GroupView, { userId, key }: Claim): SavedRow | null {
  const query: Query<'saved_results'> = {
    collection: 'saved_results',
    name: `saved_results/key/${userId}/${key}`,
    // The index holds keyed rows alone, and serves only those who say that they want no others.
    filter: { claimant: userId, keyed: true, key },
    matches: (row) => row.keyed && row.claimant === userId && row.key === key,
  };
  return view.find(query)[0] ?? null;
}

function findRetried(view: GroupView, claim: Claim, at: number): SavedRow | null {
  const { userId, fingerprint, retryCount } = claim;
  if (retryCount === 0) return null;
  const query: Query<'saved_results'> = {
    collection: 'saved_results',
    name: `saved_results/retry/${userId}/${fingerprint}`,
    filter: { keyed: false, claimant: userId, fingerprint },
    matches: (row) => !row.keyed && row.claimant === userId && row.fingerprint === fingerprint,
  };
  const claimable = view
    .find(query)
    .filter((row) => row.retries < retryCount && row.at > at - UNKEYED_FOR_MS)
    .sort((a, b) => b.retries - a.retries || a.position - b.position || (a.id < b.id ? -1 : 1));
  return claimable[0] ?? null;
}

export function saveResult(
  view: GroupView,
  shopId: string,
  claim: Claim,
  at: number,
  saved: SavedResult,
): void {
  // A result under the same key can only be an expired one: it makes room for the new one.
  const expired = claim.key === null ? null : rowUnderKey(view, claim);
  view.put('saved_results', {
    id: expired?.id ?? newRowId(),
    shopId,
    claimant: claim.userId,
    ...(claim.key === null ? {} : { key: claim.key }),
    keyed: claim.key !== null,
    fingerprint: claim.fingerprint,
    retries: claim.retryCount,
    at,
    position: saved.position,
    requestId: saved.requestId,
    outcome: JSON.stringify(saved.outcome),
  });
}
