// What must hold on every screen alike: one h1, names in every language, no violation, no complaint, nothing cut off.

import assert from 'node:assert/strict';
import { assertAccessible } from './axe.ts';
import { go, openPage, type PageWish, settled, sideways, signIn } from './browser.ts';
import { SCREENS } from './every-screen.ts';
import { shared } from './shared.ts';

/** Visits all screens on one page. `axe`: asked about each, too. */
export async function assertWholeScreens(wish: PageWish, name: string, axe: boolean): Promise<void> {
  const { shop, browser } = await shared();
  const { page, close } = await openPage(browser, shop, wish);
  await page.goto('/console/sign-in');
  await page.locator('main h1').waitFor();
  if (axe) await assertAccessible(page, 'sign-in');
  await signIn(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), wish.language);
  for (const screen of SCREENS) {
    await go(page, screen.path);
    await screen.open?.(page);
    await settled(page);
    await page.locator('main h1').first().waitFor();
    assert.equal(await page.locator('main h1').count(), 1, `${screen.name}: one h1 in main`);
    assert.equal(await sideways(page), 0, `${screen.name}: nothing sticks out at the side`);
    if (wish.language !== 'en') {
      const text = (await page.textContent('main')) ?? '';
      assert.ok(!text.includes('sample shop'), `${screen.name}: English in ${name}`);
    }
    if (axe) await assertAccessible(page, `${screen.name}, ${name}`);
  }
  await close();
}
