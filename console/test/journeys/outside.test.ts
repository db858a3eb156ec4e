// Before anybody is signed in: an empty shop's set-up by the link on the terminal, and a phone that comes by the
// network's address without encryption.

import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { describe, test } from 'node:test';
import { assertAccessible } from '../axe.ts';
import { go, openPage, PHONE, settled, signIn } from '../browser.ts';
import { replaceableConsole } from '../replaced-console.ts';
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
      await page.getByRole('link', { name: 'The first customer' }).click();
      await page.getByText('No customers yet').waitFor();
      await close();
    } finally {
      await shop.remove();
    }
  });

  test('who was here once opens the console without a connection, in their language', async () => {
    const { shop, browser } = await shared();
    const context = await browser.newContext({ locale: 'hi-IN', baseURL: shop.origin });
    const page = await context.newPage();
    await signIn(page);
    await page.waitForFunction(async () => {
      const kept = (
        await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()))
      ).flat();
      return ['first-paint', 'today-screen'].every((name) => kept.some(({ url }) => url.includes(name)));
    });
    await context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: 'दुकान का सर्वर जवाब नहीं दे रहा' }).waitFor();
    await context.close();
  });

  test('the console is replaced while a page is open: it says so, goes on, loses no word, and leaves no old file', async () => {
    const { shop, browser } = await shared();
    const replaced = await replaceableConsole(shop);
    const context = await browser.newContext({ locale: 'en-IN', baseURL: replaced.origin });
    try {
      const page = await context.newPage();
      await signIn(page);
      await page.locator('[data-state="live"]').waitFor();
      const kept = (wanted: string, isEvery = false) =>
        page.waitForFunction(
          async ([pattern, every]) => {
            const names = (await (await caches.open('swati-shell-1')).keys()).map(({ url }) => url);
            const scripts = names.filter((name) => /assets.*\.js$/.test(name));
            return every
              ? scripts.every((name) => name.includes(pattern))
              : scripts.some((name) => name.includes(pattern));
          },
          [wanted, isEvery] as const,
        );
      await kept('today-screen');
      await go(page, '/console/customers?add=true');
      await page.getByRole('dialog').getByLabel('Phone').fill('98765 00009');

      replaced.replace();
      await page.getByText('The shop’s program is newer than this page').waitFor();
      assert.equal(await page.getByRole('dialog').getByLabel('Phone').inputValue(), '98765 00009');
      // A screen that was never visited is of the new build, as is then everything else on the page.
      await page.evaluate(() => Object.assign(window, { isOldPage: true }));
      await go(page, '/console/journal');
      assert.equal(await page.evaluate(() => 'isOldPage' in window), false);
      const scripts = await page.evaluate(() =>
        [
          ...document.querySelectorAll(
            'script[type="module"], link[rel="stylesheet"], link[rel="modulepreload"]',
          ),
        ].map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? ''),
      );
      assert.deepEqual(
        scripts.filter((path) => !path.includes('.new.')),
        [],
      );
      assert.equal(await page.getByText('The shop’s program is newer than this page').count(), 0);
      await kept('journal-screen');
      await kept('.new.js', true);
      await go(page, '/console/customers?add=true');
      assert.equal(await page.getByRole('dialog').getByLabel('Phone').inputValue(), '98765 00009');
      // And what is kept is one whole build.
      await context.setOffline(true);
      await page.goto('/console/journal');
      await page.getByRole('heading', { name: 'The shop does not answer' }).waitFor();
    } finally {
      await context.close();
      replaced.close();
    }
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
