// Sign-in bookkeeping: through the door, without journal entries but for the sign-ins of appointed accounts.

import type { Fields } from '../../../domain/journal.ts';
import {
  ADDRESS_KEPT_MS,
  FAILURE_WINDOW_MS,
  judgeRefresh,
  type RefreshHashes,
} from '../../../domain/session-rules.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { SESSION_LIFETIME_MS, type User } from '../../../domain/user.ts';
import type { NewSession, NewTicket, RotationOutcome, TicketUse } from '../../session-store.ts';
import { findBearer } from '../reads/sessions.ts';
import { findUser, findUserWithHash } from '../reads/users.ts';
import { endOlderTokens, endSession, endSessions } from './ended-sessions.ts';
import { forgetAttempt } from './login-attempts.ts';
import { addRefreshToken, findRefreshToken, forgetOldTokens } from './refresh-tokens.ts';
import { passSecondFactor } from './second-factors.ts';
import { makeRoomForAddress, makeRoomForSession } from './stranger-bounds.ts';
import type { Tx } from './tx.ts';

export function openSession(tx: Tx, input: NewSession): User {
  const { shopId, by } = tx;
  const base = { shopId, userId: input.userId, at: by.at };
  const { appointed } = requireAsChecked(tx, input);
  passSecondFactor(tx, input.userId, input.proof);
  // Ended families are of no more use; their refresh tokens go with them.
  tx.run('DELETE FROM sessions WHERE shop_id = :shopId AND expires_at <= :at', { shopId, at: by.at });
  if (!appointed) makeRoomForSession(tx, input.userId);
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
    tx.run(
      `UPDATE users SET password_hash = :hash
       WHERE shop_id = :shopId AND id = :userId AND password_hash = :checkedHash`,
      { shopId, userId: input.userId, hash: input.rehashed, checkedHash: input.checked.passwordHash },
    );
  }
  if (!appointed) makeRoomForAddress(tx, input.userId);
  rememberAddress(tx, input.userId, input.address);
  if (input.attemptId !== null) forgetAttempt(tx, input.attemptId);
  return findUser(tx, shopId, input.userId) as User;
}

function rememberAddress(tx: Tx, userId: string, address: string): void {
  const { shopId, by } = tx;
  tx.run('DELETE FROM known_addresses WHERE shop_id = :shopId AND user_id = :userId AND last_at < :oldest', {
    shopId,
    userId,
    oldest: by.at - ADDRESS_KEPT_MS,
  });
  tx.run(
    `INSERT INTO known_addresses VALUES (:shopId, :userId, :address, :at)
     ON CONFLICT DO UPDATE SET last_at = :at`,
    { shopId, userId, address, at: by.at },
  );
}

/** The same for accounts that somebody appointed. How many tried before in vain is told by the count of attempts. */
export function openJournalledSession(tx: Tx, input: NewSession): User {
  const user = openSession(tx, input);
  const failures = tx.get<{ n: number }>(
    'SELECT count(*) AS n FROM login_attempts WHERE shop_id = :shopId AND account = :account AND at > :oldest',
    { shopId: tx.shopId, account: user.id, oldest: tx.by.at - FAILURE_WINDOW_MS },
  );
  tx.record('user.signed_in', { type: 'user', id: user.id }, null, signInFields(input, failures?.n ?? 0));
  return user;
}

function signInFields({ address, proof }: NewSession, failuresBefore: number): Fields {
  const provenBy = proof !== null && 'step' in proof ? 'code' : 'recovery_code';
  return { address, secondStep: proof && provenBy, failuresBefore };
}

/** Checking a password takes a while, in which the account may be disabled or get another one. */
function requireAsChecked(tx: Tx, { userId, checked }: NewSession): User {
  const user = findUserWithHash(tx, tx.shopId, userId);
  // A hash that another login renewed is still of the same password: then the version stayed.
  const samePassword =
    user?.passwordHash === checked.passwordHash || user?.authVersion === checked.authVersion;
  if (!user?.isActive || !samePassword) throw refuse('login_failed');
  return user;
}

export function rotateRefreshToken(tx: Tx, old: RefreshHashes, newHash: string): RotationOutcome {
  const { shopId, by } = tx;
  const token = findRefreshToken(tx, old);
  if (!token) return { outcome: 'unknown' };
  const { sessionId } = token;
  const outcome = judgeRefresh(token, by.at);
  if (outcome === 'reused') endSession(tx, sessionId);
  if (outcome !== 'rotated' && outcome !== 'sibling') return { outcome };
  const user = findUser(tx, shopId, token.userId);
  if (!user?.isActive) return { outcome: 'unknown' };
  if (outcome === 'rotated') {
    tx.run('UPDATE refresh_tokens SET rotated_at = :at WHERE shop_id = :shopId AND hash = :hash', {
      shopId,
      hash: old.hash,
      at: by.at,
    });
  }
  forgetOldTokens(tx, sessionId, old);
  addRefreshToken(tx, sessionId, newHash);
  tx.run(
    'UPDATE sessions SET last_used_at = :at, expires_at = :expiresAt WHERE shop_id = :shopId AND id = :sessionId',
    { shopId, sessionId, at: by.at, expiresAt: by.at + SESSION_LIFETIME_MS },
  );
  return { outcome, sessionId, user };
}

export function revokeSession(tx: Tx, userId: string, sessionId: string): null {
  const session = tx.get<{ user_id: string }>(
    'SELECT user_id FROM sessions WHERE shop_id = :shopId AND id = :sessionId AND revoked_at IS NULL',
    { shopId: tx.shopId, sessionId },
  );
  if (session?.user_id !== userId) throw refuse('session_not_found');
  endSession(tx, sessionId);
  return null;
}

export function signOut(
  tx: Tx,
  input: { bearer: { userId: string; sessionId: string | null } | null; refresh: RefreshHashes | null },
): null {
  const { bearer, refresh } = input;
  if (bearer?.sessionId) endSession(tx, bearer.sessionId);
  else if (bearer) endOlderTokens(tx, bearer.userId);
  const token = refresh && findRefreshToken(tx, refresh);
  if (token) endSession(tx, token.sessionId);
  return null;
}

export function revokeAllSessions(tx: Tx, userId: string): null {
  endSessions(tx, userId, null);
  return null;
}

export function addTicket(tx: Tx, input: NewTicket): null {
  tx.run('DELETE FROM tickets WHERE shop_id = :shopId AND expires_at <= :at', {
    shopId: tx.shopId,
    at: tx.by.at,
  });
  tx.run('INSERT INTO tickets VALUES (:shopId, :hash, :userId, :sessionId, :path, :expiresAt)', {
    shopId: tx.shopId,
    ...input,
  });
  return null;
}

export function takeTicket(tx: Tx, { hash, path, keep }: TicketUse): User | null {
  const params = { shopId: tx.shopId, hash };
  const ticket = tx.get<{ user_id: string; session_id: string | null; path: string; expires_at: number }>(
    'SELECT user_id, session_id, path, expires_at FROM tickets WHERE shop_id = :shopId AND hash = :hash',
    params,
  );
  if (!ticket || ticket.path !== path) return null;
  if (!keep) tx.run('DELETE FROM tickets WHERE shop_id = :shopId AND hash = :hash', params);
  if (ticket.expires_at <= tx.by.at) return null;
  const bearer = findBearer(tx, tx.shopId, ticket.user_id, ticket.session_id);
  return bearer?.live && bearer.user.isActive ? bearer.user : null;
}
