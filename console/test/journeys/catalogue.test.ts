// A piece from the first keystroke to its removal and back; many at once; two people at one piece.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { en as errorsEn } from '../../src/words/errors/en.ts';
import { openSignedIn, settled } from '../browser.ts';
import { OWNER, type RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';

const PICTURE = fileURLToPath(new URL('../../public/icon-192.png', import.meta.url));

/** One pixel that can be seen through, in a file that is too large to be sent as it is. */
const CUT_OUT = {
  name: 'kada.png',
  mimeType: 'image/png',
  buffer: Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
      'base64',
    ),
    Buffer.alloc(5 * 1024 * 1024),
  ]),
};

/** The amount that the working of the price shows for a part, once it is another than before. */
async function amountOf(page: Page, part: string, before = 'none'): Promise<string> {
  const line = page
    .locator('dl > div')
    .filter({ has: page.locator('dt', { hasText: new RegExp(`^${part}`) }) });
  const amount = line.locator('dd').filter({ hasNotText: before });
  await amount.waitFor();
  return (await amount.textContent()) ?? '';
}

async function chooseState(page: Page, state: string): Promise<void> {
  await page.getByRole('combobox', { name: 'State' }).click();
  await page.getByRole('option', { name: state }).click();
}

/** `₹1,18,650.00` in paise. */
function paiseOf(text: string): number {
  return Number(text.replace(/\D/g, ''));
}

