// The places that no day at the counter leads through: the shop's settings, a metric looked at as picture and table, what
// the day took in, a screen that is not open.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { go, openSignedIn, PHONE, settled } from '../browser.ts';
import type { RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, type ShopApi } from '../shop-api.ts';

describe('around the shop', () => {
  let shop: RunningShop;
  let browser: Browser;
  let api: ShopApi;
  before(async () => {
    ({ shop, browser } = await shared());
    api = await apiOf(shop);
  });

  test('figures stand in the digits that were chosen on this device, and roles in its language', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/today', { language: 'mr' });
    const tiles = page.getByRole('main').getByText('₹');
    const figures = async (): Promise<string> => (await tiles.allTextContents()).join(' ');
    const choose = async (name: string) => {
      await page.getByRole('button', { name: 'मराठी' }).click();
      await page.getByRole('menuitemradio', { name, exact: true }).click();
    };
    await tiles.first().waitFor();
    assert.doesNotMatch(await figures(), /[०-९]/);
    await choose('१२३');
    await page
      .getByText(/₹[०-९]/)
      .first()
      .waitFor();
    assert.doesNotMatch(await figures(), /[0-9]/);
    // Fixed sentences too, but for the mark of a purity.
    await page.getByRole('heading', { name: 'बुकिंग, मागचे ३० दिवस' }).waitFor();
    await page.getByText('22K 916').first().waitFor();
    for (const metric of ['busy-hours', 'conversion', 'gold', 'order-value']) {
      await go(page, `/console/analytics?metric=${metric}`);
      await page.locator('main [class*="figure"], main td').first().waitFor();
      const shown = (await page.getByRole('main').textContent()) ?? '';
      assert.doesNotMatch(shown.replace(/\d\dK \d+/g, ''), /[0-9]/);
    }
    await go(page, '/console/today');
    await choose('123');
    await page
      .getByText(/₹[0-9]/)
      .first()
      .waitFor();
    // The journal has the words of another screen for what it keeps in English.
    const made = await api.get<{ data: { seq: number }[] }>('/api/journal?action=user.created');
    await go(page, `/console/journal?subject=user&seq=${made.data.at(-1)?.seq}`);
    await page.getByRole('cell', { name: 'मालक', exact: true }).waitFor();
    await close();
  });

  test('on a phone Back closes the window for a new one, the menu and the sheet of Today, and what was added has taken its place', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/today', { size: PHONE });
    const dialog = page.getByRole('dialog');
    const at = (path: string) => page.waitForURL((url) => `${url.pathname}${url.search}` === path);
    await page.getByRole('navigation').getByRole('button', { name: 'More' }).tap();
    await dialog.getByRole('link', { name: 'Orders' }).tap();
    await at('/console/orders');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('navigation').getByRole('button', { name: 'More' }).tap();
    await dialog.getByRole('link', { name: 'Prices' }).waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await at('/console/orders');

    await go(page, '/console/today');
    const tile = page.getByRole('button', { name: /^Collected/ });
    await tile.tap();
    await dialog.getByText('Total').waitFor();
    // A tap on what lies below closes it alone: the step is not yet taken back when the next would be made.
    const { x, y } = (await page.getByRole('link', { name: 'Catalogue' }).boundingBox()) ?? { x: 0, y: 0 };
    await page.touchscreen.tap(x + 10, y + 10);
    await dialog.waitFor({ state: 'detached' });
    await tile.tap();
    await dialog.getByText('Total').waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await at('/console/today');
    await go(page, '/console/orders');

    await page.getByRole('button', { name: 'New order' }).tap();
    await dialog.getByLabel('Customer').waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'detached' });
    await at('/console/orders');
    // Two quick presses close it once.
    await page.getByRole('button', { name: 'New order' }).tap();
    const cancel = dialog.getByRole('button', { name: 'Do not' });
    await cancel.waitFor();
    await cancel.evaluate((button) => {
      (button as HTMLElement).click();
      (button as HTMLElement).click();
    });
    await dialog.waitFor({ state: 'detached' });
    await at('/console/orders');

    await go(page, '/console/customers');
    await page.getByRole('button', { name: 'Add customer' }).tap();
    await dialog.getByLabel('Name').fill('Back Again');
    await dialog.getByLabel('Phone').fill('9000054321');
    await dialog.getByRole('button', { name: 'Add customer' }).tap();
    await page.getByRole('heading', { name: 'Back Again' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Khata' }).waitFor();
    await at('/console/customers');
    assert.equal(await dialog.count(), 0);
    await close();
  });

  test('in the evening the sum of the day says how it came in, and that of yesterday, by keyboard, and is asked for while it is open alone', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/today');
    await page.locator('[data-state="live"]').waitFor();
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().includes('/money-in')) asked++;
    });
    type Money = { data: { collected: number; methods: { method: string | null; amount: number }[] } };
    type Today = { data: { day: string; yesterday: { collected: number } } };
    const { day, yesterday } = (await api.get<Today>('/api/analytics/today')).data;
    const before = (await api.get<Money>(`/api/analytics/money-in?from=${day}&to=${day}`)).data;
    const [customer] = (await api.get<{ data: { id: string }[] }>('/api/customers?search=meera')).data;
    const post = async (path: string, body: object) => {
      const answer = await api.send('POST', `/api/khata/transactions${path}`, body);
      return ((await answer.json()) as { data: { id: string } }).data.id;
    };
    const entry = {
      customer_id: customer?.id,
      transaction_type: 'credit',
      amount: 700_000.5,
      payment_method: 'cash',
    };
    const tile = page.getByRole('button', { name: /^Collected/ });
    const figure = await tile.textContent();
    const paid = await post('', entry);
    await page.waitForFunction(([button, old]) => button?.textContent !== old, [
      await tile.elementHandle(),
      figure,
    ] as const);
    assert.equal(asked, 0);

    await tile.focus();
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog');
    const row = (name: string) => sheet.locator('dl > div').filter({ hasText: name }).locator('dd');
    const rupees = (amount: number) => `₹${amount.toLocaleString('en-IN', { minimumFractionDigits: 2 })}`;
    const cash = before.methods.find(({ method }) => method === 'cash')?.amount ?? 0;
    await row('Cash')
      .getByText(rupees(cash + 700_000.5), { exact: true })
      .waitFor();
    await row('Total')
      .getByText(rupees(before.collected + 700_000.5), { exact: true })
      .waitFor();
    assert.equal(asked, 1);
    // What is taken back leaves it at once.
    await post(`/${paid}/reverse`, { reason: 'A mistake' });
    await row('Total').getByText(rupees(before.collected), { exact: true }).waitFor();
    // After midnight, the day that is counted is the one before.
    assert.notEqual(yesterday.collected, before.collected);
    await page.keyboard.press('Enter');
    await row('Total').getByText(rupees(yesterday.collected), { exact: true }).waitFor();
    await sheet.getByText(/^Yesterday, \d/).waitFor();
    await page.keyboard.press('Enter');
    await row('Total').getByText(rupees(before.collected), { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.waitForFunction((button) => document.activeElement === button, await tile.elementHandle());
    await close();
  });

  test('the shop gets another name; what is no GSTIN stands beside its field; a metric is chosen, shown as a table, and stays through a new load', async () => {
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

    await go(page, '/console/analytics');
    await page.getByRole('link', { name: 'Busy hours' }).click();
    await page.waitForURL(/metric=busy-hours/);
    await page.locator('nav a[aria-current="page"]', { hasText: 'Busy hours' }).waitFor();
    await page.reload();
    await settled(page);
    await page.locator('nav a[aria-current="page"]', { hasText: 'Busy hours' }).waitFor();
    assert.ok((await page.locator('main table tbody tr').count()) > 0);
    await close();
  });

  test('a screen that is not open to somebody says so, whichever it is; a form that may only be read has no button', async () => {
    const account = { username: 'counter', password: 'a pass word' };
    const made = await api.send('POST', '/api/auth/register', {
      ...account,
      email: 'counter@example.com',
      role: 'staff',
      permissions: ['customers.read', 'sales.read'],
    });
    assert.equal(made.status, 201);
    const { page, close } = await openSignedIn(browser, shop, '/console/orders', {}, account);
    for (const screen of ['orders', 'analytics', 'journal']) {
      if (screen !== 'orders') await go(page, `/console/${screen}`);
      await page.getByRole('heading', { level: 1, name: 'Not open to you' }).waitFor();
    }
    // Whoever may look at bills and not make them is not led to the counter.
    const { data } = await api.get<{ data: { id: string }[] }>('/api/sales?per_page=1');
    await go(page, `/console/sale/${data[0]?.id}`);
    await page.getByRole('button', { name: 'Print the slip' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Next sale' }).count(), 0);
    await go(page, '/console/products?add=true');
    await page.locator('main [data-index="0"] a').click();
    await page.getByText('Your account may not change this').waitFor();
    assert.equal(await page.locator('[type="submit"], [role="dialog"]').count(), 0);
    await close();
  });
});
