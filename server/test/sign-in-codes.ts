// An authenticator app for the tests: it makes codes of the secret that it was given.

import { readBase32, totpCode } from '../src/features/auth/totp.ts';
import { logIn, PASSWORD } from './accounts.ts';
import type { TestShop } from './test-shop.ts';

const STEP_MS = 30_000;

export interface SignedInWithCodes {
  token: string;
  secret: string;
  recoveryCodes: string[];
}

/** What the app shows now. */
export function codeOf({ clock }: TestShop, secret: string): string {
  return totpCode(readBase32(secret), Math.floor(clock.now / STEP_MS));
}

/** Moves the clock on until the app shows another code, and answers it. */
export function nextCode(shop: TestShop, secret: string): string {
  shop.clock.now += STEP_MS;
  return codeOf(shop, secret);
}

/** Signs in by password and switches sign-in codes on. */
export async function switchCodesOn(shop: TestShop, username: string): Promise<SignedInWithCodes> {
  const { token } = (await logIn(shop, username)).body.data;
  const enrolled = await shop.send('POST', '/api/auth/totp/enrol', {
    token,
    body: { current_password: PASSWORD },
  });
  const { secret } = enrolled.body.data;
  const confirmed = await shop.send('POST', '/api/auth/totp/confirm', {
    token,
    body: { totp: nextCode(shop, secret) },
  });
  return { token, secret, recoveryCodes: confirmed.body.data.recovery_codes };
}
