// Sign-in codes from the owner's switch to the day the phone is lost, as people meet them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBase32, totpCode } from '../../../server/src/features/auth/totp.ts';
import { assertAccessible } from '../axe.ts';
import { DESKTOP, go, openPage, PHONE, resize, settled, signIn } from '../browser.ts';
import { OWNER, startShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';

const STEP_MS = 30_000;

/** What the phone shows; `later`: a step on, which is good too. */
function codeOf(key: string, later = 0): string {
  return totpCode(readBase32(key.replaceAll(' ', '')), Math.floor(Date.now() / STEP_MS) + later);
}

test('sign-in codes: the owner needs them, sets them up, signs in with them and with a recovery code', async () => {
  const { browser } = await shared();
  const shop = await startShop();
  const { page, complaints, close } = await openPage(browser, shop);
  try {
    await signIn(page, '/console/settings/people');
    await page.getByRole('switch', { name: 'Owners need them' }).click();
    const must = page.getByRole('dialog', { name: 'Set up sign-in codes' });
    await must.waitFor();
    // What lies below may be refused from this moment on.
    complaints.length = 0;
    await must.getByLabel('Current password').fill(OWNER.password);
    await page.keyboard.press('Enter');
    await must.getByRole('img', { name: 'QR code' }).waitFor();
    await assertAccessible(page, 'the QR code of the app');
    const key = (await must.locator('code').textContent()) ?? '';
    await must.getByLabel('Code that the app shows').fill('12');
    await page.keyboard.press('Enter');
    await must.getByText('Type what the app shows now').waitFor();
    await must.getByLabel('Code that the app shows').fill(codeOf(key));
    await page.keyboard.press('Enter');
    await must.getByText('shown only now').waitFor();
    await assertAccessible(page, 'the recovery codes');
    await page.emulateMedia({ colorScheme: 'dark' });
    await resize(page, PHONE);
    await assertAccessible(page, 'the recovery codes on a phone, in the dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await resize(page, DESKTOP);
    const [recovery = ''] = await must.locator('code').allTextContents();
    assert.match(recovery, /^[A-Z2-9]{4}(-[A-Z2-9]{4}){5}$/);
    await must.getByRole('button', { name: 'I have kept them' }).click();
    await must.waitFor({ state: 'detached' });
    await go(page, '/console/settings/account');
    await page.getByText('10 recovery codes are left').waitFor();

    await page.context().clearCookies();
    await signInTwice(codeOf(key, 1));
    await page.context().clearCookies();
    await signInTwice(recovery);
    await page.getByText('9 recovery codes are left').waitFor();
    // The refusals that ask for the code.
    complaints.length = 0;
    await close();
  } finally {
    await shop.remove();
  }

  /** Password first, and the code that is asked for then. */
  async function signInTwice(code: string): Promise<void> {
    await page.goto('/console/sign-in?to=/settings/account');
    await page.locator('[autocomplete="username"]').fill(OWNER.username);
    await page.locator('[autocomplete="current-password"]').fill(OWNER.password);
    await page.keyboard.press('Enter');
    await page.getByLabel('Sign-in code').waitFor();
    await assertAccessible(page, 'the question for the code');
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await settled(page);
  }
});
