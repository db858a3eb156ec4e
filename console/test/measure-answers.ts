// How long the page takes to answer a key, a click or a letter with five thousand pieces listed. Measured, never
// asserted; what is painted when is measured by measure-paint.ts.
// `npm run measure --workspace console` prints a table; with `-- --json` one line of JSON for other programs.

import type { Browser, Page } from 'playwright-core';
import { openBrowser, openSignedIn } from './browser.ts';
import { type RunningShop, startShop } from './sample-shop.ts';
import { apiOf } from './shop-api.ts';

const PIECES = 5_000;
const AT_ONCE = 16;
/** The page's own clock of events is read when the answer to them has been painted. */
const PAINTED_MS = 300;

interface Figure {
  name: string;
  ms: number;
  limitMs: number;
}

async function addPieces(shop: RunningShop): Promise<void> {
  const api = await apiOf(shop);
  let next = 0;
  const clerk = async () => {
    while (next < PIECES) {
      const number = next++;
      const body = { name: `Ring ${number}`, category: 'Ring', base_price: 20_000 + number, weight: 5.5 };
      const answer = await api.send('POST', '/api/products', body);
      if (!answer.ok) throw new Error(`A piece was refused: ${answer.status} ${await answer.text()}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, clerk));
}

/** Scrolls until every piece is in the list. */
async function listAll(page: Page): Promise<void> {
  await page.evaluate(async (pieces) => {
    const listed = () => Number(document.querySelector('main table')?.getAttribute('aria-rowcount') ?? 0);
    while (listed() <= pieces) {
      window.scrollTo(0, document.documentElement.scrollHeight);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    window.scrollTo(0, 0);
  }, PIECES);
  await page.locator('main [data-index="0"]').waitFor();
}

/** The longest of the page's answers to what `act` does, from the key or the click to the paint. */
async function answerTo(page: Page, name: string, act: () => Promise<unknown>): Promise<Figure> {
  await page.evaluate(() => {
    const window_ = globalThis as unknown as { longest: number };
    window_.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window_.longest = Math.max(window_.longest, duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await act();
  await page.waitForTimeout(PAINTED_MS);
  const ms = await page.evaluate(() => (globalThis as unknown as { longest: number }).longest);
  return { name, ms, limitMs: 100 };
}

async function answersWithManyPieces(browser: Browser, shop: RunningShop): Promise<Figure[]> {
  await addPieces(shop);
  const { page, close } = await openSignedIn(browser, shop, '/console/products?view=table');
  await listAll(page);
  const figures = [
    await answerTo(page, 'choose a piece', () => page.locator('main [data-index="1"] input').click()),
    await answerTo(page, 'choose all pieces', () => page.locator('main thead input').click()),
    await answerTo(page, 'choose none', () => page.locator('main thead input').click()),
    await answerTo(page, 'next row, by J', () => page.keyboard.press('j')),
    await answerTo(page, 'scroll a page', () => page.keyboard.press('PageDown')),
    // Ten rows stand ready above those in view; one out of view would be scrolled to first, which nobody does by a click.
    await answerTo(page, 'open a piece', () => page.locator('main [data-index] a').nth(12).click()),
    await answerTo(page, 'type in the search', () =>
      page.getByRole('searchbox').pressSequentially('ring 49'),
    ),
  ];
  await close();
  return figures.map((figure) => ({ ...figure, name: `${PIECES} pieces listed: ${figure.name}` }));
}

const [shop, browser] = await Promise.all([startShop(), openBrowser()]);
try {
  const figures = await answersWithManyPieces(browser, shop);
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else {
    for (const { name, ms, limitMs } of figures) {
      process.stdout.write(`${String(Math.round(ms)).padStart(6)} ms  ${name} (wanted: ${limitMs} ms)\n`);
    }
  }
} finally {
  await browser.close();
  await shop.remove();
}
