// Before anybody is signed in: an empty shop's set-up by the link on the terminal, and a phone that comes by the
// network's address without encryption.

import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { describe, test } from 'node:test';
import { assertAccessible } from '../axe.ts';
import { go, openPage, PHONE, settled, signIn } from '../browser.ts';
import { startShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';

const NO_ADMIN = { DEMO: 'false', ADMIN_USERNAME: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' };

describe('from outside', () => {
  test('an empty shop is set up by the link on the terminal, and says what to do first', async () => {
    const { browser } = await shared();
    const shop = await startShop(NO_ADMIN);
    try {
      const code = /#code=([\w-]+)/.exec(shop.output())?.[1] ?? '';
      assert.notEqual(code, '', shop.output());
      const { page, complaints, close } = await openPage(browser, shop);
      // Whoever comes to the door of an empty shop is shown to the set-up.
      await page.goto('/console');
      await page.waitForURL(/\/setup$/);
      await page.goto(`/console/setup#code=${code}`);
      await assertAccessible(page, 'set-up');
      assert.equal(await page.getByLabel('Set-up code').inputValue(), code);
      await page.locator('[autocomplete="username"]').fill('ow');
      await page.getByLabel('E-mail').fill('owner@example.com');
      await page.locator('[autocomplete="new-password"]').fill('a pass word');
      await page.keyboard.press('Enter');
      await page.getByText('3 to 80 letters').waitFor();
      // The refusal of the short name is what the browser complained of.
      complaints.length = 0;
      await page.locator('[autocomplete="username"]').fill('owner');
      await page.keyboard.press('Enter');
      await settled(page);
      await page.getByRole('heading', { name: 'Open the shop' }).waitFor();
      await page.getByText('0 of 5 done').waitFor();
      await assertAccessible(page, 'Today of an empty shop');
      await page.goBack();
      await page.getByText('The shop is set up already').waitFor();
      await page.goForward();
      await page.getByRole('link', { name: 'The first customer' }).click();
      await page.getByText('No customers yet').waitFor();
      // What there is nothing of is said, not drawn.
      await go(page, '/console/analytics');
      await page.getByText('Nothing in this period').nth(2).waitFor();
      assert.equal(await page.locator('main [role="group"] svg').count(), 0);
      await close();
    } finally {
      await shop.remove();
    }
  });

  test('a forgotten password is no dead end: who is refused reads where a new one comes from', async () => {
    const { shop, browser } = await shared();
    const { page, complaints, close } = await openPage(browser, shop, { size: PHONE });
    await page.goto('/console/sign-in');
    await page.locator('[autocomplete="username"]').fill('nobody-at-all');
    await page.locator('[autocomplete="current-password"]').fill('not this one');
    assert.equal(await page.getByText('reset-password').count(), 0);
    await page.keyboard.press('Enter');
    await page.getByText('User name or password is not right.').waitFor();
    await page.getByText('on the shop’s computer: npx swati reset-password').waitFor();
    assert.match(complaints.splice(0).join(), /401/);
    await close();
  });

  test('who was here once opens the console without a connection, in their language', async () => {
    const { shop, browser } = await shared();
    const context = await browser.newContext({ locale: 'hi-IN', baseURL: shop.origin });
    const page = await context.newPage();
    await signIn(page);
    // A promise is something to waitForFunction, whatever comes of it.
    await page.evaluate(async () => {
      const isKept = async (name: string) => {
        const caught = await Promise.all(
          (await caches.keys()).map(async (key) => (await caches.open(key)).keys()),
        );
        return caught.flat().some(({ url }) => url.includes(name));
      };
      while (!(await isKept('first-paint')) || !(await isKept('today-screen')))
        await new Promise((resolve) => setTimeout(resolve, 20));
    });
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'दुकान का सर्वर जवाब नहीं दे रहा' }).waitFor();
    // And goes on by itself when it is back.
    await context.setOffline(false);
    await page.locator('[data-state="live"]').waitFor();
    await context.close();
  });

  test('a phone in the network works without encryption, and says so', async (t) => {
    const { shop, browser } = await shared();
    const address = Object.values(networkInterfaces())
      .flat()
      .find((each) => each !== undefined && each.family === 'IPv4' && !each.internal)?.address;
    if (address === undefined) return t.skip('this machine has no address in a network');
    const origin = `http://${address}:${shop.port}`;
    const { page, close } = await openPage(browser, shop, { language: 'hi', size: PHONE, origin });
    await signIn(page, '/console/customers');
    assert.equal(await page.evaluate(() => isSecureContext), false);
    await page.locator('[data-state="live"]').waitFor();
    await page.locator('.tabler-icon-lock-open-2').waitFor();
    await page.locator('[data-index="0"] a').tap();
    await page.waitForURL(/customers\/[0-9a-f]{24}/);
    await close();
  });
});
