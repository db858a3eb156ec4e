// An update of the shop while a page of its console is open.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { go, signIn } from '../browser.ts';
import { replaceableConsole } from '../replaced-console.ts';
import { shared } from '../shared.ts';

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
