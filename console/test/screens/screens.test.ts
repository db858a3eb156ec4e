// What must hold on every screen alike: one h1, names in every language, no violation, no complaint, nothing cut off.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { assertAccessible } from '../axe.ts';
import { DESKTOP, go, openPage, type PageWish, PHONE, settled, sideways, signIn } from '../browser.ts';
import { SCREENS } from '../every-screen.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';

const WISHES: readonly (PageWish & { name: string; axe: boolean })[] = [
  { name: 'English, light, desktop', language: 'en', theme: 'light', size: DESKTOP, axe: true },
  { name: 'Hindi, dark, phone', language: 'hi', theme: 'dark', size: PHONE, axe: true },
  // What axe looks at differs by theme and by width alone; texts are longest in Marathi.
  {
    name: 'Marathi, light, tablet',
    language: 'mr',
    theme: 'light',
    size: { width: 820, height: 1180 },
    axe: false,
  },
];

describe('every screen', () => {
  let shop: RunningShop;
  let browser: Browser;
  before(async () => {
    ({ shop, browser } = await shared());
  });

  for (const wish of WISHES) {
    test(`is whole and open to everyone: ${wish.name}`, async () => {
      const { page, close } = await openPage(browser, shop, wish);
      await page.goto('/console/sign-in');
      await page.locator('main h1').waitFor();
      if (wish.axe) await assertAccessible(page, 'sign-in');
      await signIn(page);
      assert.equal(await page.evaluate(() => document.documentElement.lang), wish.language);
      for (const screen of SCREENS) {
        await go(page, screen.path);
        await screen.open?.(page);
        await settled(page);
        await page.locator('main h1').first().waitFor();
        assert.equal(await page.locator('main h1').count(), 1, `${screen.name}: one h1 in main`);
        assert.equal(await sideways(page), 0, `${screen.name}: nothing sticks out at the side`);
        if (wish.axe) await assertAccessible(page, `${screen.name}, ${wish.name}`);
      }
      await close();
    });
  }
});
