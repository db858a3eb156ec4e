// An order from its names to its end: taken, moved on, paid, printed, cancelled.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { hi as ordersHi } from '../../src/features/orders/words/hi.ts';
import { go, openSignedIn, PHONE, resize } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, type ShopApi } from '../shop-api.ts';

interface Order {
  data: {
    id: string;
    customer_id: string;
    status: string;
    payment_status: string;
    payments: { method: string; amount: number }[];
    khata_entry_id: string;
    items: { product_id: string; quantity: number }[];
  };
}

describe('an order', () => {
  let shop: RunningShop;
  let browser: Browser;
  let api: ShopApi;
  before(async () => {
    ({ shop, browser } = await shared());
    api = await apiOf(shop);
  });

  test('an order is taken by typing names, moved on in one click, taken back, and cancelled once', async () => {
    const { page, close, complaints } = await openSignedIn(browser, shop, '/console/orders');
    await page.locator('main [data-index="0"]').waitFor();
    await page.keyboard.press('n');
    const dialog = page.getByRole('dialog');
    // One Esc is enough where nothing was typed.
    await dialog.getByLabel('Customer').press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.keyboard.press('n');
    await dialog.getByLabel('Customer').fill('meera');
    await page.getByRole('option', { name: /Meera Shah/ }).waitFor();
    await page.keyboard.press('Enter');
    // The focus went on to the pieces.
    await page.keyboard.type('solitaire');
    await page.getByRole('option', { name: /Solitaire/ }).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByLabel(/^How many of/).waitFor();
    // Paise always, or the decimals of two lines do not stand under each other.
    await page.waitForFunction(
      (field) => /^[\d,]+\.\d\d$/.test((field as HTMLInputElement).value),
      await dialog.getByLabel(/^Price of/).elementHandle(),
    );
    await dialog.getByLabel(/^Price of/).fill('1234567.5');
    // From all of the window, not from inside the form alone.
    await dialog.getByLabel('Close').focus();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/orders\/[0-9a-f]{24}/);
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const order = async () => (await api.get<Order>(`/api/orders/${id}`)).data;
    assert.equal((await order()).status, 'pending');

    const status = page.getByRole('radiogroup', { name: 'Status' });
    assert.equal(await status.locator('..').evaluate((each) => each.firstChild?.textContent), 'Status');
    await status.getByText('In work').click();
    await page.getByText('Now: In work').waitFor();
    assert.equal((await order()).status, 'processing');
    // The newer change withdraws the older Undo: just one stands there.
    await status.getByText('Completed').click();
    await page.getByText('Now: Completed').waitFor();
    await page.getByText('Now: In work').waitFor({ state: 'detached' });
    const undo = page.getByRole('button', { name: 'Undo' });
    const cutOff = await undo.evaluate((button) => {
      const text = button.previousElementSibling;
      const width = button.clientWidth;
      if (text) text.textContent += ' and a name of many words'.repeat(9);
      return width - button.clientWidth;
    });
    assert.equal(cutOff, 0, 'a long text leaves the way back whole');
    await undo.click();
    await status.getByRole('radio', { name: 'In work', checked: true }).waitFor({ state: 'attached' });
    await status.getByText('Pending').click();
    await status.getByRole('radio', { name: 'Pending', checked: true }).waitFor({ state: 'attached' });
    assert.equal((await order()).status, 'pending');
    // A click books no money unasked.
    const payment = page.getByRole('radiogroup', { name: 'Payment' });
    await payment.getByText('Paid', { exact: true }).click();
    await dialog.getByText(/^₹[\d,.]+ are booked as money received, without a note of how/).waitFor();
    await dialog.getByRole('button', { name: 'Do not' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.deepEqual((await order()).payments, []);
    // A note has the time of the shop, here and on the slip.
    await api.send('PUT', `/api/orders/${id}/notes`, { notes: 'Size 14' });
    await page.getByText(/^\d+ \w+ \d{4}, \d+:\d\d (am|pm): Size 14$/).waitFor();
    // Its slip speaks as the customer does, and a page as narrow as the paper does not take the open order away.
    await page.evaluate(() => {
      window.print = () => {};
      addEventListener('afterprint', () => {
        document.title = document.querySelector('body > .paper')?.textContent ?? 'no paper';
      });
    });
    await page.getByRole('button', { name: 'Print', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'हिन्दी' }).click();
    await page.getByRole('menuitem', { name: 'Order slip, A5' }).click();
    await page.locator('body > .paper[lang="hi"]').waitFor({ state: 'attached' });
    await page.pdf({ preferCSSPageSize: true });
    assert.match(
      await page.title(),
      new RegExp(
        `${ordersHi.slip}.*Meera Shah.*${ordersHi.quantity}.*₹[\\d,]+\\.\\d\\d.*\\d:\\d\\d [ap]m: Size 14`,
      ),
    );
    await status.getByText('Cancelled').click();
    await dialog.getByText('cancelled for good').waitFor();
    await dialog.getByRole('button', { name: 'Cancel order' }).click();
    await dialog.waitFor({ state: 'detached' });
    assert.equal((await order()).status, 'cancelled');
    assert.ok(await payment.getByRole('radio', { name: 'Paid', exact: true }).isDisabled(), 'closed');
    await page.waitForFunction(
      (closed) => closed !== null && Number(getComputedStyle(closed).opacity) < 1,
      await payment.elementHandle(),
    );
    await resize(page, { width: 1366, height: 768 });
    assert.ok(
      await page
        .locator('main [data-tight] table')
        .first()
        .evaluate((each) => each.scrollWidth <= (each.closest('section')?.clientWidth ?? 0)),
      'lakhs and a long status stay on the sheet',
    );
    // The list beside it is narrowed; what is open stays.
    await page.getByRole('searchbox').fill('meera');
    await page.waitForURL(/orders\/[0-9a-f]{24}\?.*q=meera/);
    // What was asked is what is booked, also where the khata entry is taken back while the window asks.
    const { customer_id, items } = await order();
    const placed = await api.send('POST', '/api/orders', {
      customer_id,
      items: items.map(({ product_id }) => ({ product_id, unit_price: 1000 })),
      payments: [{ method: 'khata', amount: 300 }],
    });
    const { data: onKhata } = (await placed.json()) as Order;
    await go(page, `/console/orders/${onKhata.id}`);
    await page.getByRole('listitem').filter({ hasText: 'Still to pay' }).getByText('₹700.00').waitFor();
    await page.getByRole('button', { name: 'Print' }).click();
    await page.getByRole('menuitem').first().click();
    const slip = page.locator('body > .paper');
    for (const line of [/Khata\s*₹300\.00/, /Still to pay\s*₹700\.00/]) {
      await slip.filter({ hasText: line }).waitFor({ state: 'attached' });
    }
    await payment.getByText('Paid', { exact: true }).click();
    await dialog.getByText(/^₹700\.00 are booked/).waitFor();
    await dialog.getByLabel('How it is paid').click();
    await page.getByRole('option', { name: 'UPI' }).click();
    await dialog.getByText(/^₹700\.00 are booked as money received by UPI/).waitFor();
    await api.send('POST', `/api/khata/transactions/${onKhata.khata_entry_id}/reverse`, { reason: 'wrong' });
    await dialog.getByRole('button', { name: 'Book ₹700.00' }).click();
    await dialog.getByText(/^₹1,000\.00 are booked/).waitFor();
    assert.match(complaints.splice(0).join(), /412/);
    await dialog.getByRole('button', { name: 'Book ₹1,000.00' }).click();
    await dialog.waitFor({ state: 'detached' });
    const { data: booked } = await api.get<Order>(`/api/orders/${onKhata.id}`);
    assert.deepEqual(
      booked.payments.map(({ method, amount }) => [method, amount]),
      [
        ['khata', 300],
        ['upi', 1000],
      ],
    );
    // What goes out again has the colour of money that goes out.
    await api.send('PUT', `/api/orders/${onKhata.id}/payment-status`, { payment_status: 'unpaid' });
    await page.locator('main .out', { hasText: '−₹1,000.00' }).waitFor();
    await close();
  });

  test('one part of an order after the other is booked by its own method, and the last makes it paid', async () => {
    const { data: customers } = await api.get<{ data: { id: string }[] }>('/api/customers?search=Meera');
    const { data: pieces } = await api.get<{ data: { id: string }[] }>('/api/products');
    const placed = await api.send('POST', '/api/orders', {
      customer_id: customers[0]?.id,
      items: [{ product_id: pieces[0]?.id, unit_price: 1000.5 }],
    });
    const { data: order } = (await placed.json()) as Order;
    const { page, close } = await openSignedIn(browser, shop, `/console/orders/${order.id}`, { size: PHONE });
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
    await dialog.getByText('₹700.50 will be left to pay.').waitFor();
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
    const { data: now } = await api.get<Order>(`/api/orders/${order.id}`);
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
