// A rate that is held and confirmed, one that is refused and meant; the board at the counter follows by itself.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openSignedIn, resize } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, type ShopApi } from '../shop-api.ts';

interface Rates {
  data: { price_per_gram: number };
}

describe('prices', () => {
  let shop: RunningShop;
  let browser: Browser;
  let api: ShopApi;
  before(async () => {
    ({ shop, browser } = await shared());
    api = await apiOf(shop);
  });
  const inForce = async () =>
    (await api.get<Rates>('/api/prices/platinum/current?purity=950')).data.price_per_gram;

  test('the guard holds and refuses; both figures stand there before a rate is meant; the board follows', async () => {
    const before = await inForce();
    const held = Math.round(before * 1.12);
    const far = Math.round(before * 2);
    const [first, board] = await Promise.all([
      openSignedIn(browser, shop, '/console/prices'),
      openSignedIn(browser, shop, '/console/prices/board', { language: 'mr', theme: 'dark' }),
    ]);
    const { page, complaints } = first;
    await board.page.getByText(inRupees(before)).waitFor();
    await resize(board.page, { width: 360, height: 740 });
    const sizes = await board.page
      .locator('thead th')
      .evaluateAll((heads) => heads.map((head) => getComputedStyle(head).fontSize));
    assert.equal(new Set(sizes).size, 1, 'no head is larger than the others');
    await board.page.emulateMedia({ media: 'print' });
    assert.ok(await board.page.locator('header button').isHidden(), 'nothing to press on paper');
    await board.page.emulateMedia({ media: 'screen' });

    const set = page.getByRole('button', { name: 'Set rate: Platinum 950' });
    const dialog = page.getByRole('dialog');
    await set.click();
    await dialog.getByRole('textbox').fill(String(held));
    await dialog.getByText('12.0% higher than the rate in force').waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText(`Held: ${inRupees(held)}`).waitFor();
    // The focus stays in the window, before what may be done.
    await dialog.locator('[role="alert"]:focus').waitFor();
    assert.equal(await inForce(), before);
    // It waits in the list too, for whoever looks at it later.
    await page
      .getByRole('listitem')
      .getByText(`held: ${inRupees(held)}`)
      .waitFor();
    await dialog.getByRole('button', { name: `Put ${inRupees(held)} in force` }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal(await inForce(), held);
    await board.page.getByText(inRupees(held)).waitFor();

    await set.click();
    await dialog.getByRole('textbox').fill(String(far));
    await page.keyboard.press('Enter');
    await dialog.getByText('Nothing was recorded').waitFor();
    assert.match(complaints.splice(0).join(), /4\d\d/);
    assert.equal(await inForce(), held);
    await dialog.getByRole('button', { name: `It is meant: set ${inRupees(far)}` }).click();
    await dialog.waitFor({ state: 'detached' });
    await board.page.getByText(inRupees(far)).waitFor();
    await board.page.keyboard.press('Escape');
    await board.page.waitForURL(/prices$/);
    await Promise.all([first.close(), board.close()]);
  });

  test('the first rate of a purity stands beside what the others come to; a digit too many sets nothing', async () => {
    const { page, complaints, close } = await openSignedIn(browser, shop, '/console/prices');
    const { data: gold } = await api.get<Rates>('/api/prices/gold/current');
    const comesTo = Math.round((gold.price_per_gram * 100 * 585) / 916) / 100;
    const tenTimes = Math.round(comesTo * 10);
    const row = page.getByRole('listitem').filter({ hasText: 'Gold 14K 585' });
    await row.getByText('none yet').waitFor();
    await page.getByRole('button', { name: 'Set rate: Gold 14K 585' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(String(tenTimes));
    const beside = dialog.getByText(`By the rate of Gold 22K 916 it comes to ${inRupees(comesTo)}.`);
    await beside.waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('Very far from what the other rates come to').waitFor();
    await beside.waitFor();
    await dialog.getByRole('button', { name: `It is meant: set ${inRupees(tenTimes)}` }).waitFor();
    await dialog.getByRole('button', { name: 'Do not' }).click();
    await dialog.waitFor({ state: 'detached' });
    await row.getByText('none yet').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  test('the very first rate, which no other can show to be of ten grams, says what ten grams come to', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/prices');
    await page.route('**/api/prices/*/history?**', (route) =>
      route.fulfill({ json: { success: true, data: [] } }),
    );
    await page.reload();
    const dialog = page.getByRole('dialog');
    for (const [name, said] of [
      ['Gold 22K 916', '10 grams come to ₹11,86,500.00.'],
      ['Silver 999', 'A kilogram comes to ₹11,86,50,000.00.'],
    ] as const) {
      await page.getByRole('button', { name: `Set rate: ${name}` }).click();
      await dialog.getByRole('textbox').fill('118650');
      await dialog.getByText(said).waitFor();
      await dialog.getByRole('button', { name: 'Do not' }).click();
      await dialog.waitFor({ state: 'detached' });
    }
    await close();
  });
});

function inRupees(rupees: number): string {
  return `₹${rupees.toLocaleString('en-IN', { minimumFractionDigits: 2 })}`;
}
