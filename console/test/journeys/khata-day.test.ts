// A day with the khata, by keyboard and by touch, in each language, with a second browser watching; and the unfriendly
// part: a double press, a slow line, a server that goes away in mid-form, a session that ends, another tab signing out.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { en as customersEn } from '../../src/features/customers/words/en.ts';
import { hi as customersHi } from '../../src/features/customers/words/hi.ts';
import { mr as customersMr } from '../../src/features/customers/words/mr.ts';
import { en as errorsEn } from '../../src/words/errors/en.ts';
import { openPage, openSignedIn, PHONE, settled, signIn } from '../browser.ts';
import { OWNER, type RunningShop } from '../sample-shop.ts';
import { shared } from '../shared.ts';
import { apiOf, balanceOf } from '../shop-api.ts';

const WORDS = { hi: customersHi, mr: customersMr };

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

  for (const language of ['hi', 'mr'] as const) {
    test(`by touch on a phone in ${language}: new customer, gave, got, reversed, statement, sign-out`, async () => {
      const words = WORDS[language];
      const { page, close } = await openSignedIn(browser, shop, '/console/customers', {
        language,
        size: PHONE,
      });
      await page.getByRole('button', { name: words.add, exact: true }).tap();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(words.name, { exact: false }).first().fill('लक्ष्मी कदम');
      await dialog
        .getByLabel(words.phone, { exact: false })
        .fill(language === 'hi' ? '98765 00001' : '98765 00002');
      await dialog.getByRole('button', { name: words.add }).tap();
      await page.waitForURL(/customers\/[0-9a-f]{24}/);
      const id = idOf(page);

      await post(page, words.gave, words.post, '5000');
      await page.getByText('+₹5,000.00').waitFor();
      await post(page, words.got, words.post, '2000');
      await page.getByText('−₹2,000.00').waitFor();
      assert.equal(await balanceOf(shop, id), 3000);
      // Also where the language has capitals of its own for the halves of the day.
      const hover = await page.locator('main time[title]').first().getAttribute('title');
      assert.match(hover ?? '', /, \d{1,2}:\d\d\s(am|pm)$/);

      await page.locator('[data-index="0"] button').tap();
      await page.getByRole('dialog').getByRole('textbox').fill('चुकीची नोंद');
      await page.getByRole('dialog').getByRole('button', { name: words.reverse }).tap();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(await balanceOf(shop, id), 5000);
      // What was taken back is open again, and as old as it was.
      const ages = page.locator(`dl[aria-label="${words.ages}"]`);
      await ages.locator('div:first-child', { hasText: '₹5,000.00' }).waitFor();
      assert.deepEqual(await ages.locator('dd').allTextContents(), ['₹5,000.00', '–', '–', '–']);

      await page.getByRole('button', { name: words.statement, exact: true }).tap();
      const link = page.getByRole('link', { name: words.whatsapp });
      await page.locator('[role="dialog"] pre:not(:empty)').waitFor();
      assert.match(
        (await link.getAttribute('href')) ?? '',
        /^https:\/\/wa\.me\/919876500\d+\?text=.*5%2C000/,
      );
      // What comes later moves the buttons below it: the code to pay by, and how many entries there are.
      await dialog.locator('svg[role="img"]').waitFor();
      const print = dialog.getByRole('button', { name: words.print, exact: true, disabled: false });
      await print.waitFor();
      await printedInEnglish(page, () => print.tap());
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: words.downloadCsv }).tap();
      const { suggestedFilename } = await download.then((file) => ({
        suggestedFilename: file.suggestedFilename(),
      }));
      assert.match(suggestedFilename, /\.csv$/);
      await close();
    });
  }

  test('a double press on a slow line posts once', async () => {
    const { page, close } = await openSignedIn(browser, shop, '/console/customers');
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
    await close();
  });

  test('the server goes away in mid-form: nothing typed is lost, nothing is done twice', async () => {
    const { page, complaints, close } = await openSignedIn(browser, shop, '/console/customers?add=true');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Customer', { exact: false }).first().fill('Nilima Apte');
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
    await dialog.getByRole('button', { name: 'Add customer' }).click();
    await page.waitForURL(/customers\/[0-9a-f]{24}/);
    const api = await apiOf(shop);
    const found = await api.get<{ data: unknown[] }>('/api/customers/search?q=Nilima');
    assert.equal(found.data.length, 1);
    await page.locator('[data-state="live"]').waitFor();
    // That the line was gone is what the browser complained of.
    complaints.length = 0;
    await close();
  });

  test('a session that ends is signed in again over the page; one sign-out is that of every tab', async () => {
    const { page, complaints, close } = await openSignedIn(browser, shop, '/console/customers?add=true');
    await page.getByRole('dialog').getByLabel('Customer', { exact: false }).first().fill('Half a name');
    const api = await apiOf(shop);
    await api.send('DELETE', '/api/auth/sessions');
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.waitFor();
    await again.locator('[autocomplete="current-password"]').fill(OWNER.password);
    await page.keyboard.press('Enter');
    await again.waitFor({ state: 'detached' });
    const name = page.getByRole('dialog').getByLabel('Customer', { exact: false }).first();
    assert.equal(await name.inputValue(), 'Half a name');

    const other = await page.context().newPage();
    await other.goto('/console/today');
    await settled(other);
    await other.getByRole('button', { name: OWNER.username }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await Promise.all([page, other].map((each) => each.waitForURL(/sign-in/)));
    const kept = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft')));
    assert.deepEqual(kept, []);
    complaints.length = 0;
    await close();
  });
});

function idOf(page: Page): string {
  return /customers\/([0-9a-f]{24})/.exec(page.url())?.[1] ?? '';
}

/** A customer without a language of their own gets what was chosen on this device last; at first the console's. */
async function printedInEnglish(page: Page, print: () => Promise<void>): Promise<void> {
  await page.evaluate(() => {
    window.print = () => {
      const paper = document.querySelector<HTMLElement>('body > .paper');
      document.title = `${paper?.lang} ${paper?.textContent}`;
    };
  });
  const spoken = await page.evaluate(() => document.documentElement.lang);
  const choose = (language: string) => page.locator(`[role="radiogroup"] [lang="${language}"]`).tap();
  const keptLanguage = () => page.evaluate(() => localStorage.getItem('swati.paper-language'));
  await choose('en');
  await print();
  await page.waitForFunction((opening) => document.title.includes(opening), customersEn.opening);
  // The customer reads it: nothing on it is told from the shop's side.
  assert.match(await page.title(), /^en .*Statement for लक्ष्मी कदम.*DateForDebitCreditBalance.*₹5,000\.00/);
  assert.equal(await keptLanguage(), 'en');
  await choose(spoken);
  assert.equal(await keptLanguage(), null);
  await print();
  await page.waitForFunction((lang) => document.title.startsWith(`${lang} `), spoken);
}

async function post(page: Page, button: string, action: string, amount: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input').first().fill(amount);
  await dialog.getByRole('button', { name: action }).tap();
  await dialog.waitFor({ state: 'detached' });
}
