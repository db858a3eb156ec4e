// The count of attempts to sign in: of each account, strangers apart from addresses that it was used from before.

import {
  ADDRESS_KEPT_MS,
  attemptWaitSeconds,
  FAILURE_WINDOW_MS,
  STRANGERS,
} from '../../../domain/session-rules.ts';
import type { AttemptOutcome } from '../../session-store.ts';
import { newRowId } from '../codec.ts';
import type { KnownAddressRow, LoginAttemptsRow } from '../rows.ts';
import type { Tx } from './tx.ts';
import type { Query } from './view.ts';

export function takeAttempt(tx: Tx, input: { id: string; account: string; address: string }): AttemptOutcome {
  const { id, account, address } = input;
  const { at } = tx.by;
  const known = knownAddress(tx, account, address);
  const lane = known && known.lastAt >= at - ADDRESS_KEPT_MS ? address : STRANGERS;
  const row = attemptsOf(tx, account, lane);
  const attempts = row.attempts.filter((attempt) => attempt.at > at - FAILURE_WINDOW_MS);
  const waitSeconds = attemptWaitSeconds(
    attempts.map((attempt) => attempt.at),
    at,
  );
  if (waitSeconds !== null) return { allowed: false, retryAfterSeconds: waitSeconds };
  attempts.push({ attempt: id, at });
  attempts.sort((a, b) => a.at - b.at);
  tx.put('login_attempts', { ...row, attempts, lastAt: at });
  return { allowed: true };
}

/** An attempt that proved right is no failure. */
export function forgetAttempt(tx: Tx, id: string): null {
  const query: Query<'login_attempts'> = {
    collection: 'login_attempts',
    name: `login_attempts/of/${id}`,
    filter: { 'attempts.attempt': id },
    matches: (row) => row.attempts.some(({ attempt }) => attempt === id),
  };
  for (const row of tx.find(query)) {
    tx.put('login_attempts', { ...row, attempts: row.attempts.filter(({ attempt }) => attempt !== id) });
  }
  return null;
}

function attemptsOf(tx: Tx, account: string, lane: string): LoginAttemptsRow {
  const query: Query<'login_attempts'> = {
    collection: 'login_attempts',
    name: `login_attempts/lane/${account}/${lane}`,
    // The people of a shop have one address, and strangers one lane.
    filter: { lane, account },
    matches: (row) => row.account === account && row.lane === lane,
  };
  const none = { id: newRowId(), shopId: tx.shopId, account, lane, attempts: [], lastAt: tx.by.at };
  return tx.find(query)[0] ?? none;
}

/** One that was not used for a year may still stand there: upkeep.ts removes it. */
export function knownAddress(tx: Tx, account: string, address: string): KnownAddressRow | null {
  const query: Query<'known_addresses'> = {
    collection: 'known_addresses',
    name: `known_addresses/${account}/${address}`,
    filter: { address, account },
    matches: (row) => row.account === account && row.address === address,
  };
  return tx.find(query)[0] ?? null;
}
