// Back on a phone closes whatever lies over the page, and nothing else; what was typed is there again.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openSignedIn, PHONE } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';

describe('Back over a window', () => {
  let shop: RunningShop;
  let browser: Browser;
  before(async () => {
    ({ shop, browser } = await shared());
  });

  test('an entry that is being typed stays at its khata, and is closed by Back as often as it is opened', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/customers', { size: PHONE });
    await page.getByRole('main').getByRole('link', { name: 'Meera Shah' }).first().tap();
    await page.getByRole('heading', { name: 'Meera Shah', level: 1 }).waitFor();
    const khata = page.url();
    const dialog = page.getByRole('dialog');
    for (const typed of ['', '4,321']) {
      await page.getByRole('button', { name: /^You got/ }).tap();
      const amount = dialog.getByLabel('Amount');
      await amount.waitFor();
      assert.equal(await amount.inputValue(), typed);
      await amount.fill('4321');
      await page.goBack();
      await dialog.waitFor({ state: 'detached' });
      assert.equal(page.url(), khata);
    }
    await page.goBack();
    await page.getByRole('heading', { name: 'Khata', level: 1 }).waitFor();
    await close();
  });

  test('a window that a link led to leaves its list standing', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/today', { size: PHONE });
    await page.getByRole('main').getByRole('button', { name: 'Order', exact: true }).tap();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Customer').waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await page.waitForURL((url) => `${url.pathname}${url.search}` === '/console/orders');
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/console/today');
    await close();
  });
});
