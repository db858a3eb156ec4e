// The places that no day at the counter leads through: an order from its names to its end, the shop's settings, a metric
// looked at as picture and table, a stone recorded and another reckoned.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser, Locator, Route } from 'playwright-core';
import { hi as ordersHi } from '../../src/features/orders/words/hi.ts';
import { go, openSignedIn, settled } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, type ShopApi } from '../shop-api.ts';

interface Order {
  data: { status: string; payment_status: string; payments: unknown[]; items: { quantity: number }[] };
}

interface Customer {
  id: string;
  current_balance: number;
  credit_limit: number | null;
}

interface Piece {
  id: string;
  stones_amount: number;
  current_price: number;
}

describe('around the shop', () => {
  let shop: RunningShop;
  let browser: Browser;
  let api: ShopApi;
  before(async () => {
    ({ shop, browser } = await shared());
    api = await apiOf(shop);
  });

  test('an order is taken by typing names, moved on in one click, taken back, and cancelled once', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/orders');
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
    await page.getByRole('button', { name: 'Undo' }).click();
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
      new RegExp(`${ordersHi.slip}.*Meera Shah.*${ordersHi.quantity}.*₹[\\d,]+\\.\\d\\d`),
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
    await page.setViewportSize({ width: 1366, height: 768 });
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
    await close();
  });

  test('an order on khata needs its prices, says where the khata will stand by now, and credits only its part', async () => {
    const [anjali] = (await api.get<{ data: Customer[] }>('/api/customers/search?q=anjali')).data;
    assert.ok(anjali !== undefined && anjali.credit_limit === null);
    await api.send('PUT', '/api/settings', { credit_limit: 1 });
    const { page, close } = await openSignedIn(browser, shop, '/console/orders?add=true');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Customer').fill('anjali');
    await page.getByRole('option', { name: /Anjali Nair/ }).click();
    await page.keyboard.type('solitaire');
    await page.getByRole('option', { name: /Solitaire/ }).click();
    const price = dialog.getByLabel(/^Price of/);
    // Until somebody types one it is the piece's price, whatever that becomes meanwhile.
    const ring = async () =>
      (await api.get<{ data: [Piece] }>('/api/products/admin?search=solitaire')).data[0];
    const { id, stones_amount: stones, current_price: first } = await ring();
    await dialog.locator(`[data-path="lines.0.price"][value="${inFigures(first)}"]`).waitFor();
    await api.send('PUT', `/api/products/${id}`, { stones_amount: stones + 1000 });
    const { current_price: second } = await ring();
    assert.ok(second > first);
    await dialog.locator(`[data-path="lines.0.price"][value="${inFigures(second)}"]`).waitFor();
    await api.send('PUT', `/api/products/${id}`, { stones_amount: stones });
    await price.fill('');
    await page.keyboard.press('Control+Enter');
    await dialog.locator('[data-path="lines.0.price"][aria-invalid="true"]').waitFor();
    await price.fill('5000000');
    await dialog.getByRole('combobox', { name: 'How it is paid' }).click();
    await page.getByRole('option', { name: 'Khata' }).click();
    await dialog.getByLabel('Paid now').fill('4000000');
    const stands = (owed: number) =>
      dialog
        .getByText(`₹10,00,000.00 go to the khata: Anjali Nair will owe you ₹${inFigures(owed + 1_000_000)}.`)
        .and(dialog.getByText(`That is ₹${inFigures(owed + 999_999)} over the limit.`).locator('..'))
        .waitFor();
    await stands(anjali.current_balance);
    const entry = { customer_id: anjali.id, transaction_type: 'debit', amount: 250 };
    await api.send('POST', '/api/khata/transactions', entry);
    await stands(anjali.current_balance + 250);
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/orders\/[0-9a-f]{24}/);
    await page.getByRole('radiogroup', { name: 'Status' }).getByText('Cancelled').click();
    await dialog.getByText('₹10,00,000.00 are credited to Anjali Nair’s khata').waitFor();
    await close();
    await api.send('PUT', '/api/settings', { credit_limit: null });
  });

  test('the shop gets another name; what is no GSTIN stands beside its field', async () => {
    const { page, close, complaints } = await openSignedIn(browser, shop, '/console/settings');
    await page.getByLabel('GSTIN').fill('not one');
    await page.getByLabel('Name of the shop').fill('Swati and Daughters');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-path="gstin"][aria-invalid="true"]').waitFor();
    assert.match(complaints.splice(0).join(), /400/);
    await page.getByLabel('GSTIN').fill('');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Settings saved').waitFor();
    const { data } = await api.get<{ data: { shop_name: string } }>('/api/settings');
    assert.equal(data.shop_name, 'Swati and Daughters');
    await go(page, '/console/settings/rules');
    // That a long form was not saved is said where the eye is, and no longer than until the next try.
    await page.route('**/api/settings', (route) =>
      route.request().method() === 'PUT' ? route.abort() : route.fallback(),
    );
    await page.locator('[data-path="making_value"]').press('Control+Enter');
    const alert = page.locator('main form [role="alert"]');
    await alert.waitFor();
    const { y, height } = (await alert.boundingBox()) ?? { y: -1, height: 0 };
    assert.ok(y > 0 && y + height < 900, `the refusal stands at ${y}`);
    assert.match(complaints.splice(0).join(), /ERR_FAILED/);
    await page.unroute('**/api/settings');
    // Per cents are figures like all others: in either alphabet, and no words.
    await page.locator('[data-path="hold_percent"]').fill('२६');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Must be at most 25.').waitFor();
    assert.equal(await alert.count(), 0);
    await page.locator('[data-path="hold_percent"]').fill('४.५');
    await page.locator('[data-path="refuse_percent"]').pressSequentially('x');
    await page.getByText('Only figures, such as 12.5').waitFor();
    const saved = page.waitForResponse((response) => response.request().method() === 'PUT');
    await page.keyboard.press('Control+Enter');
    assert.equal((await saved).status(), 200);
    const { data: rules } = await api.get<{ data: { guard: { hold_percent: number } } }>('/api/settings');
    assert.equal(rules.guard.hold_percent, 4.5);
    await api.send('PUT', '/api/settings', { shop_name: 'Swati Jewellers', guard: { hold_percent: 4 } });
    await close();
  });

  test('a screen that is not open to somebody says so, whichever it is; a form that may only be read has no button', async () => {
    const account = { username: 'counter', password: 'a pass word' };
    const made = await api.send('POST', '/api/auth/register', {
      ...account,
      email: 'counter@example.com',
      role: 'staff',
    });
    assert.equal(made.status, 201);
    const { page, close } = await openSignedIn(browser, shop, '/console/orders', {}, account);
    for (const screen of ['orders', 'analytics', 'journal']) {
      if (screen !== 'orders') await go(page, `/console/${screen}`);
      await page.getByRole('heading', { level: 1, name: 'Not open to you' }).waitFor();
    }
    await go(page, '/console/products?add=true');
    await page.locator('main [data-index="0"] a').click();
    await page.getByText('Your account may not change this').waitFor();
    assert.equal(await page.locator('[type="submit"], [role="dialog"]').count(), 0);
    await close();
  });

  test('a person half typed is there again after Esc, without the password', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/settings/people?add=true');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('User name').fill('asha_counter');
    const password = dialog.getByRole('textbox', { name: 'Password' });
    await password.fill('four words of hers');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
    assert.match(kept, /asha_counter/);
    assert.doesNotMatch(kept, /four words/);
    await page.getByRole('button', { name: 'Add person' }).click();
    await dialog.getByText('What you typed before is back').waitFor();
    assert.equal(await dialog.getByLabel('User name').inputValue(), 'asha_counter');
    assert.equal(await password.inputValue(), '');
    await close();
  });

  test('a metric is chosen, shown as a table, and stays through a new load', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/analytics');
    await page.getByRole('link', { name: 'Busy hours' }).click();
    await page.waitForURL(/metric=busy-hours/);
    await page.locator('nav a[aria-current="page"]', { hasText: 'Busy hours' }).waitFor();
    await page.reload();
    await settled(page);
    await page.locator('nav a[aria-current="page"]', { hasText: 'Busy hours' }).waitFor();
    assert.ok((await page.locator('main table tbody tr').count()) > 0);
    await close();
  });

  test('a stone that is recorded stands in the list; one without a price is refused beside its field', async () => {
    const { page, close, complaints } = await openSignedIn(browser, shop, '/console/prices');
    await page.getByRole('button', { name: 'Record a stone' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Carat').fill('0.71');
    // Also where no focus is: the key that the button shows is that of the uppermost window.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('Control+Enter');
    await dialog.locator('[data-path="price"][aria-invalid="true"]').waitFor();
    assert.match(complaints.splice(0).join(), /400/);
    const price = dialog.getByLabel('Price of the stone');
    await paste(price, 'about two lakh');
    await dialog.getByText('Only figures, such as 9,30,451.20').waitFor();
    assert.equal(await price.inputValue(), '');
    await paste(price, '₹ २,१०,०००.५/-');
    assert.equal(await price.inputValue(), '2,10,000.5');
    // What was dropped is not forgotten while its rest stands there.
    await price.fill('');
    await price.pressSequentially('1e5');
    await dialog.getByText('Only figures, such as 9,30,451.20').waitFor();
    await price.fill('२,१०,०००');
    assert.equal(await price.inputValue(), '2,10,000');
    await page.keyboard.press('Control+Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('main').getByText('0.71 ct').waitFor();
    await page.locator('main').getByText('₹2,10,000.00').waitFor();

    // And all that the shop knows can be taken along.
    await go(page, '/console/settings/backups');
    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download everything' }).click();
    assert.match((await file).suggestedFilename(), /\.zip$/);

    // A press that the line swallowed is said to be one; the next makes a backup, and no other beside it.
    const make = page.getByRole('button', { name: 'Back up now' });
    const cut = (route: Route) => (route.request().method() === 'POST' ? route.abort() : route.fallback());
    await page.route('**/api/backups', cut);
    await make.click();
    await page.getByText('The shop does not answer').waitFor();
    await page.unroute('**/api/backups', cut);
    await make.click();
    await page.getByText('A backup is under way').waitFor();
    assert.ok(await make.isDisabled(), 'it can be pressed while one is under way');
    await page.getByText('The last backup was restored and compared').waitFor();
    await page.getByRole('button', { name: /^Copy the command that brings back/ }).waitFor();
    assert.match(complaints.splice(0).join(), /ERR_FAILED/);
    await close();
  });
});

function inFigures(amount: number): string {
  return amount.toLocaleString('en-IN', { minimumFractionDigits: 2 });
}

/** As from another program; a browser without a screen has no clipboard to share. */
function paste(field: Locator, text: string): Promise<void> {
  return field.evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text', pasted);
    input.focus();
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}
