// What must hold on every screen alike: one h1, names in every language, no violation, no complaint, nothing cut off.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { type AxeRules, assertAccessible } from './axe.ts';
import { go, openPage, type PageWish, SMALL_PHONE, settled, sideways, signIn } from './browser.ts';
import { SCREENS } from './every-screen.ts';
import { shared } from './shared.ts';
import { apiOf, removeSome } from './shop-api.ts';

/** Visits all screens on one page. `rules`: what axe is asked about each. */
export async function assertWholeScreens(wish: PageWish, name: string, rules: AxeRules): Promise<void> {
  const { shop, browser } = await shared();
  // Another session, which can be ended.
  await removeSome(await apiOf(shop));
  const { page, close } = await openPage(browser, shop, wish);
  await page.goto('/console/sign-in');
  await page.locator('main h1').waitFor();
  await assertAccessible(page, 'sign-in', rules);
  await signIn(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), wish.language);
  for (const screen of SCREENS) {
    await go(page, screen.path);
    if (screen.open) {
      await screen.open(page);
      await settled(page);
    }
    assert.equal(await page.locator('main h1').count(), 1, `${screen.name}: one h1 in main`);
    assert.equal(await sideways(page), 0, `${screen.name}: nothing sticks out at the side`);
    if (wish.size === SMALL_PHONE) {
      assert.deepEqual(await smallTargets(page), [], `${screen.name}: room for a finger`);
      assert.deepEqual(await crowdedCards(page), [], `${screen.name}: nothing lies on a row's text`);
      const { height = 0 } = (await page.locator('main h1').boundingBox()) ?? {};
      assert.ok(height < 60, `${screen.name}: its name has the room of two lines`);
    }
    assert.deepEqual(await faintFields(page), [], `${screen.name}: fields are seen on their ground`);
    if (wish.language !== 'en') {
      const text = (await page.textContent('main')) ?? '';
      assert.ok(!text.includes('sample shop'), `${screen.name}: English in ${name}`);
    }
    await assertAccessible(page, `${screen.name}, ${name}`, rules);
  }
  await close();
}

/** Fields whose line has less than 3:1 on their own ground (WCAG 1.4.11), which axe does not measure. */
function faintFields(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const light = (colour: string) => {
      const parts = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => Number(part) / 255);
      const [r = 0, g = 0, b = 0] = parts.map((part) =>
        part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const fields =
      '.mantine-Input-wrapper[data-variant="default"] > .mantine-Input-input, .mantine-Checkbox-input';
    return [...document.querySelectorAll<HTMLElement>(`:is(${fields}):not(:disabled, :checked)`)].flatMap(
      (field) => {
        const { borderTopColor, backgroundColor } = getComputedStyle(field);
        const [line, ground] = [light(borderTopColor), light(backgroundColor)];
        const contrast = Math.max(line, ground) / Math.min(line, ground);
        return contrast >= 3 ? [] : [`${contrast.toFixed(2)} ${field.outerHTML.slice(0, 200)}`];
      },
    );
  });
}

/** Texts of a row's card on which a button with a word lies: under a finger it is taller than its line. */
function crowdedCards(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll('main li[data-index] span button')];
    return buttons.flatMap((button) => {
      if (button.textContent === '') return [];
      const pressed = button.getBoundingClientRect();
      const others = [...(button.closest('li')?.querySelectorAll('span, time') ?? [])];
      return others
        .filter((text) => text.childElementCount === 0 && text.textContent !== '' && !button.contains(text))
        .filter((text) => {
          const { top, bottom, left, right } = text.getBoundingClientRect();
          const isBeside = left >= pressed.right || right <= pressed.left;
          return !isBeside && Math.min(bottom, pressed.bottom) - Math.max(top, pressed.top) > 2;
        })
        .map((text) => `${button.textContent} on ${text.textContent}`);
    });
  });
}

/** What is tapped and answers a finger on less than 44 pixels across its middle, whatever grows or lies over it. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('[role="dialog"]') ?? document.querySelector('main');
    const tapped = 'a[href], button, input:not([type="file"]), textarea, .mantine-SegmentedControl-label';
    const small = [...(root?.querySelectorAll<HTMLElement>(tapped) ?? [])].filter((element) => {
      // Behind a label of its own, or within a field's frame.
      if (element.matches('[type="radio"], .mantine-PasswordInput-innerInput')) return false;
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const isHit = (right: number, down: number) => {
        const hit = document.elementFromPoint(left + width / 2 + right, top + height / 2 + down);
        return hit !== null && (element.contains(hit) || hit.closest('label')?.control === element);
      };
      const reach = (right: number, down: number) => {
        let by = 0;
        while (by < 44 && isHit(right * (by + 1), down * (by + 1))) by++;
        return by;
      };
      // Edges between two pixels may take half a one on either side.
      return width >= 2 && (reach(-1, 0) + reach(1, 0) < 42 || reach(0, -1) + reach(0, 1) < 42);
    });
    scrollTo(0, 0);
    return small.map(({ outerHTML }) => outerHTML.slice(0, 200));
  });
}
