// How sessions end: one, all of an account, and the tokens that the older backend gave out.

import type { Tx } from './tx.ts';

/** Ends the account's sessions (but one) and every token of the older backend. */
export function endSessions(tx: Tx, userId: string, keepSessionId: string | null): void {
  const params = { shopId: tx.shopId, userId };
  tx.run(
    `UPDATE sessions SET revoked_at = :at WHERE shop_id = :shopId AND user_id = :userId AND revoked_at IS NULL
       AND id IS NOT :keep`,
    { ...params, at: tx.by.at, keep: keepSessionId },
  );
  endOlderTokens(tx, userId);
}

/** Tokens of the older backend name no session: they are ended all together. */
export function endOlderTokens(tx: Tx, userId: string): void {
  tx.run('UPDATE users SET auth_version = auth_version + 1 WHERE shop_id = :shopId AND id = :userId', {
    shopId: tx.shopId,
    userId,
  });
}

export function endSession(tx: Tx, sessionId: string): void {
  tx.run(
    `UPDATE sessions SET revoked_at = :at WHERE shop_id = :shopId AND id = :sessionId AND revoked_at IS NULL`,
    { shopId: tx.shopId, sessionId, at: tx.by.at },
  );
}
