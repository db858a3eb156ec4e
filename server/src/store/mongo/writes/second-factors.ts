import {
  type SecondFactor,
  type SecondFactorProof,
  stateOf,
  usingProof,
} from '../../../domain/second-factor.ts';
import { refuse } from '../../../domain/shop-error.ts';
import type { User } from '../../../domain/user.ts';
import type { ConfirmedFactor } from '../../second-factor-store.ts';
import { toUser } from '../reads/users.ts';
import type { UserRow } from '../rows.ts';
import { endSessions } from './ended-sessions.ts';
import type { Tx } from './tx.ts';
import { requireMayManage } from './users.ts';

export function enrolSecondFactor(tx: Tx, userId: string, sealed: string): null {
  const user = findExisting(tx, userId);
  if (isOn(user)) throw refuse('totp_on');
  tx.put('users', withFactor(user, { sealed, confirmedAt: null, lastStep: 0, recoveryHashes: [] }));
  return null;
}

export function confirmSecondFactor(tx: Tx, userId: string, confirmed: ConfirmedFactor): User {
  const { sealed, step, recoveryHashes, keepSessionId } = confirmed;
  const user = findExisting(tx, userId);
  if (isOn(user)) throw refuse('totp_on');
  if (user.secondFactor?.sealed !== sealed) throw refuse('totp_off');
  const factor = { sealed, confirmedAt: tx.by.at, lastStep: step, recoveryHashes };
  tx.put('users', withFactor(user, factor));
  endSessions(tx, userId, keepSessionId);
  return tell(tx, userId, 'user.totp_on');
}

export function renewRecoveryCodes(
  tx: Tx,
  userId: string,
  proof: SecondFactorProof,
  recoveryHashes: string[],
): User {
  const user = findExisting(tx, userId);
  tx.put('users', withFactor(user, { ...requireProof(user, proof), recoveryHashes }));
  return tell(tx, userId, 'user.recovery_codes_renewed');
}

export function dropSecondFactor(tx: Tx, userId: string, proof: SecondFactorProof): User {
  const user = findExisting(tx, userId);
  requireProof(user, proof);
  tx.put('users', withFactor(user, null));
  return tell(tx, userId, 'user.totp_off');
}

export function resetSecondFactor(tx: Tx, userId: string): User {
  const { actor } = tx.by;
  const user = findExisting(tx, userId);
  if (actor.kind === 'user' && actor.id === userId) {
    throw refuse('forbidden', { details: 'One’s own codes are switched off with one of them' });
  }
  requireMayManage(tx, user);
  if (!isOn(user)) throw refuse('totp_off');
  tx.put('users', withFactor(user, null));
  endSessions(tx, userId, null);
  return tell(tx, userId, 'user.totp_reset');
}

/** The account with the proof of a sign-in used up, where it has a second step. */
export function passSecondFactor(user: UserRow, proof: SecondFactorProof | null): UserRow {
  if (!isOn(user)) return user;
  if (proof === null) throw refuse('totp_needed');
  return withFactor(user, requireProof(user, proof));
}

function requireProof(user: UserRow, proof: SecondFactorProof): SecondFactor {
  const { secondFactor } = user;
  if (!secondFactor || !isOn(user)) throw refuse('totp_off');
  const next = usingProof(secondFactor, proof);
  if (next === null) throw refuse('totp_wrong');
  return next;
}

function isOn({ secondFactor = null }: UserRow): boolean {
  return stateOf(secondFactor) !== null;
}

function withFactor(user: UserRow, secondFactor: SecondFactor | null): UserRow {
  return { ...user, secondFactor };
}

function findExisting(tx: Tx, userId: string): UserRow {
  const user = tx.get('users', userId);
  if (!user) throw refuse('user_not_found');
  return user;
}

function tell(tx: Tx, userId: string, action: string): User {
  const user = { ...findExisting(tx, userId), updatedAt: tx.by.at };
  tx.put('users', user);
  tx.record(action, { type: 'user', id: userId }, null, null);
  return toUser(user);
}
