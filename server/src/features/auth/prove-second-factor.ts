import type { SecondFactor, SecondFactorProof } from '../../domain/second-factor.ts';
import type { Shop } from '../../http/shop.ts';
import { hashRecoveryCode } from './recovery-codes.ts';
import { openSealed } from './seal-secret.ts';
import { isTotpCode, matchingStep } from './totp.ts';

/** What a typed code proves; null when it is wrong. Whether it was used before is for the store to say. */
export function proveSecondFactor(
  shop: Pick<Shop, 'config' | 'now'>,
  userId: string,
  factor: SecondFactor,
  typed: string,
): SecondFactorProof | null {
  const code = typed.replace(/\s/g, '');
  if (!isTotpCode(code)) {
    const recoveryHash = hashRecoveryCode(userId, typed);
    return factor.recoveryHashes.includes(recoveryHash) ? { recoveryHash } : null;
  }
  const secret = openSealed(factor.sealed, userId, shop);
  const step = secret === null ? null : matchingStep(secret, code, shop.now());
  return step === null ? null : { sealed: factor.sealed, step };
}
