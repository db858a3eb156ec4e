// A day with the khata, by keyboard (by touch on a phone: khata-by-touch.long-test.ts), with a second browser watching;
// and the unfriendly part: a double press, a slow line, a server that goes away in mid-form, a session that ends, another
// tab signing out.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { en as errorsEn } from '../../src/words/errors/en.ts';
import { go, openPage, openSignedIn, settled, signIn } from '../browser.ts';
import { idOf } from '../khata-by-touch.ts';
import { OWNER, type RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, balanceOf, type ShopApi } from '../shop-api.ts';

describe('a day with the khata', () => {
  let shop: RunningShop;
  let browser: Browser;
  before(async () => {
    ({ shop, browser } = await shared());
  });

  test('keyboard alone, while a second browser watches', async () => {
    const first = await openPage(browser, shop);
    const { page } = first;
    await signIn(page);
    const second = await openSignedIn(browser, shop, '/console/customers', { language: 'hi', theme: 'dark' });
    await page.locator('[data-state="live"]').waitFor();
    await second.page.locator('[data-state="live"]').waitFor();

    await Promise.all([page.keyboard.press('g'), page.keyboard.press('k')]);
    await page.locator('main[data-shown="/customers"] [data-index="0"]').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('meera');
    await page.waitForFunction(() => document.querySelectorAll('main [data-index]').length === 1);
    await page.waitForURL(/q=meera/);
    // What stands over the list is told of the list.
    await page.getByText(/^1 customer, ₹/).waitFor();
    await page.keyboard.press('Tab');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement?.textContent === 'Meera Shah');
    await page.keyboard.press('Enter');
    await page.waitForURL(/customers\/[0-9a-f]{24}/);
    const id = idOf(page);
    const owed = await balanceOf(shop, id);
    // The keys of the khata work once it is there.
    await page.locator('button:has(.tabler-icon-arrow-up-right)').waitFor();

    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('d');
    await page.locator('[role="dialog"] input').first().waitFor();
    // Figures of either alphabet, grouped as India does.
    await page.keyboard.type('१२,४५०.५');
    await page.getByRole('status').filter({ hasText: 'will owe you' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
    assert.equal(await balanceOf(shop, id), owed + 12450.5);
    const balance = `₹${(owed + 12450.5).toLocaleString('en-IN', { minimumFractionDigits: 2 })}`;
    await page.getByText(`Meera Shah owes you ${balance}.`).waitFor();
    // To take it back is a posting, too: the result stands there before.
    await page
      .getByRole('button', { name: /^Reverse the entry/ })
      .first()
      .click();
    const before = `₹${owed.toLocaleString('en-IN', { minimumFractionDigits: 2 })}`;
    await page.getByRole('dialog').getByText(`will owe you ${before}.`).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText(balance, { exact: true }).first().waitFor();
    // The opened khata stays while the list beside it is narrowed further.
    await page.getByRole('searchbox').press('End');
    await page.keyboard.type(' shah');
    await page.waitForURL(/customers\/[0-9a-f]{24}\?.*q=meera(\+|%20)shah/);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    // Nobody touched the second browser.
    await second.page.getByText(balance, { exact: true }).first().waitFor();

    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.pathname.endsWith('/customers'));
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Add customer').waitFor();
    await page.keyboard.press('Escape');
    // The focus goes back to where it was.
    const search = page.getByRole('searchbox');
    await search.focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').press('Escape');
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
    await Promise.all([first.close(), second.close()]);
  });

  test('a double press on a slow line posts once; the server goes away in mid-form: nothing typed is lost, nothing is done twice', async () => {
    const { page, complaints, close } = await openSignedIn(browser, shop, '/console/customers');
    await page.getByText('Rahul Kulkarni').click();
    await page.waitForURL(/customers\/[0-9a-f]{24}/);
    const id = idOf(page);
    const owed = await balanceOf(shop, id);
    await page.getByRole('button', { name: 'You gave' }).click();
    await page.locator('[role="dialog"] input').first().fill('100');
    await page.route('**/api/khata/transactions', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('[role="dialog"]').waitFor({ state: 'detached' });
    assert.equal(await balanceOf(shop, id), owed + 100);
    await page.unroute('**/api/khata/transactions');

    await go(page, '/console/customers?add=true');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Nilima Apte');
    await dialog.getByLabel('Phone').fill('98765 00003');
    await shop.stop();
    await dialog.getByRole('button', { name: 'Add customer' }).click();
    await dialog.getByText(errorsEn.unreachable).waitFor();
    await page.locator('[data-state="interrupted"]').waitFor();
    // Also through a new load of the page.
    await shop.restart();
    await page.reload();
    await settled(page);
    await dialog.getByText('What you typed before is back.').waitFor();
    assert.equal(await dialog.getByLabel('Phone').inputValue(), '98765 00003');
    // A number that somebody has already is refused beside its field, with their name and the way to them.
    const api = await apiOf(shop);
    const { data } = await api.get<{ data: { id: string; phone: string }[] }>(
      '/api/customers/search?q=meera',
    );
    await dialog.getByLabel('Phone').fill(data[0]?.phone ?? '');
    await page.keyboard.press('Enter');
    await dialog.locator('p', { hasText: 'Meera Shah has this number.' }).waitFor();
    const whose = dialog.getByRole('link', { name: 'Open the khata' });
    assert.equal(await whose.getAttribute('href'), `/console/customers/${data[0]?.id}`);
    await dialog.getByLabel('Phone').fill('98765 00003');
    await dialog.getByRole('button', { name: 'Add customer' }).click();
    await page.waitForURL(/customers\/[0-9a-f]{24}/);
    const found = await api.get<{ data: unknown[] }>('/api/customers/search?q=Nilima');
    assert.equal(found.data.length, 1);
    await page.locator('[data-state="live"]').waitFor();
    await removeAndBringBack(page);
    await showEveryRemoved(page, api);
    await bringBackTakenNumber(page, api);
    // That the line was gone, and the refusal, are what the browser complained of.
    complaints.length = 0;
    await close();
  });

  test('a session that ends is signed in again over the page; one sign-out is that of every tab', async () => {
    const { page, complaints, close } = await openSignedIn(browser, shop, '/console/customers?add=true');
    await page.getByRole('dialog').getByLabel('Name').fill('Half a name');
    const api = await apiOf(shop);
    const added = await api.send('POST', '/api/customers', { name: 'Goes Away', phone: '98765 00004' });
    const { data } = (await added.json()) as { data: { id: string } };
    await api.send('DELETE', '/api/auth/sessions');
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.waitFor();
    await again.locator('[autocomplete="current-password"]').fill(OWNER.password);
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    const name = page.getByRole('dialog').getByLabel('Name');
    assert.equal(await name.inputValue(), 'Half a name');

    const other = await page.context().newPage();
    await other.goto(`/console/customers/${data.id}`);
    await settled(other);
    await other.route('**/restore', (route) => route.fulfill({ status: 502, body: '' }));
    await other.locator('main').getByRole('button', { name: 'More' }).click();
    await other.getByRole('menuitem', { name: 'Remove customer' }).click();
    await other.getByRole('button', { name: 'Undo' }).click();
    const offer = other.getByText(`Goes Away removed${errorsEn.unreadable}`);
    await offer.waitFor();
    // Nothing that is told lies on one's account.
    await other.getByRole('button', { name: OWNER.username }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await Promise.all([page, other].map((each) => each.waitForURL(/sign-in/)));
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')));
    assert.deepEqual(kept, []);
    // What is offered to one is not there for the next.
    await offer.waitFor({ state: 'detached' });
    complaints.length = 0;
    await close();
  });
});

/** Also those whom the first answer leaves out; the server gives a thousand at once, and here one. */
async function showEveryRemoved(page: Page, api: ShopApi): Promise<void> {
  for (const [name, phone] of [
    ['Gone First', '98765 00011'],
    ['Gone Second', '98765 00012'],
  ]) {
    const added = await api.send('POST', '/api/customers', { name, phone });
    const { data } = (await added.json()) as { data: { id: string } };
    await api.send('DELETE', `/api/customers/${data.id}`);
  }
  const asked = /\/api\/customers\?.*removed=true/;
  await page.route(asked, (route) =>
    route.continue({ url: route.request().url().replace('limit=1000', 'limit=1') }),
  );
  await page.goto('/console/customers?show=removed');
  for (const name of ['Gone First', 'Gone Second'])
    await page.getByRole('button', { name: `Bring back ${name}` }).waitFor();
  await page.unroute(asked);
}

/** Whose number is somebody else's by now is found at the old address, and comes back once that one has another. */
async function bringBackTakenNumber(page: Page, api: ShopApi): Promise<void> {
  const phone = '98765 00006';
  const added = await api.send('POST', '/api/customers', { name: 'Had It', phone });
  const { data } = (await added.json()) as { data: { id: string } };
  await api.send('DELETE', `/api/customers/${data.id}`);
  await api.send('POST', '/api/customers', { name: 'Has It', phone });
  await page.goto(`/console/customers/${data.id}`);
  await page.getByRole('heading', { name: errorsEn.customer_not_found }).waitFor();
  await page.getByRole('button', { name: 'Show removed customers' }).click();
  const bringBack = page.getByRole('button', { name: 'Bring back Had It' });
  await bringBack.click();
  await page.getByRole('dialog').getByText('Has It has the number +91 98765 00006 by now.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Open the khata' }).click();
  await page.getByRole('heading', { name: 'Has It' }).waitFor();
  await page.locator('main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Change customer' }).click();
  await page.getByRole('dialog').getByLabel('Phone').fill('98765 00007');
  await page.keyboard.press('Enter');
  await page.getByText('Has It changed').waitFor();
  await bringBack.click();
  await page.getByRole('heading', { name: 'Had It' }).waitFor();
}

