// The count of attempts to sign in: of each account, strangers apart from addresses that it was used from before.

import { attemptWaitSeconds, FAILURE_WINDOW_MS, STRANGERS } from '../../../domain/session-rules.ts';
import type { AttemptOutcome } from '../../session-store.ts';
import { isKnownAddress } from '../reads/sessions.ts';
import type { Tx } from './tx.ts';

export function takeAttempt(tx: Tx, input: { id: string; account: string; address: string }): AttemptOutcome {
  const { shopId, by } = tx;
  const oldest = by.at - FAILURE_WINDOW_MS;
  tx.run('DELETE FROM login_attempts WHERE shop_id = :shopId AND at <= :oldest', { shopId, oldest });
  const lane = isKnownAddress(tx, shopId, input, by.at) ? input.address : STRANGERS;
  const failures = tx.all<{ at: number }>(
    'SELECT at FROM login_attempts WHERE shop_id = :shopId AND account = :account AND lane = :lane ORDER BY at',
    { shopId, account: input.account, lane },
  );
  const waitSeconds = attemptWaitSeconds(
    failures.map((failure) => failure.at),
    by.at,
  );
  if (waitSeconds !== null) return { allowed: false, retryAfterSeconds: waitSeconds };
  tx.run('INSERT INTO login_attempts VALUES (:shopId, :id, :account, :lane, :at)', {
    shopId,
    id: input.id,
    account: input.account,
    lane,
    at: by.at,
  });
  return { allowed: true };
}

/** An attempt that proved right is no failure. */
export function forgetAttempt(tx: Tx, id: string): null {
  tx.run('DELETE FROM login_attempts WHERE shop_id = :shopId AND id = :id', { shopId: tx.shopId, id });
  return null;
}
