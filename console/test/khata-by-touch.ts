// A customer's khata by touch on a phone, in a language of its own.

import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { en as customersEn } from '../src/features/customers/words/en.ts';
import { hi as customersHi } from '../src/features/customers/words/hi.ts';
import { mr as customersMr } from '../src/features/customers/words/mr.ts';
import { openSignedIn, PHONE } from './browser.ts';
import { shared } from './shared.ts';
import { balanceOf } from './shop-api.ts';

const WORDS = { hi: customersHi, mr: customersMr };

export async function khataByTouch(language: 'hi' | 'mr'): Promise<void> {
  const words = WORDS[language];
  const { shop, browser } = await shared();
  const { page, close } = await openSignedIn(browser, shop, '/console/customers', {
    language,
    size: PHONE,
  });
  await page.getByRole('button', { name: words.add, exact: true }).tap();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words.named).fill('लक्ष्मी कदम');
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
  // No dot stands before the button that these two entries have not.
  const before = await page
    .locator('[data-index] span:empty')
    .evaluateAll((all) => all.map((each) => getComputedStyle(each, '::before').content));
  assert.deepEqual([before.length > 0, ...new Set(before)], [true, 'none']);
  // What was taken back is open again, and as old as it was.
  const ages = page.locator(`dl[aria-label="${words.ages}"]`);
  await ages.locator('div:first-child', { hasText: '₹5,000.00' }).waitFor();
  assert.deepEqual(await ages.locator('dd').allTextContents(), ['₹5,000.00', '–', '–', '–']);

  await page.getByRole('button', { name: words.statement, exact: true }).tap();
  const link = page.getByRole('link', { name: words.whatsapp });
  await page.locator('[role="dialog"] pre:not(:empty)').waitFor();
  assert.match((await link.getAttribute('href')) ?? '', /^https:\/\/wa\.me\/919876500\d+\?text=.*5%2C000/);
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
}

/** The customer whose page it is. */
export function idOf(page: Page): string {
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
