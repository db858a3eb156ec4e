// The tokens that lengthen a session. A used one stays for a while, so that its reuse is noticed; the first one stays as
// long as the session, and is known by whatever begins with it.

import {
  type RefreshHashes,
  ROTATED_LONG_AGO,
  TOKENS_KEPT_OF_SESSION,
} from '../../../domain/session-rules.ts';
import type { Tx } from './tx.ts';

interface RefreshToken {
  sessionId: string;
  userId: string;
  rotatedAt: number | null;
  expiresAt: number;
  revokedAt: number | null;
}

/** The token with what its session is worth; null where nothing tells of it. */
export function findRefreshToken(tx: Tx, { hash, firstHash }: RefreshHashes): RefreshToken | null {
  const token = readToken(tx, hash);
  if (token || firstHash === hash) return token;
  const first = readToken(tx, firstHash);
  return first && { ...first, rotatedAt: ROTATED_LONG_AGO };
}

function readToken(tx: Tx, hash: string): RefreshToken | null {
  const token = tx.get<RefreshToken>(
    `SELECT t.session_id AS sessionId, t.rotated_at AS rotatedAt, s.user_id AS userId, s.expires_at AS expiresAt,
       s.revoked_at AS revokedAt
     FROM refresh_tokens t JOIN sessions s ON s.shop_id = t.shop_id AND s.id = t.session_id
     WHERE t.shop_id = :shopId AND t.hash = :hash`,
    { shopId: tx.shopId, hash },
  );
  return token ?? null;
}

export function addRefreshToken(tx: Tx, sessionId: string, hash: string): void {
  tx.run(
    'INSERT INTO refresh_tokens (shop_id, hash, session_id, created_at) VALUES (:shopId, :hash, :sessionId, :at)',
    { shopId: tx.shopId, hash, sessionId, at: tx.by.at },
  );
}

/** Makes room for one more. Those that nobody used yet go last. */
export function forgetOldTokens(tx: Tx, sessionId: string, { firstHash }: RefreshHashes): void {
  tx.run(
    `DELETE FROM refresh_tokens WHERE shop_id = :shopId AND hash IN (
       SELECT hash FROM refresh_tokens WHERE shop_id = :shopId AND session_id = :sessionId AND hash <> :firstHash
       ORDER BY rotated_at IS NULL DESC, created_at DESC LIMIT -1 OFFSET :others)`,
    { shopId: tx.shopId, sessionId, firstHash, others: TOKENS_KEPT_OF_SESSION - 2 },
  );
}
