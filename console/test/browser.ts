// One browser for a process, a page a test. A page fails its test by any console error, any error of a script, and any
// request that leaves the shop.

import assert from 'node:assert/strict';
import {
  type Browser,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
  type Request,
} from 'playwright-core';
import { findChromium, INSTALL_HINT } from './find-chromium.ts';
import { OWNER, type RunningShop } from './sample-shop.ts';

export type Language = 'en' | 'hi' | 'mr';
export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const SMALL_PHONE = { width: 360, height: 740 };

// A machine with much else to do is slow, not broken.
const WAIT_MS = 30_000;
/** Of the shop's origin, and nothing runs on it. */
const LIGHT = '/console/icon-192.png';
/** What the browser says because of the tests themselves. */
const OF_THE_TESTS = /Service Worker registration blocked by Playwright/;

/** A page of a test is gone before code that is compiled to run fast for long has repaid it: a sixth of the processor. */
export const SHORT_VISITS = '--js-flags=--no-maglev --no-turbofan';

/** Pages of one visitor share a process, and none is started before it is needed: a tenth of the processor. */
export const ONE_PROCESS = '--renderer-process-limit=1';

export async function openBrowser(...flags: string[]): Promise<Browser> {
  const executablePath = findChromium();
  assert.ok(executablePath, INSTALL_HINT);
  // As root, Chromium has no sandbox.
  const args = process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags;
  return chromium.launch({ executablePath, args });
}

export interface PageWish {
  language?: Language;
  theme?: 'light' | 'dark';
  size?: { width: number; height: number };
  /** Another address of the shop than its own, such as that of the network. */
  origin?: string;
}

export interface Account {
  username: string;
  password: string;
}

type StorageState = Exclude<BrowserContextOptions['storageState'], string | undefined>;

export interface TestPage {
  page: Page;
  origin: string;
  /** What the page said on its console; a test that expects an error empties it. */
  complaints: string[];
  /** Fails when the page complained. */
  close: () => Promise<void>;
}

export async function openPage(
  browser: Browser,
  shop: RunningShop,
  wish: PageWish = {},
  storageState?: StorageState,
): Promise<TestPage> {
  const { origin = shop.origin, language = 'en', theme = 'light', size = DESKTOP } = wish;
  const isPlain = wish.origin === undefined && language === 'en' && theme === 'light' && size === DESKTOP;
  const kept = isPlain ? takeKept(browser, origin) : undefined;
  const page = kept ?? (await newPage(browser, origin, wish, storageState));
  if (kept !== undefined && storageState !== undefined) await bringBack(kept, storageState);
  const complaints: string[] = [];
  const unwatch = watch(page, origin, complaints);
  return {
    page,
    origin,
    complaints,
    close: async () => {
      if (isPlain) await keep(browser, origin, page, unwatch);
      else await page.context().close();
      assert.deepEqual(complaints, []);
    },
  };
}

async function newPage(
  browser: Browser,
  origin: string,
  wish: PageWish,
  storageState?: StorageState,
): Promise<Page> {
  const { language = 'en', theme = 'light', size = DESKTOP } = wish;
  const context = await browser.newContext({
    viewport: size,
    locale: `${language}-IN`,
    colorScheme: theme,
    hasTouch: size.width < 768,
    isMobile: size.width < 768,
    reducedMotion: 'reduce',
    // A worker of an earlier page must not answer for the shop.
    serviceWorkers: 'block',
    baseURL: origin,
    ...(storageState === undefined ? {} : { storageState }),
  });
  context.setDefaultTimeout(WAIT_MS);
  return context.newPage();
}

/** What the page complains of from now on; answers how to stop. */
function watch(page: Page, origin: string, complaints: string[]): () => void {
  const onConsole = (message: ConsoleMessage) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint && !OF_THE_TESTS.test(message.text())) complaints.push(message.text());
  };
  const onError = (error: Error) => complaints.push(String(error));
  const onRequest = (request: Request) => {
    const { origin: asked } = new URL(request.url());
    if (asked !== origin && /^http/.test(asked)) complaints.push(`asked ${asked}`);
  };
  page.on('console', onConsole).on('pageerror', onError).on('request', onRequest);
  return () => void page.off('console', onConsole).off('pageerror', onError).off('request', onRequest);
}

