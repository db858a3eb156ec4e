// One shop and one browser for all browser tests of a run (the files share a process). Whoever needs a shop in another
// state starts its own.

import { after } from 'node:test';
import type { Browser } from 'playwright-core';
import { ONE_PROCESS, openBrowser, SHORT_VISITS } from './browser.ts';
import { type RunningShop, startShop } from './sample-shop.ts';

let started: Promise<{ shop: RunningShop; browser: Browser }> | undefined;

export function shared(): Promise<{ shop: RunningShop; browser: Browser }> {
  started ??= Promise.all([startShop(), openBrowser(SHORT_VISITS, ONE_PROCESS)]).then(([shop, browser]) => ({
    shop,
    browser,
  }));
  return started;
}

after(async () => {
  if (started === undefined) return;
  const { shop, browser } = await started;
  await browser.close();
  await shop.remove();
});
