// A line that was away and is back: what was opened meanwhile comes by itself, its answers and its files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { go, openSignedIn } from '../browser.ts';
import { shared } from '../shared.ts';

test('screens that were opened without a line are loaded by themselves once it is back', async () => {
  const { shop, browser } = await shared();
  const { page, complaints, close } = await openSignedIn(browser, shop, '/console/orders');
  const context = page.context();
  const lose = async () => {
    await context.setOffline(true);
    await page.evaluate(() => dispatchEvent(new Event('offline')));
    await page.locator('[data-state="interrupted"]').waitFor();
  };
  await page.locator('[data-state="live"]').waitFor();
  const problem = page.getByRole('alert').filter({ hasText: 'The shop does not answer' });

  await lose();
  await go(page, '/console/orders?q=meera');
  await problem.waitFor();
  assert.doesNotMatch((await problem.textContent()) ?? '', /typed/);
  await context.setOffline(false);
  await page.locator('main [data-index="0"]').waitFor();
  assert.equal(await problem.count(), 0);

  // The same of a screen whose files are not there yet, also for whoever went on and came back to it.
  await lose();
  await go(page, '/console/journal');
  await problem.waitFor();
  assert.doesNotMatch((await problem.textContent()) ?? '', /typed/);
  await go(page, '/console/orders');
  await context.setOffline(false);
  await page.locator('[data-state="live"]').waitFor();
  await go(page, '/console/journal');
  await page.locator('main [data-index="0"]').waitFor();
  await lose();
  await go(page, '/console/analytics');
  await problem.waitFor();
  await context.setOffline(false);
  await page.locator('main nav a[aria-current="page"]').waitFor();
  assert.match(complaints.splice(0).join(), /ERR_INTERNET_DISCONNECTED/);
  await close();
});
