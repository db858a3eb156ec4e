// Sign-in bookkeeping: through the door, without journal entries.

import { refuse } from '../../../domain/shop-error.ts';
import type { User } from '../../../domain/user.ts';
import type { AttemptOutcome, NewSession, RotationOutcome } from '../../store.ts';
import { findUser } from '../reads/users.ts';
import type { Tx } from './tx.ts';

const MAX_FAILURES = 10;
const FAILURE_WINDOW_MS = 15 * 60_000;
/** Two tabs that refresh in the same moment both get through. */
const SIBLING_WINDOW_MS = 10_000;
const STRANGERS = 'strangers';

export function openSession(tx: Tx, input: NewSession): User {
  const { shopId, by } = tx;
  const base = { shopId, userId: input.userId, at: by.at };
  tx.run(
    `INSERT INTO sessions (shop_id, id, user_id, created_at, last_used_at, expires_at, address, user_agent)
     VALUES (:shopId, :id, :userId, :at, :at, :expiresAt, :address, :userAgent)`,
    { ...base, id: input.id, expiresAt: input.expiresAt, address: input.address, userAgent: input.userAgent },
  );
  addRefreshToken(tx, input.id, input.refreshHash);
  tx.run(
    'UPDATE users SET last_login = :at, updated_at = :at WHERE shop_id = :shopId AND id = :userId',
    base,
  );
  if (input.rehashed !== null) {
    tx.run('UPDATE users SET password_hash = :hash WHERE shop_id = :shopId AND id = :userId', {
      shopId,
      userId: input.userId,
      hash: input.rehashed,
    });
  }
  tx.run(
    `INSERT INTO known_addresses VALUES (:shopId, :userId, :address, :at)
     ON CONFLICT DO UPDATE SET last_at = :at`,
    { ...base, address: input.address },
  );
  if (input.attemptId !== null) {
    tx.run('DELETE FROM login_attempts WHERE shop_id = :shopId AND id = :id', {
      shopId,
      id: input.attemptId,
    });
  }
  return findUser(tx, shopId, input.userId) as User;
}

export function rotateRefreshToken(tx: Tx, oldHash: string, newHash: string): RotationOutcome {
  const { shopId, by } = tx;
  const row = tx.get<{
    session_id: string;
    rotated_at: number | null;
    user_id: string;
    expires_at: number;
    revoked_at: number | null;
  }>(
    `SELECT t.session_id, t.rotated_at, s.user_id, s.expires_at, s.revoked_at
     FROM refresh_tokens t JOIN sessions s ON s.shop_id = t.shop_id AND s.id = t.session_id
     WHERE t.shop_id = :shopId AND t.hash = :oldHash`,
    { shopId, oldHash },
  );
  if (!row || row.revoked_at !== null) return { outcome: 'unknown' };
  if (row.expires_at <= by.at) return { outcome: 'expired' };
  if (row.rotated_at !== null && by.at - row.rotated_at > SIBLING_WINDOW_MS) {
    revoke(tx, row.session_id);
    return { outcome: 'reused' };
  }
  const user = findUser(tx, shopId, row.user_id);
  if (!user?.isActive) return { outcome: 'unknown' };
  if (row.rotated_at === null) {
    tx.run('UPDATE refresh_tokens SET rotated_at = :at WHERE shop_id = :shopId AND hash = :oldHash', {
      shopId,
      oldHash,
      at: by.at,
    });
  }
  addRefreshToken(tx, row.session_id, newHash);
  tx.run('UPDATE sessions SET last_used_at = :at WHERE shop_id = :shopId AND id = :id', {
    shopId,
    id: row.session_id,
    at: by.at,
  });
  return { outcome: row.rotated_at === null ? 'rotated' : 'sibling', sessionId: row.session_id, user };
}

