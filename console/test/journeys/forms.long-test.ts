// Forms that know what became of things meanwhile: a piece's price, a customer's balance, what was typed before.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openSignedIn } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, type ShopApi } from '../shop-api.ts';

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

describe('forms', () => {
  let shop: RunningShop;
  let browser: Browser;
  let api: ShopApi;
  before(async () => {
    ({ shop, browser } = await shared());
    api = await apiOf(shop);
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
    await dialog.getByLabel('Paid now', { exact: true }).fill('4000000');
    // So much of it in cash is not allowed, also where the rest is owed.
    await dialog.getByRole('combobox', { name: 'Paid now by' }).click();
    await page.getByRole('option', { name: 'Cash' }).click();
    await dialog.getByText('does not allow ₹2,00,000 or more in cash').waitFor();
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
    // What was paid down stays booked until it is given back, which a cancelled order still lets one say.
    await dialog.getByText('The ₹40,00,000.00 that came in for it stay in the money received.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel order' }).click();
    await dialog.waitFor({ state: 'detached' });
    const payment = page.getByRole('radiogroup', { name: 'Payment' });
    assert.ok(await payment.getByRole('radio', { name: 'Paid', exact: true }).isDisabled());
    await payment.getByText('Unpaid').click();
    await dialog.getByRole('button', { name: 'Take back ₹40,00,000.00' }).click();
    await dialog.waitFor({ state: 'detached' });
    await payment.getByRole('radio', { name: 'Unpaid', checked: true, disabled: true }).waitFor({
      state: 'attached',
    });
    await close();
    await api.send('PUT', '/api/settings', { credit_limit: null });
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
});

function inFigures(amount: number): string {
  return amount.toLocaleString('en-IN', { minimumFractionDigits: 2 });
}
