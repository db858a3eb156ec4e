// Lists and tables on small and old screens: they stay where they are, and in their sheet.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { mr as customersMr } from '../../src/features/customers/words/mr.ts';
import { mr as ordersMr } from '../../src/features/orders/words/mr.ts';
import { mr as frameMr } from '../../src/frame/words/mr.ts';
import { go, openSignedIn, resize } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf } from '../shop-api.ts';

describe('small and old screens', () => {
  let shop: RunningShop;
  let browser: Browser;
  before(async () => {
    ({ shop, browser } = await shared());
  });

  test('a long list stays where it is when a row of it is opened beside it, and closed', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/products?view=table');
    await resize(page, { width: 1440, height: 500 });
    await page.locator('main [data-index="0"]').waitFor();
    await page.evaluate(() => window.scrollTo(0, 300));
    const row = page.locator('main [data-index="9"]');
    await row.waitFor();
    const before = await page.evaluate(() => window.scrollY);
    assert.ok(before > 100, 'the list is too short to be scrolled');
    await row.getByRole('link').click();
    await page.locator('main form').first().waitFor();
    assert.equal(await page.evaluate(() => window.scrollY), before);
    assert.ok(await row.isVisible(), 'the row that was opened is gone');
    await page.keyboard.press('Escape');
    await page.waitForURL(/products\?/);
    assert.equal(await page.evaluate(() => window.scrollY), before);
    await close();
  });

  test('on an old screen no table leaves its sheet, and what matters most of an order is in the list', async () => {
    const size = { width: 1024, height: 768 };
    const { page, close } = await openSignedIn(browser, shop, '/console/today', { language: 'mr', size });
    const table = page.locator('main table').first();
    await table.waitFor();
    const over = (each: Element) => each.scrollWidth - (each.closest('section')?.clientWidth ?? 0);
    assert.equal(await table.evaluate(over), 0, 'Today');
    const tops = await page
      .locator('main [class*="_tile_"]')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().top));
    assert.equal(tops.filter((top) => top === tops.at(-1)).length, 2, 'no tile alone in its row');
    await go(page, '/console/orders');
    await page.locator('main th', { hasText: ordersMr.total }).waitFor();
    assert.equal(await table.evaluate(over), 0, 'orders');
    await resize(page, { width: 768, height: 1024 });
    const total = page.locator('main th', { hasText: ordersMr.total });
    await total.waitFor();
    assert.equal(await table.evaluate(over), 0, 'orders on a tablet');
    await page.reload();
    await total.waitFor();
    const rail = await page.locator('nav').first().boundingBox();
    assert.ok(rail && rail.width < 100, 'the rail leaves a tablet to the page');
    const api = await apiOf(shop);
    const { data } = await api.get<{ data: { id: string }[] }>('/api/customers/search?q=meera');
    await go(page, `/console/customers/${data[0]?.id}`);
    await page.locator('main th', { hasText: customersMr.what }).waitFor();
    assert.equal(await table.evaluate(over), 0, 'the ledger');
    await resize(page, size);
    // The way out of an address that is none stands at its side.
    await go(page, '/console/no/such/place');
    await page.locator('nav a', { hasText: frameMr.orders }).waitFor();
    // The computer says that its network is gone; the shop is on it, and answers.
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    await page.locator('[data-state="interrupted"]').waitFor();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.locator('[data-state="live"]').waitFor();
    await close();
  });
});
