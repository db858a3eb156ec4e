// Writes a picture of every screen, light and dark, in English and Hindi, on a desktop and a phone, to docs/screenshots.
// Only the best stand in the README and are kept; the others are for looking at.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { DESKTOP, go, type Language, openBrowser, openPage, PHONE, signIn } from './browser.ts';
import { SCREENS, type Screen } from './every-screen.ts';
import { startShop } from './sample-shop.ts';
import { apiOf, removeSome } from './shop-api.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const LANGUAGES: readonly Language[] = ['en', 'hi'];
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  ['desktop', DESKTOP],
  ['phone', PHONE],
] as const;
const TRAINING_LOOK_MS = 500;

/** `npm run screenshots -- today khata` takes these screens alone. */
const wanted = process.argv.slice(2);
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
/** Last, since each picture of a bill makes one, and the shop's figures with it. */
const isBill = ({ name }: Screen): boolean => name === 'bill';
const rounds = [screens.filter((screen) => !isBill(screen)), screens.filter(isBill)];

mkdirSync(FOLDER, { recursive: true });
// With the open reference data, as `make demo` has it: the diamonds have their models.
const [shop, browser] = await Promise.all([startShop({ REFERENCE_DATA: 'true' }), openBrowser()]);
try {
  await trained();
  await removeSome(await apiOf(shop));
  for (const round of rounds.filter(({ length }) => length > 0)) {
    for (const language of LANGUAGES) {
      for (const theme of THEMES) {
        for (const size of SIZES) await takeAll(round, language, theme, size);
      }
    }
  }
} finally {
  await browser.close();
  await shop.remove();
}

async function takeAll(
  round: readonly Screen[],
  language: Language,
  theme: (typeof THEMES)[number],
  [sizeName, size]: (typeof SIZES)[number],
): Promise<void> {
  const { page, close } = await openPage(browser, shop, { language, theme, size });
  await signIn(page);
  for (const { name, path, open } of round) {
    await go(page, path);
    await open?.(page);
    // What was typed into may stand further down.
    await page.evaluate(() => scrollTo(0, 0));
    await picturesPainted(page);
    const file = `${name}-${language}-${theme}-${sizeName}.png`;
    await page.screenshot({ path: join(FOLDER, file), animations: 'disabled' });
    process.stdout.write(`${file}\n`);
  }
  await close();
}

async function trained(): Promise<void> {
  while (!shop.output().includes('training done')) await setTimeout(TRAINING_LOOK_MS);
}

/** Those that came may still be waiting to be decoded. */
async function picturesPainted(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.evaluate(async () => {
    for (const image of document.images) image.decoding = 'sync';
    await Promise.all([...document.images].map((image) => image.decode()));
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  });
}