describe('the catalogue', () => {
  let shop: RunningShop;
  let browser: Browser;
  before(async () => {
    ({ shop, browser } = await shared());
  });
  const rows = (page: Page) => page.locator('main [data-index]');

  test('a piece is added with its picture, priced as one types, published, found, removed, brought back', async () => {
    const { page, close, complaints } = await openSignedIn(browser, shop, '/console/products');
    await rows(page).first().waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Kada of the test');
    // Typed, "ring" is the ring and not the earrings; and a name in full needs no Enter.
    const category = dialog.getByLabel('Category');
    await category.fill('ring');
    await category.press('Enter');
    assert.equal(await category.inputValue(), 'Ring');
    await category.fill('bangles');
    await category.press('Tab');
    assert.equal(await category.inputValue(), 'Bangles');
    await dialog.getByLabel('Net weight').fill('10');
    const metal = await amountOf(page, 'Metal');
    await dialog.getByLabel('Net weight').fill('20');
    const twice = await amountOf(page, 'Metal', metal);
    // What the price cannot be reckoned from is marked where it stands, before anything is sent.
    await dialog.getByLabel('Net weight').fill('200000');
    await dialog.getByText('Must be at most 1,00,000.').waitFor();
    assert.match(complaints.splice(0).join(), /400/);
    await dialog.getByLabel('Net weight').fill('20');
    assert.equal(paiseOf(twice), 2 * paiseOf(metal), 'twice the weight, twice the metal');
    const making = await amountOf(page, 'Making');
    await dialog.getByRole('button', { name: 'Take as list price' }).click();
    await dialog.locator('input[type="file"]').setInputFiles(PICTURE);
    await dialog.locator('img').waitFor();
    // Another one is still on its way when the piece is saved.
    const saved = Promise.withResolvers<void>();
    await page.route('**/api/uploads/image', async (route) => {
      await saved.promise;
      await route.continue();
    });
    await dialog.locator('input[type="file"]').setInputFiles(CUT_OUT);
    await page.keyboard.press('Control+Enter');
    saved.resolve();

    await page.waitForURL(/products\/[0-9a-f]{24}/);
    await page.getByRole('heading', { level: 2, name: 'Kada of the test' }).waitFor();
    const picture = page.locator('main form ~ div img');
    await picture.waitFor();
    const pixel = await picture.evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      const paper = document.createElement('canvas').getContext('2d');
      paper?.drawImage(img, 0, 0);
      return [img.naturalWidth, ...(paper?.getImageData(0, 0, 1, 1).data ?? [])].join();
    });
    assert.equal(pixel, '1,255,255,255,255', 'the second picture, white where it could be seen through');
    assert.equal(await page.getByLabel('List price').inputValue(), group(paiseOf(twice) + paiseOf(making)));
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('button', { name: 'Take off', exact: true }).waitFor();
    await page.locator('main header').getByText('Published', { exact: true }).waitFor();

    await page.getByRole('searchbox').fill('kada of');
    await page.waitForURL(/q=kada/);
    await page.waitForFunction(() => document.querySelectorAll('main [data-index]').length === 1);
    await rows(page).getByText('Kada of the test').waitFor();
    // Esc closes the menu, and nothing else.
    await page.getByRole('button', { name: 'More' }).last().click();
    await page.getByRole('menuitem', { name: 'Remove piece' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Remove piece' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More' }).last().click();
    await page.getByRole('menuitem', { name: 'Remove piece' }).click();
    await page.getByText('Nothing fits this filter.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await rows(page).getByText('Kada of the test').waitFor();
    // Once the Undo is gone it is found among the removed, has no page to open, and is chosen no more.
    await rows(page).getByRole('checkbox').check();
    await page.getByText('1 chosen').waitFor();
    await rows(page).getByText('Kada of the test').click();
    await page.getByRole('button', { name: 'More' }).last().click();
    await page.getByRole('menuitem', { name: 'Remove piece' }).click();
    await page.getByText('Nothing fits this filter.').waitFor();
    // Its address tells where it is; each change of the catalogue that is heard of asks for it once more.
    const notFound: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 404) notFound.push(new URL(answer.url()).pathname);
    });
    await page.goBack();
    await page.getByRole('heading', { name: errorsEn.product_not_found }).waitFor();
    const ownPath = `/api/products/${new URL(page.url()).pathname.split('/').at(-1)}`;
    await page.getByRole('button', { name: 'Show removed pieces' }).click();
    await rows(page).getByText('Kada of the test').waitFor();
    await page.getByText(/^\d+ removed pieces?$/).waitFor();
    assert.equal(await rows(page).getByRole('link').count(), 0);
    assert.equal(await page.getByText('1 chosen').count(), 0);
    // On a slow line it does not stand among the drafts meanwhile.
    const { promise: hasLine, resolve: bringLine } = Promise.withResolvers<void>();
    await page.route(/status=draft/, (route) => hasLine.then(() => route.continue()));
    await chooseState(page, 'Draft');
    await page.locator('main [aria-busy="true"]').waitFor();
    assert.equal(await rows(page).count(), 0);
    bringLine();
    await rows(page).first().waitFor();
    await chooseState(page, 'Removed');
    await page.getByRole('searchbox').fill('kada of');
    await page.getByRole('button', { name: 'Bring back Kada of the test' }).click();
    await page.getByText('Kada of the test is back').waitFor();
    await page.getByText('Nothing fits this filter.').waitFor();
    assert.deepEqual(
      notFound.filter((path) => !path.startsWith(ownPath)),
      [],
    );
    assert.ok(notFound.length > 0);
    for (const said of complaints.splice(0)) assert.match(said, /status of 404/);
    await close();
  });

  test('many are taken off and published again, exactly those that were', async () => {
    const { page, close, origin } = await openSignedIn(browser, shop, '/console/products');
    await rows(page).first().waitFor();
    const published = await rows(page).getByText('Published').count();
    const drafts = await rows(page).getByText('Draft').count();
    assert.ok(published > 1 && drafts > 0, `${published} and ${drafts}`);
    await page.getByLabel('Choose all').check();
    // Another person is faster with one of them: the Undo does not publish what they took off.
    const ask = await otherPerson(origin);
    const { data: first } = await ask('GET', '/api/products/admin?status=published&per_page=1');
    const [theirs] = first as unknown as { id: string }[];
    await page.route('**/api/products/bulk', async (route) => {
      await ask('POST', `/api/products/${theirs?.id}/unpublish`);
      await route.continue();
    });
    await page.getByRole('button', { name: `Take off ${published} pieces` }).click();
    await page.getByText(`${published} pieces taken off.`).waitFor();
    await page.unroute('**/api/products/bulk');
    await rows(page).getByText('Published').first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await rows(page).getByText('Published').first().waitFor();
    assert.equal(await rows(page).getByText('Draft').count(), drafts + 1, 'a draft stays one');
    await ask('POST', `/api/products/${theirs?.id}/publish`);
    await rows(page)
      .getByText('Published')
      .nth(published - 1)
      .waitFor();

    const categories = () => rows(page).locator('td:nth-child(3)').allTextContents();
    const before = await categories();
    assert.ok(new Set(before).size > 1, before.join());
    await page.getByLabel('Choose all').check();
    await page.getByRole('button', { name: `Change ${before.length} pieces` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Change' }).click();
    await dialog.getByText('Choose at least one thing to change.').waitFor();
    await dialog.getByLabel('Category').click();
    await page.getByRole('option', { name: 'Tika' }).click();
    await page.keyboard.press('Control+Enter');
    await page.getByText(`${before.length} pieces changed.`).waitFor();
    // The rows that were there stay until the new ones come.
    await page.waitForFunction((count) => {
      const cells = [...document.querySelectorAll('main [data-index] td:nth-child(3)')];
      return cells.length === count && cells.every(({ textContent }) => textContent === 'Tika');
    }, before.length);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    // Each has its own again, once those that had the same are all put back.
    await page.waitForFunction((wanted) => {
      const cells = [...document.querySelectorAll('main [data-index] td:nth-child(3)')];
      return cells.map(({ textContent }) => textContent).join() === wanted;
    }, before.join());
    await page.getByTitle('Pictures').click();
    await page.waitForURL(/view=grid/);
    await settled(page);
    assert.equal(await rows(page).count(), published + drafts);
    await page.keyboard.press('j');
    await page.locator('[data-index="0"] a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/products\/[0-9a-f]{24}/);
    await close();
  });

  test('what another person sold meanwhile is shown, and not overwritten by a corrected text', async () => {
    const { page, close, origin } = await openSignedIn(browser, shop, '/console/products?q=jhumka');
    await rows(page).locator('a').first().click();
    await page.waitForURL(/products\/[0-9a-f]{24}/);
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const description = page.getByRole('textbox', { name: 'Description', exact: true });
    await description.fill('Bells for every day');
    // One's own publishing changes nothing of what is typed, and is nobody else's change.
    await page.getByRole('button', { name: 'Take off', exact: true }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('button', { name: 'Take off', exact: true }).waitFor();
    assert.equal(await page.getByText('Somebody else changed this meanwhile').count(), 0);
    // Through a new load of the page it stays something that was typed, and is sent.
    await page.reload();
    await page.getByText('What you typed before is back.').waitFor();
    assert.equal(await description.inputValue(), 'Bells for every day');
    const ask = await otherPerson(origin);
    await ask('PUT', `/api/products/${id}`, { stock_quantity: 41, status: 'draft' });
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
    await page.getByRole('button', { name: 'Save mine over it' }).click();
    assert.equal((await saved).status(), 200);
    await page.getByText('saved', { exact: false }).last().waitFor();
    assert.equal(await page.locator('[data-path="stock_quantity"]').inputValue(), '41');
    const { data } = await ask('GET', `/api/products/${id}`);
    assert.equal(data.stock_quantity, 41);
    assert.equal(data.description, 'Bells for every day');
    await page.getByText('Description:').waitFor();
    // What was changed with it is told of a piece that was taken off, too.
    await page.getByText(/Stock: \d+ → 41/).waitFor();
    await ask('POST', `/api/products/${id}/publish`);
    await close();
  });
});

/** `2,34,567.5`, as a field groups it. */
function group(paise: number): string {
  return new Intl.NumberFormat('en-IN', { maximumFractionDigits: 2 }).format(paise / 100);
}

async function otherPerson(origin: string) {
  let token = '';
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(origin + path, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return (await response.json()) as { data: Record<string, unknown>; access_token: string };
  };
  token = (await ask('POST', '/api/auth/login', OWNER)).access_token;
  return ask;
}
