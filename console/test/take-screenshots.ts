// Writes a picture of every screen, light and dark, in English and Hindi, on a desktop and a phone, to docs/screenshots.
// Only the best stand in the README and are kept; the others are for looking at.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { DESKTOP, go, type Language, openBrowser, openPage, PHONE, signIn } from './browser.ts';
import { SCREENS } from './every-screen.ts';
import { startShop } from './sample-shop.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const LANGUAGES: readonly Language[] = ['en', 'hi'];
const THEMES = ['light', 'dark'] as const;
const SIZES = { desktop: DESKTOP, phone: PHONE };

/** `npm run screenshots -- today khata` takes these screens alone. */
const wanted = process.argv.slice(2);
const screens = SCREENS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

mkdirSync(FOLDER, { recursive: true });
const [shop, browser] = await Promise.all([startShop(), openBrowser()]);
try {
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      for (const [sizeName, size] of Object.entries(SIZES)) {
        const { page, close } = await openPage(browser, shop, { language, theme, size });
        await signIn(page);
        for (const { name, path, open } of screens) {
          await go(page, path);
          await open?.(page);
          await picturesPainted(page);
          const file = `${name}-${language}-${theme}-${sizeName}.png`;
          await page.screenshot({ path: join(FOLDER, file), animations: 'disabled' });
          process.stdout.write(`${file}\n`);
        }
        await close();
      }
    }
  }
} finally {
  await browser.close();
  await shop.remove();
}

/** Those that came may still be waiting to be decoded. */
async function picturesPainted(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  await page.evaluate(async () => {
    await Promise.all([...document.images].map((image) => image.decode()));
    await new Promise(requestAnimationFrame);
  });
}
