// Switching the second step of one's own sign-in on and off. What changes it asks for the password again: a session that
// was left open must not be enough.

import type { By } from '../../domain/actor.ts';
import { invalid, refuse, ShopError } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import type { Shop } from '../../http/shop.ts';
import { countAttempt } from './count-attempt.ts';
import type { PasswordQueue } from './password-queue.ts';
import { proveSecondFactor } from './prove-second-factor.ts';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { openSealed, sealSecret } from './seal-secret.ts';
import { isTotpCode, matchingStep, newTotpSecret, totpAddress } from './totp.ts';
import { type OwnPassword, withOwnPassword } from './with-own-password.ts';

/** Makes a secret for the app. Refuses: totp_on, password_wrong, throttled. */
export async function enrol(
  shop: Shop,
  queue: PasswordQueue,
  user: User,
  password: OwnPassword,
  by: By,
): Promise<{ secret: string; address: string }> {
  if (user.secondFactor !== null) throw refuse('totp_on');
  const secret = newTotpSecret(shop.randomText);
  await withOwnPassword(shop, queue, user, password, by, () =>
    shop.store.secondFactors.enrol(user.id, sealSecret(secret, user.id, shop), by),
  );
  const { shopName } = await shop.store.settings.get();
  return { secret, address: totpAddress(secret, user.username, shopName) };
}

/**
 * Switches it on with the first code of the app. Answers the recovery codes. Wrong codes count as failed sign-ins, or
 * whoever has the session of somebody who began could guess on. Refuses: totp_on, totp_off, code_wrong, throttled.
 */
export async function confirm(
  shop: Shop,
  user: User,
  { typed, sessionId, address }: { typed: string; sessionId: string | null; address: string },
  by: By,
): Promise<string[]> {
  if (user.secondFactor !== null) throw refuse('totp_on');
  const factor = await shop.store.secondFactors.find(user.id);
  if (factor === null) throw refuse('totp_off');
  const attemptId = await countAttempt(shop, user.id, address, by);
  const code = typed.replace(/\s/g, '');
  const secret = openSealed(factor.sealed, user.id, shop);
  const step = secret === null || !isTotpCode(code) ? null : matchingStep(secret, code, shop.now());
  if (step === null) throw wrongCode();
  const codes = newRecoveryCodes(shop);
  const confirmed = {
    sealed: factor.sealed,
    step,
    recoveryHashes: codes.map((each) => hashRecoveryCode(user.id, each)),
    keepSessionId: sessionId,
  };
  await shop.store.secondFactors.confirm(user.id, confirmed, by);
  if (attemptId !== null) await shop.store.sessions.forgetAttempt(attemptId, by);
  return codes;
}

/** The password and a code, as what takes protection away asks for. */
export interface FullProof {
  password: OwnPassword;
  typed: string;
}

/** Refuses: totp_off, password_wrong, code_wrong, throttled. */
export async function switchOff(
  shop: Shop,
  queue: PasswordQueue,
  user: User,
  proof: FullProof,
  by: By,
): Promise<void> {
  await withProof(shop, queue, user, proof, by, (good) => shop.store.secondFactors.drop(user.id, good, by));
}

/** Other recovery codes in place of all. Refuses: totp_off, password_wrong, code_wrong, throttled. */
export async function renewCodes(
  shop: Shop,
  queue: PasswordQueue,
  user: User,
  proof: FullProof,
  by: By,
): Promise<string[]> {
  const codes = newRecoveryCodes(shop);
  const hashes = codes.map((code) => hashRecoveryCode(user.id, code));
  await withProof(shop, queue, user, proof, by, (good) =>
    shop.store.secondFactors.renewCodes(user.id, good, hashes, by),
  );
  return codes;
}

type Proof = NonNullable<ReturnType<typeof proveSecondFactor>>;

function withProof(
  shop: Shop,
  queue: PasswordQueue,
  user: User,
  { password, typed }: FullProof,
  by: By,
  work: (proof: Proof) => Promise<unknown>,
): Promise<void> {
  return withOwnPassword(shop, queue, user, password, by, async () => {
    const factor = await shop.store.secondFactors.find(user.id);
    if (factor === null || user.secondFactor === null) throw refuse('totp_off');
    const proof = proveSecondFactor(shop, user.id, factor, typed);
    if (proof === null) throw wrongCode();
    await work(proof).catch((error: unknown) => {
      throw error instanceof ShopError && error.code === 'totp_wrong' ? wrongCode() : error;
    });
  });
}

function wrongCode(): ShopError {
  const { refusal } = invalid('totp', 'code', 'must be the code that the app shows now, not used before');
  return new ShopError({ code: 'code_wrong', ...(refusal.fields ? { fields: refusal.fields } : {}) });
}