/** Nilima Apte, who owes nothing, is removed at once, and there again by Undo; Meera Shah owes, and is not removed. */
async function removeAndBringBack(page: Page): Promise<void> {
  const rows = page.locator('main [data-index]');
  const openMenu = () => page.locator('main').getByRole('button', { name: 'More' }).click();
  const toRemove = page.getByRole('menuitem', { name: 'Remove customer' });
  const removeNilima = async () => {
    await rows.getByText('Nilima Apte').click();
    await page.getByRole('heading', { name: 'Nilima Apte' }).waitFor();
    await openMenu();
    await toRemove.click();
    await page.getByText('Nilima Apte removed').waitFor();
    await page.waitForURL((url) => url.pathname.endsWith('/customers'));
    await rows.first().waitFor({ state: 'detached' });
  };
  // Whichever script the name is typed in.
  await page.getByRole('searchbox').fill('नीलिमा');
  await page.waitForFunction(() => document.querySelectorAll('main [data-index]').length === 1);
  await removeNilima();
  // An Undo that did not get through is offered again, with what went wrong.
  await page.route('**/restore', (route) => route.abort(), { times: 1 });
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`Nilima Apte removed${errorsEn.waitAndRetry}`).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Taken back').waitFor();
  await removeNilima();
  // Once the Undo is gone she is found among the removed.
  await page.getByText('Removed', { exact: true }).click();
  await page.getByText('1 removed customer').waitFor();
  await page.getByRole('button', { name: 'Bring back Nilima Apte' }).click();
  await page.getByText('Nilima Apte is back').waitFor();
  await rows.getByText('Nilima Apte').waitFor();
  await removeNilima();
  // Whoever adds her anew is told of the khata that she has.
  await page.getByRole('button', { name: 'Add customer' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nilima');
  await dialog.getByLabel('Phone').fill('+91 98765-00003');
  await page.keyboard.press('Enter');
  await dialog.getByText('Nilima Apte had this number and was removed.').waitFor();
  await dialog.getByRole('button', { name: 'Bring back Nilima Apte' }).click();
  await dialog.waitFor({ state: 'detached' });
  await removeNilima();

  await page.getByRole('searchbox').fill('meera');
  await rows.getByText('Meera Shah').click();
  await page.getByRole('heading', { name: 'Meera Shah' }).waitFor();
  await openMenu();
  // What it answers is said at once, although three are told already and stay while the pointer is over them.
  await page.getByText('Nilima Apte removed').hover();
  await toRemove.press('Enter');
  await page.getByText(errorsEn.customer_has_balance).waitFor();
  await page.getByRole('heading', { name: 'Meera Shah' }).waitFor();
}
