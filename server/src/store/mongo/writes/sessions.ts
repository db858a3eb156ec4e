// Sign-in bookkeeping: through the door, without journal entries but for the sign-ins of appointed accounts. What has expired is removed by upkeep.ts.

import type { Fields } from '../../../domain/journal.ts';
import { FAILURE_WINDOW_MS, judgeRefresh, type RefreshHashes } from '../../../domain/session-rules.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { SESSION_LIFETIME_MS, type User } from '../../../domain/user.ts';
import type { NewSession, NewTicket, RotationOutcome, TicketUse } from '../../session-store.ts';
import { newRowId } from '../codec.ts';
import { isLive } from '../reads/sessions.ts';
import { toUser } from '../reads/users.ts';
import type { TicketRow } from '../rows.ts';
import { endOlderTokens, endSession, endSessions } from './ended-sessions.ts';
import { forgetAttempt, knownAddress } from './login-attempts.ts';
import { addRefreshToken, findRefreshToken, forgetOldTokens } from './refresh-tokens.ts';
import { passSecondFactor } from './second-factors.ts';
import { makeRoomForAddress, makeRoomForSession } from './stranger-bounds.ts';
import type { Tx } from './tx.ts';
import type { Query } from './view.ts';

export function openSession(tx: Tx, input: NewSession): User {
  const { shopId, by } = tx;
  const { id, userId, expiresAt, address, userAgent, checked, rehashed } = input;
  const user = tx.get('users', userId);
  // Checking a password takes a while, in which the account may be disabled or get another one. A hash that another
  // login renewed is still of the same password: then the version stayed.
  const samePassword =
    user?.passwordHash === checked.passwordHash || user?.authVersion === checked.authVersion;
  if (!user?.isActive || !samePassword) throw refuse('login_failed');
  if (!user.appointed) makeRoomForSession(tx, userId);
  const session = { id, shopId, userId, expiresAt, address, userAgent, revokedAt: null };
  tx.add('sessions', { ...session, createdAt: by.at, lastUsedAt: by.at });
  addRefreshToken(tx, id, input.refreshHash);
  const renews = rehashed !== null && user.passwordHash === checked.passwordHash;
  const next = { ...passSecondFactor(user, input.proof), lastLogin: by.at, updatedAt: by.at };
  const signedIn = renews ? { ...next, passwordHash: rehashed } : next;
  tx.put('users', signedIn);
  if (!user.appointed) makeRoomForAddress(tx, userId);
  rememberAddress(tx, userId, address);
  if (input.attemptId !== null) forgetAttempt(tx, input.attemptId);
  return toUser(signedIn);
}

/** The same for accounts that somebody appointed. How many tried before in vain is told by the count of attempts. */
export function openJournalledSession(tx: Tx, input: NewSession): User {
  const user = openSession(tx, input);
  const query: Query<'login_attempts'> = {
    collection: 'login_attempts',
    name: `login_attempts/account/${user.id}`,
    filter: { account: user.id },
    matches: (row) => row.account === user.id,
  };
  const oldest = tx.by.at - FAILURE_WINDOW_MS;
  const failures = tx.find(query).flatMap(({ attempts }) => attempts.filter(({ at }) => at > oldest));
  tx.record('user.signed_in', { type: 'user', id: user.id }, null, signInFields(input, failures.length));
  return user;
}

function signInFields({ address, proof }: NewSession, failuresBefore: number): Fields {
  const provenBy = proof !== null && 'step' in proof ? 'code' : 'recovery_code';
  return { address, secondStep: proof && provenBy, failuresBefore };
}

function rememberAddress(tx: Tx, account: string, address: string): void {
  const row = knownAddress(tx, account, address) ?? { id: newRowId(), shopId: tx.shopId, account, address };
  tx.put('known_addresses', { ...row, lastAt: tx.by.at });
}

export function rotateRefreshToken(tx: Tx, old: RefreshHashes, newHash: string): RotationOutcome {
  const { at } = tx.by;
  const token = findRefreshToken(tx, old);
  const session = token && tx.get('sessions', token.sessionId);
  if (!token || !session) return { outcome: 'unknown' };
  const { expiresAt, revokedAt } = session;
  const outcome = judgeRefresh({ rotatedAt: token.rotatedAt, expiresAt, revokedAt }, at);
  if (outcome === 'reused') endSession(tx, session.id);
  if (outcome !== 'rotated' && outcome !== 'sibling') return { outcome };
  const user = tx.get('users', session.userId);
  if (!user?.isActive) return { outcome: 'unknown' };
  if (outcome === 'rotated') tx.put('refresh_tokens', { ...token, rotatedAt: at });
  forgetOldTokens(tx, session.id, old);
  addRefreshToken(tx, session.id, newHash);
  tx.put('sessions', { ...session, lastUsedAt: at, expiresAt: at + SESSION_LIFETIME_MS });
  return { outcome, sessionId: session.id, user: toUser(user) };
}

export function revokeSession(tx: Tx, userId: string, sessionId: string): null {
  const session = tx.get('sessions', sessionId);
  if (session?.userId !== userId || session.revokedAt !== null) throw refuse('session_not_found');
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
  tx.add('tickets', { id: newRowId(), shopId: tx.shopId, ...input });
  return null;
}

export function takeTicket(tx: Tx, { hash, path, keep }: TicketUse): User | null {
  const query: Query<'tickets'> = {
    collection: 'tickets',
    name: `tickets/${hash}`,
    filter: { hash },
    matches: (row) => row.hash === hash,
  };
  const ticket: TicketRow | undefined = tx.find(query)[0];
  if (ticket?.path !== path) return null;
  if (!keep) tx.remove('tickets', ticket.id);
  if (ticket.expiresAt <= tx.by.at) return null;
  const user = tx.get('users', ticket.userId);
  const session = ticket.sessionId === null ? null : tx.get('sessions', ticket.sessionId);
  return user?.isActive && isLive(user, ticket.sessionId, session) ? toUser(user) : null;
}
