// Every screen of the console, for the checks and pictures that are the same for all. A new screen adds its line.

import type { Page } from 'playwright-core';

export interface Screen {
  name: string;
  path: string;
  /** Opened from there by hand, such as a detail or a dialog; waits for what it opened. */
  open?: (page: Page) => Promise<void>;
}

/** Who was removed, and what: the sample shop has none of them (`removeSome`). */
const rowsThere = (page: Page) => page.locator('main [data-index="0"]').waitFor();

const firstRow = (page: Page) => page.locator('main [data-index="0"] a').first();

/** Two pieces for Meera, paid by UPI and on khata. Nothing is sent; what stands there already stays. */
async function fillSale(page: Page): Promise<void> {
  const lines = page.locator('[data-path$=".quantity"]');
  if ((await lines.count()) > 0) return;
  await pickFrom(page, 'customer', 'meera');
  await pickFrom(page, 'lines', 'jhumka');
  await lines.first().waitFor();
  await pickFrom(page, 'lines', 'ring');
  await lines.nth(1).waitFor();
  await page.locator('[data-path$=".price"]').nth(1).filter({ visible: true }).waitFor();
  await page.locator('[data-path="paid.upi"]').fill('20000');
  await page.locator('button:has(+ * [data-path="paid.khata"])').click();
}

/** Types into a picker and takes the first that fits. */
async function pickFrom(page: Page, path: string, text: string): Promise<void> {
  await page.locator(`[data-path="${path}"]`).fill(text);
  await page.locator(`[data-path="${path}"]`).press('Enter');
}

export const SCREENS: readonly Screen[] = [
  { name: 'today', path: '/console/today' },
  {
    name: 'today-money',
    path: '/console/today',
    open: async (page) => {
      await page.locator('main button:has(.tabler-icon-chevron-down)').click();
      await page.locator('[role="dialog"] dl').waitFor();
    },
  },
  { name: 'sale-empty', path: '/console/sale' },
  { name: 'sale', path: '/console/sale', open: fillSale },
  {
    name: 'bill',
    path: '/console/sale',
    open: async (page) => {
      await fillSale(page);
      await page.keyboard.press('Control+Enter');
      await page.waitForURL(/sale\/[0-9a-f]{24}/);
      await page.locator('main .paperHead').waitFor();
    },
  },
  { name: 'bills', path: '/console/sale/bills' },
  { name: 'customers', path: '/console/customers' },
  {
    name: 'khata',
    path: '/console/customers',
    open: async (page) => {
      await firstRow(page).click();
      await page.waitForURL(/customers\/[0-9a-f]{24}/);
      await page.locator('main dl[aria-busy="false"]').waitFor();
    },
  },
  {
    name: 'khata-post',
    path: '/console/customers',
    open: async (page) => {
      await firstRow(page).click();
      await page.waitForURL(/customers\/[0-9a-f]{24}/);
      await page.locator('button:has(.tabler-icon-arrow-up-right)').click();
      await page.locator('[role="dialog"] input').first().fill('12450');
    },
  },
  {
    name: 'khata-statement',
    path: '/console/customers',
    open: async (page) => {
      await firstRow(page).click();
      await page.waitForURL(/customers\/[0-9a-f]{24}/);
      await page.locator('button:has(.tabler-icon-send)').click();
      await page.locator('[role="dialog"] pre:not(:empty)').waitFor();
    },
  },
  { name: 'customers-removed', path: '/console/customers?show=removed', open: rowsThere },
  { name: 'customer-new', path: '/console/customers?add=true' },
  { name: 'orders', path: '/console/orders?status=pending' },
  {
    name: 'order',
    path: '/console/orders',
    open: async (page) => {
      await firstRow(page).click();
      await page.waitForURL(/orders\/[0-9a-f]{24}/);
      await page.locator('main ol li').first().waitFor();
    },
  },
  { name: 'order-new', path: '/console/orders?add=true' },
  { name: 'products', path: '/console/products' },
  { name: 'products-grid', path: '/console/products?view=grid' },
  {
    name: 'product',
    path: '/console/products?view=table',
    open: async (page) => {
      await firstRow(page).click();
      await page.waitForURL(/products\/[0-9a-f]{24}/);
      await page.locator('main ol li').first().waitFor();
      await page.locator('main dl dd').first().waitFor();
    },
  },
  { name: 'products-removed', path: '/console/products?state=removed', open: rowsThere },
  {
    name: 'product-new',
    path: '/console/products?add=true',
    open: (page) => page.locator('[role="dialog"] [data-path="name"]').waitFor(),
  },
  { name: 'forecast', path: '/console/forecasts' },
  { name: 'forecast-stones', path: '/console/forecasts/diamonds' },
  { name: 'forecast-models', path: '/console/forecasts/models' },
  { name: 'analytics-revenue', path: '/console/analytics?metric=revenue' },
  { name: 'analytics-conversion', path: '/console/analytics?metric=conversion' },
  { name: 'analytics-top-products', path: '/console/analytics?metric=top-products' },
  { name: 'analytics-busy-hours', path: '/console/analytics?metric=busy-hours' },
  { name: 'analytics-khata-ageing', path: '/console/analytics?metric=khata-ageing' },
  { name: 'analytics-gold', path: '/console/analytics?metric=gold' },
  { name: 'settings', path: '/console/settings' },
  { name: 'settings-rules', path: '/console/settings/rules' },
  { name: 'people', path: '/console/settings/people' },
  { name: 'person-new', path: '/console/settings/people?add=true' },
  { name: 'backups', path: '/console/settings/backups' },
  { name: 'account', path: '/console/settings/account' },
  { name: 'journal', path: '/console/journal' },
  {
    name: 'journal-entry',
    path: '/console/journal?subject=metal_price',
    open: async (page) => {
      await page.locator('main [data-index="0"] button').first().click();
      await page.locator('[role="dialog"] table').waitFor();
    },
  },
  { name: 'prices', path: '/console/prices' },
  {
    name: 'price-set',
    path: '/console/prices',
    open: async (page) => {
      await page.locator('main li button').nth(1).click();
      await page.locator('[role="dialog"] input').first().fill('12100');
    },
  },
  { name: 'price-board', path: '/console/prices/board' },
  // After the board, since the dialog of a rate stays open on its page.
  {
    name: 'stone-new',
    path: '/console/prices',
    open: async (page) => {
      await page.locator('main section:last-of-type button').last().click();
      await page.locator('[role="dialog"] [data-path="carat"]').fill('0.71');
    },
  },
];
