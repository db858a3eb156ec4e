import {
  type SecondFactor,
  type SecondFactorProof,
  stateOf,
  usingProof,
} from '../../../domain/second-factor.ts';
import { refuse } from '../../../domain/shop-error.ts';
import type { User } from '../../../domain/user.ts';
import type { ConfirmedFactor } from '../../second-factor-store.ts';
import { findSecondFactor } from '../reads/second-factors.ts';
import { findUser } from '../reads/users.ts';
import { endSessions } from './ended-sessions.ts';
import type { Tx } from './tx.ts';
import { requireMayManage } from './users.ts';

export function enrolSecondFactor(tx: Tx, userId: string, sealed: string): null {
  if (findExisting(tx, userId).secondFactor !== null) throw refuse('totp_on');
  keep(tx, userId, { sealed, confirmedAt: null, lastStep: 0, recoveryHashes: [] });
  return null;
}

export function confirmSecondFactor(tx: Tx, userId: string, confirmed: ConfirmedFactor): User {
  const { sealed, step, recoveryHashes, keepSessionId } = confirmed;
  if (findExisting(tx, userId).secondFactor !== null) throw refuse('totp_on');
  if (findSecondFactor(tx, tx.shopId, userId)?.sealed !== sealed) throw refuse('totp_off');
  keep(tx, userId, { sealed, confirmedAt: tx.by.at, lastStep: step, recoveryHashes });
  endSessions(tx, userId, keepSessionId);
  return tell(tx, userId, 'user.totp_on');
}

export function renewRecoveryCodes(
  tx: Tx,
  userId: string,
  proof: SecondFactorProof,
  recoveryHashes: string[],
): User {
  keep(tx, userId, { ...requireProof(tx, userId, proof), recoveryHashes });
  return tell(tx, userId, 'user.recovery_codes_renewed');
}

export function dropSecondFactor(tx: Tx, userId: string, proof: SecondFactorProof): User {
  requireProof(tx, userId, proof);
  keep(tx, userId, null);
  return tell(tx, userId, 'user.totp_off');
}

export function resetSecondFactor(tx: Tx, userId: string): User {
  const { actor } = tx.by;
  const user = findExisting(tx, userId);
  if (actor.kind === 'user' && actor.id === userId) {
    throw refuse('forbidden', { details: 'One’s own codes are switched off with one of them' });
  }
  requireMayManage(tx, user);
  if (user.secondFactor === null) throw refuse('totp_off');
  keep(tx, userId, null);
  endSessions(tx, userId, null);
  return tell(tx, userId, 'user.totp_reset');
}

/** Uses the proof of a sign-in up, where the account has a second step. */
export function passSecondFactor(tx: Tx, userId: string, proof: SecondFactorProof | null): void {
  const factor = findSecondFactor(tx, tx.shopId, userId);
  if (factor === null || stateOf(factor) === null) return;
  if (proof === null) throw refuse('totp_needed');
  keep(tx, userId, requireProof(tx, userId, proof));
}

function requireProof(tx: Tx, userId: string, proof: SecondFactorProof): SecondFactor {
  const isOn = findExisting(tx, userId).secondFactor !== null;
  const factor = findSecondFactor(tx, tx.shopId, userId);
  if (factor === null || !isOn) throw refuse('totp_off');
  const next = usingProof(factor, proof);
  if (next === null) throw refuse('totp_wrong');
  return next;
}

function findExisting(tx: Tx, userId: string): User {
  const user = findUser(tx, tx.shopId, userId);
  if (!user) throw refuse('user_not_found');
  return user;
}

function keep(tx: Tx, userId: string, factor: SecondFactor | null): void {
  tx.run('UPDATE users SET second_factor = :factor WHERE shop_id = :shopId AND id = :userId', {
    shopId: tx.shopId,
    userId,
    factor: factor && JSON.stringify(factor),
  });
}

function tell(tx: Tx, userId: string, action: string): User {
  tx.run('UPDATE users SET updated_at = :at WHERE shop_id = :shopId AND id = :userId', {
    shopId: tx.shopId,
    userId,
    at: tx.by.at,
  });
  tx.record(action, { type: 'user', id: userId }, null, null);
  return findExisting(tx, userId);
}
