// Back on a phone closes whatever lies over the page, and nothing else; what was typed is there again.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openSignedIn, PHONE } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, type ShopApi } from '../shop-api.ts';

describe('Back over a window', () => {
  let shop: RunningShop;
  let browser: Browser;
  let api: ShopApi;
  before(async () => {
    ({ shop, browser } = await shared());
    api = await apiOf(shop);
  });

  const inListOf = async (list: string, name: string) => {
    const opened = await openSignedIn(browser, shop, list, { size: PHONE });
    await opened.page.getByRole('main').getByRole('link', { name }).first().tap();
    await opened.page.getByRole('heading', { name, level: 1 }).waitFor();
    return opened;
  };

  test('an entry that is being typed stays at its khata, and is closed by Back as often as it is opened', async () => {
    const { page, close } = await inListOf('/console/customers', 'Meera Shah');
    const khata = page.url();
    const dialog = page.getByRole('dialog');
    for (const typed of ['', '4,321']) {
      await page.getByRole('button', { name: /^You got/ }).tap();
      const amount = dialog.getByLabel('Amount');
      await amount.waitFor();
      assert.equal(await amount.inputValue(), typed);
      await amount.fill('4321');
      await page.goBack();
      await dialog.waitFor({ state: 'detached' });
      assert.equal(page.url(), khata);
    }
    await page.goBack();
    await page.getByRole('heading', { name: 'Khata', level: 1 }).waitFor();
    await close();
  });

  test('a window that a link led to leaves its list standing', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/today', { size: PHONE });
    await page.getByRole('main').getByRole('button', { name: 'Order', exact: true }).tap();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Customer').waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await page.waitForURL((url) => `${url.pathname}${url.search}` === '/console/orders');
    await page.goBack();
    await page.waitForURL((url) => url.pathname === '/console/today');
    await close();
  });

  test('one part of an order after the other is booked by its own method, and the last makes it paid', async () => {
    const { data: customers } = await api.get<{ data: { id: string }[] }>('/api/customers?search=Meera');
    const { data: pieces } = await api.get<{ data: { id: string }[] }>('/api/products');
    const placed = await api.send('POST', '/api/orders', {
      customer_id: customers[0]?.id,
      items: [{ product_id: pieces[0]?.id, unit_price: 1000.5 }],
    });
    const { data: order } = (await placed.json()) as { data: { id: string; order_number: string } };
    const { page, close } = await inListOf('/console/orders', order.order_number);
    const dialog = page.getByRole('dialog');
    const fill = async (amount: string, method: string) => {
      await dialog.getByLabel('Paid now').fill(amount);
      await dialog.getByRole('combobox', { name: 'How it is paid' }).tap();
      await page.getByRole('option', { name: method }).tap();
    };
    const book = dialog.getByRole('button', { name: 'Book payment' });
    // The word alone does not say how much came in.
    await page.getByRole('radiogroup', { name: 'Payment' }).getByText('Part paid').tap();
    await book.tap();
    await dialog.getByText('This is needed.').waitFor();
    await fill('300', 'Cash');
    await dialog.getByText('₹700.50 stay to be paid.').waitFor();
    await book.dblclick();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('radio', { name: 'Part paid', checked: true }).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Book payment' }).tap();
    await fill('700.51', 'UPI');
    await book.tap();
    await dialog.getByText('Must be at most ₹700.50.').waitFor();
    await fill('700.50', 'UPI');
    await dialog.getByText('The order is paid with it.').waitFor();
    await book.tap();
    await dialog.waitFor({ state: 'detached' });
    await page
      .getByRole('radio', { name: 'Paid', exact: true, checked: true })
      .waitFor({ state: 'attached' });
    assert.equal(await page.getByRole('button', { name: 'Book payment' }).count(), 0);
    const { data: now } = await api.get<{ data: { payments: { method: string; amount: number }[] } }>(
      `/api/orders/${order.id}`,
    );
    assert.deepEqual(
      now.payments.map(({ method, amount }) => [method, amount]),
      [
        ['cash', 300],
        ['upi', 700.5],
      ],
    );
    await close();
  });
});
