// What strangers may leave behind: of accounts that nobody appointed only so much is kept. Each makes room for one more.

import { KEPT_OF_STRANGERS } from '../../../domain/session-rules.ts';
import type { Tx } from './tx.ts';

/** Their refresh tokens go with them. */
export function makeRoomForSession(tx: Tx, userId: string): void {
  tx.run(
    `DELETE FROM sessions WHERE shop_id = :shopId AND id IN (
       SELECT id FROM sessions WHERE shop_id = :shopId AND user_id = :userId
       ORDER BY last_used_at DESC, id DESC LIMIT -1 OFFSET :others)`,
    { shopId: tx.shopId, userId, others: KEPT_OF_STRANGERS.sessions - 1 },
  );
}

export function makeRoomForAddress(tx: Tx, userId: string): void {
  tx.run(
    `DELETE FROM known_addresses WHERE shop_id = :shopId AND user_id = :userId AND address IN (
       SELECT address FROM known_addresses WHERE shop_id = :shopId AND user_id = :userId
       ORDER BY last_at DESC LIMIT -1 OFFSET :others)`,
    { shopId: tx.shopId, userId, others: KEPT_OF_STRANGERS.addresses - 1 },
  );
}