/** Empty pages that another test has left, by browser and shop: they open the console in half the time of a new one. */
const keptPages = new WeakMap<Browser, Map<string, Page>>();

function takeKept(browser: Browser, origin: string): Page | undefined {
  const page = keptPages.get(browser)?.get(origin);
  keptPages.get(browser)?.delete(origin);
  return page;
}

/** Leaves nothing of a test in it but files of the console that the browser has read and compiled. */
async function keep(browser: Browser, origin: string, page: Page, unwatch: () => void): Promise<void> {
  const context = page.context();
  const others = context.pages().filter((other) => other !== page);
  await Promise.all([page.unrouteAll(), ...others.map((other) => other.close())]);
  // Whatever it has complained of until here is told before it answers.
  await page.evaluate(() => document.readyState);
  unwatch();
  // A page of another origin would end the process that has compiled the console.
  await page.goto(`${origin}${LIGHT}`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
  await Promise.all([
    context.clearCookies(),
    page.setViewportSize(DESKTOP),
    page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' }),
  ]);
  const pages = keptPages.get(browser) ?? new Map<string, Page>();
  if (pages.has(origin)) return context.close();
  keptPages.set(browser, pages.set(origin, page));
}

async function bringBack(page: Page, { cookies, origins }: StorageState): Promise<void> {
  await page.context().addCookies(cookies);
  const items = origins.flatMap(({ localStorage }) => localStorage);
  await page.evaluate((known) => {
    for (const { name, value } of known) localStorage.setItem(name, value);
  }, items);
}

/** Gives the window a new size, and waits until the page has heard of it and laid itself out. */
export async function resize(page: Page, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.waitForFunction(({ width, height }) => innerWidth === width && innerHeight === height, size);
  // A whole frame tells the listeners and observers; what they ask of the page is done in the task after.
  await page.evaluate(
    () =>
      new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => setTimeout(done)))),
      ),
  );
}

/** A page on which the owner, or another, has signed in at an earlier visit, opened where a test begins. */
export async function openSignedIn(
  browser: Browser,
  shop: RunningShop,
  path: string,
  wish: PageWish = {},
  account: Account = OWNER,
): Promise<TestPage> {
  const opened = await openPage(browser, shop, wish, await earlierVisit(shop, account));
  await opened.page.goto(path);
  await settled(opened.page);
  return opened;
}

/** What the console leaves in a browser. */
async function earlierVisit({ origin }: RunningShop, account: Account): Promise<StorageState> {
  const answer = await fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-session': 'cookie' },
    body: JSON.stringify(account),
  });
  const value = /^swati_refresh=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? '')?.[1] ?? '';
  const { hostname: domain } = new URL(origin);
  return {
    cookies: [
      {
        name: 'swati_refresh',
        value,
        domain,
        path: '/api/auth',
        expires: -1,
        httpOnly: true,
        secure: false,
        sameSite: 'Strict',
      },
    ],
    origins: [{ origin, localStorage: [{ name: 'swati.session', value: 'yes' }] }],
  };
}

/** Signs in by the page, by keyboard, and waits until the frame stands. */
export async function signIn(page: Page, path = '/console/today', account = OWNER): Promise<void> {
  await page.goto(path);
  await page.locator('[autocomplete="username"]').fill(account.username);
  await page.locator('[autocomplete="current-password"]').fill(account.password);
  await page.keyboard.press('Enter');
  await settled(page);
}

/** Signed in, a screen painted, nothing loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForURL((url) => !/sign-in|setup/.test(url.pathname));
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root') === null,
  );
  await page.evaluate(() => document.fonts.ready);
}

/** Goes to a screen inside the console, without loading the page again, and waits until it stands. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
  const shown = path.replace('/console', '').split('?')[0];
  await page.locator(`main[data-shown$="${shown}"]`).waitFor();
  await settled(page);
}

/** By how many pixels the page can be pushed sideways. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