export function revokeSession(tx: Tx, userId: string, sessionId: string): null {
  const session = tx.get<{ user_id: string }>(
    'SELECT user_id FROM sessions WHERE shop_id = :shopId AND id = :sessionId AND revoked_at IS NULL',
    { shopId: tx.shopId, sessionId },
  );
  if (session?.user_id !== userId) throw refuse('session_not_found');
  revoke(tx, sessionId);
  return null;
}

export function revokeAllSessions(tx: Tx, userId: string): null {
  endSessions(tx, userId, null);
  return null;
}

/** Ends the account's sessions (but one) and every token of the older backend. */
export function endSessions(tx: Tx, userId: string, keepSessionId: string | null): void {
  const params = { shopId: tx.shopId, userId };
  tx.run(
    `UPDATE sessions SET revoked_at = :at WHERE shop_id = :shopId AND user_id = :userId AND revoked_at IS NULL
       AND id IS NOT :keep`,
    { ...params, at: tx.by.at, keep: keepSessionId },
  );
  tx.run('UPDATE users SET auth_version = auth_version + 1 WHERE shop_id = :shopId AND id = :userId', params);
}

export function takeAttempt(tx: Tx, input: { id: string; account: string; address: string }): AttemptOutcome {
  const { shopId, by } = tx;
  const oldest = by.at - FAILURE_WINDOW_MS;
  tx.run('DELETE FROM login_attempts WHERE at <= :oldest', { oldest });
  const known = tx.get(
    'SELECT 1 FROM known_addresses WHERE shop_id = :shopId AND user_id = :account AND address = :address',
    { shopId, account: input.account, address: input.address },
  );
  const lane = known ? input.address : STRANGERS;
  const failures = tx.all<{ at: number }>(
    'SELECT at FROM login_attempts WHERE shop_id = :shopId AND account = :account AND lane = :lane ORDER BY at',
    { shopId, account: input.account, lane },
  );
  if (failures.length >= MAX_FAILURES) {
    const oldestFailure = failures[failures.length - MAX_FAILURES]?.at ?? by.at;
    const waitMs = oldestFailure + FAILURE_WINDOW_MS - by.at;
    return { allowed: false, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) };
  }
  tx.run('INSERT INTO login_attempts VALUES (:shopId, :id, :account, :lane, :at)', {
    shopId,
    id: input.id,
    account: input.account,
    lane,
    at: by.at,
  });
  return { allowed: true };
}

export function addTicket(
  tx: Tx,
  input: { hash: string; userId: string; path: string; expiresAt: number },
): null {
  tx.run('DELETE FROM tickets WHERE expires_at <= :at', { at: tx.by.at });
  tx.run('INSERT INTO tickets VALUES (:shopId, :hash, :userId, :path, :expiresAt)', {
    shopId: tx.shopId,
    ...input,
  });
  return null;
}

export function takeTicket(tx: Tx, hash: string, path: string): string | null {
  const params = { shopId: tx.shopId, hash };
  const ticket = tx.get<{ user_id: string; path: string; expires_at: number }>(
    'SELECT user_id, path, expires_at FROM tickets WHERE shop_id = :shopId AND hash = :hash',
    params,
  );
  if (!ticket || ticket.path !== path) return null;
  tx.run('DELETE FROM tickets WHERE shop_id = :shopId AND hash = :hash', params);
  return ticket.expires_at > tx.by.at ? ticket.user_id : null;
}

function addRefreshToken(tx: Tx, sessionId: string, hash: string): void {
  tx.run(
    'INSERT INTO refresh_tokens (shop_id, hash, session_id, created_at) VALUES (:shopId, :hash, :sessionId, :at)',
    {
      shopId: tx.shopId,
      hash,
      sessionId,
      at: tx.by.at,
    },
  );
}

function revoke(tx: Tx, sessionId: string): void {
  tx.run('UPDATE sessions SET revoked_at = :at WHERE shop_id = :shopId AND id = :sessionId', {
    shopId: tx.shopId,
    sessionId,
    at: tx.by.at,
  });
}
