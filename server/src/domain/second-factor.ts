// The second step of signing in: a code of an authenticator app (RFC 6238), or a recovery code in its place.

import type { Role } from './permissions.ts';

const STEP_MS = 30_000;
/** The clocks of phones differ: the code of one step before and of one after is good too. */
const DRIFT_STEPS = 1;
/** Made when the second step is switched on, each good once. */
export const RECOVERY_CODE_COUNT = 10;

/** What is stored of an account's second step. Never leaves the sign-in code. */
export interface SecondFactor {
  /** The secret that the app holds too, sealed by a key that is not in the store. */
  sealed: string;
  /** null: begun and not confirmed yet, which asks nobody for a code. */
  confirmedAt: number | null;
  /** The newest step whose code was used; it and those before are good no more. */
  lastStep: number;
  /** Of the recovery codes that are left. */
  recoveryHashes: string[];
}

/** What of it the rest of the shop may know. */
export interface SecondFactorState {
  since: number;
  recoveryCodesLeft: number;
}

/** A code that was found right, to be used up in the transaction that relies on it. */
export type SecondFactorProof = { sealed: string; step: number } | { recoveryHash: string };

/** The steps whose codes are good at an instant (milliseconds), likeliest first. */
export function stepsAt(at: number): number[] {
  const now = Math.floor(at / STEP_MS);
  const drifts = Array.from({ length: DRIFT_STEPS }, (_, n) => n + 1);
  return [now, ...drifts.flatMap((drift) => [now - drift, now + drift])].filter((step) => step >= 0);
}

/** The second step with the proof used up; null when the proof is good no more. */
export function usingProof(factor: SecondFactor, proof: SecondFactorProof): SecondFactor | null {
  if ('step' in proof) {
    // Another secret may have taken the place of the one that the code was checked against.
    if (proof.sealed !== factor.sealed || proof.step <= factor.lastStep) return null;
    return { ...factor, lastStep: proof.step };
  }
  const left = factor.recoveryHashes.filter((hash) => hash !== proof.recoveryHash);
  return left.length < factor.recoveryHashes.length ? { ...factor, recoveryHashes: left } : null;
}

/** null: no code is asked for. */
export function stateOf(factor: SecondFactor | null): SecondFactorState | null {
  if (factor === null || factor.confirmedAt === null) return null;
  return { since: factor.confirmedAt, recoveryCodesLeft: factor.recoveryHashes.length };
}

/** Whether the account must switch its second step on before it may do anything else. */
export function owesSecondFactor(
  user: { role: Role; secondFactor: SecondFactorState | null },
  rolesWithIt: readonly Role[],
): boolean {
  return user.secondFactor === null && rolesWithIt.includes(user.role);
}
