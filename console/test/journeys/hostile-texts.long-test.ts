// Texts that would be code somewhere else, and one that no line can break, in every place where a person types, and every
// page that shows them. A page fails by a script that ran, by one that the browser's policy stopped, by any request that
// leaves the shop, and by a side that sticks out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { go, openPage, PHONE, resize, settled, sideways, signIn } from '../browser.ts';
import { SCREENS } from '../every-screen.ts';
import { startShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf } from '../shop-api.ts';

const RUN = 'window.ran=1';
const LONG = 'अ'.repeat(90);
const TEXTS = [
  `<img src=x onerror=${RUN}>`,
  `"><svg onload=${RUN}>`,
  `</script><script>${RUN}</script>`,
  `javascript:${RUN}`,
  `<a href="javascript:${RUN}">open</a>`,
  `'-${RUN}-'`,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${${RUN}}`,
  `<iframe srcdoc="<script>parent.ran=1</script>">`,
  `<style>@import 'http://127.0.0.1:9/x.css'</style>`,
  `<math><mtext></p><img src=http://127.0.0.1:9/x onerror=${RUN}>`,
  `\u202e<b onmouseover=${RUN}>gnp.x`,
  LONG,
];

interface Made {
  data: { id: string };
}

test('texts that would be code are texts on every page', async () => {
  const { browser } = await shared();
  const shop = await startShop();
  try {
    const details = await fillWithHostileTexts(shop);
    const { page, complaints, close } = await openPage(browser, shop);
    await signIn(page, '/console/today');
    const lists = new Set(SCREENS.map(({ path }) => path.split('?', 1)[0] ?? path));
    for (const path of [...lists, ...details]) {
      await go(page, path);
      assert.equal(await page.evaluate(() => 'ran' in globalThis), false, path);
      assert.equal(await sideways(page), 0, path);
    }
    // They are there to be read, as they were typed; a long one is broken, and its row is no wider than the table.
    await page.goto('/console/customers');
    await settled(page);
    for (const text of [...TEXTS.slice(0, 3), LONG]) {
      await page.getByText(text, { exact: true }).first().waitFor();
    }
    const table = page.locator('main table').first();
    assert.equal(
      await table.evaluate(
        ({ scrollWidth, parentElement }) => scrollWidth - (parentElement?.clientWidth ?? 0),
      ),
      0,
    );
    // High enough for all rows.
    await resize(page, { width: 1024, height: 3000 });
    await go(page, '/console/analytics?metric=khata-ageing');
    // The other columns leave a name the room that they do not need.
    const cell = page.locator('main td', { hasText: LONG }).first();
    assert.ok(((await cell.boundingBox())?.width ?? 0) > 150, 'a long name on an old screen');
    await go(page, '/console/customers');
    await resize(page, PHONE);
    // The table stands until the console has heard of the width.
    await page.waitForFunction(() => document.querySelector('main table') === null);
    await page.getByText(LONG, { exact: true }).first().waitFor();
    assert.equal(await sideways(page), 0, 'on a phone');
    await go(page, '/console/analytics?metric=khata-ageing');
    const tracks = page.locator('main [aria-hidden="true"]:has(> span[style*="width"])');
    const widths = await tracks.evaluateAll((each) => each.map((track) => track.clientWidth));
    assert.equal(new Set(widths).size, 1, `bars of one measure: ${widths}`);
    // A ledger has no page of an entry: what it was for is read there.
    await go(page, details.findLast((path) => path.startsWith('/console/customers/')) ?? '');
    const note = page.locator('main li').getByText(LONG, { exact: true });
    const cut = await note.evaluate(
      ({ parentElement: line }) => (line?.scrollWidth ?? 0) - (line?.clientWidth ?? 0),
    );
    assert.equal(cut, 0, 'the whole of a note');
    // At the counter, on the smallest of phones: a name without an end, and an amount of lakhs.
    await resize(page, { width: 360, height: 740 });
    await go(page, '/console/sale');
    for (const [path, text] of [
      ['customer', LONG.slice(0, 9)],
      ['lines', 'rani haar'],
    ]) {
      await page.locator(`[data-path="${path}"]`).fill(text ?? '');
      await page.locator(`[data-path="${path}"]`).press('Enter');
    }
    const phone = page.locator('main').getByText('+91 98000 00012', { exact: true });
    assert.equal(await phone.evaluate((each) => each.getClientRects().length), 1, 'a number in one line');
    const line = page.locator('main ol li').first();
    await line.getByText('₹9,30,451.20').waitFor();
    assert.equal(await line.evaluate((each) => each.scrollWidth - each.clientWidth), 0, 'the line');
    assert.equal(await sideways(page), 0, 'at the counter');
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog');
    await palette.getByRole('combobox').fill(LONG.slice(0, 9));
    await palette.getByText(/^ORD-/).first().waitFor();
    const cutOff = await palette
      .getByRole('option')
      .locator('span')
      .evaluateAll((each) =>
        each.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent),
      );
    assert.deepEqual(cutOff, [], 'what is found is read in full');
    await page.keyboard.press('Escape');
    assert.deepEqual(complaints, []);
    // The same text as markup is noticed: the check can fail.
    await page.evaluate((text) => document.body.insertAdjacentHTML('beforeend', text ?? ''), TEXTS[0]);
    await page.waitForFunction(() => document.querySelector<HTMLImageElement>('img[onerror]')?.complete);
    assert.match(complaints.join('\n'), /Content Security Policy/);
    complaints.length = 0;
    await close();
  } finally {
    await shop.remove();
  }
});

/** Customers, pieces, entries, orders and the shop itself; answers the pages of some of them. */
async function fillWithHostileTexts(shop: Parameters<typeof apiOf>[0]): Promise<string[]> {
  const api = await apiOf(shop);
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await api.send('POST', path, body);
    assert.equal(answer.status, 201, `${path} ${await answer.clone().text()}`);
    return ((await answer.json()) as Made).data.id;
  };
  const pages: string[] = [];
  for (const [n, text] of TEXTS.entries()) {
    const phone = `98${String(n).padStart(8, '0')}`;
    const customer = await make('/api/customers', { name: text, phone, address: text });
    const piece = { name: text, category: 'Ring', base_price: 1000, weight: 1, description: text };
    const product = await make('/api/products', { ...piece, gold_purity: '916', status: 'published' });
    const entry = {
      customer_id: customer,
      transaction_type: 'debit',
      amount: text === LONG ? 123_456_789.5 : 1,
      description: text,
    };
    await make('/api/khata/transactions', entry);
    if (n % 4 > 0) continue;
    const items = [{ product_id: product, quantity: 1 }];
    const order = await make('/api/orders', { customer_id: customer, items, notes: text, admin_notes: text });
    const sold = { product_id: product, quantity: 1, price_at_sale: 1_234_567.89 };
    const payments = [{ method: 'upi', amount: 1_234_567.89 }];
    const sale = await make('/api/sales', { customer_id: customer, products: [sold], payments });
    pages.push(
      `/console/sale/${sale}`,
      `/console/customers/${customer}`,
      `/console/products/${product}`,
      `/console/orders/${order}`,
    );
  }
  const named = await api.send('PUT', '/api/settings', { shop_name: TEXTS[0], shop_address: TEXTS[1] });
  assert.equal(named.status, 200);
  return pages;
}
