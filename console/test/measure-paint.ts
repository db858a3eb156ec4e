// What a person with a slow telephone waits for in the console, in a real Chromium with a four times slower processor,
// at the counter and on a line of 1.6 Mbit/s with 150 ms of delay (as Lighthouse slows a phone). Prints JSON.

import type { Browser, Page } from 'playwright-core';
import { openBrowser, PHONE, settled } from './browser.ts';
import { OWNER, type RunningShop, startShop } from './sample-shop.ts';

const SLOWER = 4;
const LINE = { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };
const ROUNDS = 5;
const GOAL_MS = 1_500;
const PATIENCE_MS = 60_000;

interface Visit {
  firstPaintMs: number;
  largestPaintMs: number;
  blockedMs: number;
  shift: number;
  kilobytes: number;
}

/** Left behind by the page's own observers. */
declare global {
  interface Window {
    seen?: { largest: number; blocked: number; shift: number };
  }
}

/** Runs in the page before anything of its own. */
function observe(): void {
  const seen = { largest: 0, blocked: 0, shift: 0 };
  window.seen = seen;
  const watch = (type: string, take: (entry: PerformanceEntry) => void): void =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) take(entry);
    }).observe({ type, buffered: true });
  watch('largest-contentful-paint', (entry) => {
    seen.largest = entry.startTime;
  });
  // What a task takes beyond 50 ms, nobody can press anything.
  watch('longtask', (entry) => {
    seen.blocked += Math.max(0, entry.duration - 50);
  });
  watch('layout-shift', (entry) => {
    seen.shift += (entry as PerformanceEntry & { value: number }).value;
  });
}

async function visit(page: Page, path: string, ready: (page: Page) => Promise<void>): Promise<Visit> {
  await page.goto(path);
  await ready(page);
  return page.evaluate(() => {
    const seen = window.seen ?? { largest: 0, blocked: 0, shift: 0 };
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const [first] = performance.getEntriesByName('first-contentful-paint');
    return {
      firstPaintMs: Math.round(first?.startTime ?? 0),
      largestPaintMs: Math.round(seen.largest),
      blockedMs: Math.round(seen.blocked),
      shift: Math.round(seen.shift * 1_000) / 1_000,
      kilobytes: Math.round(resources.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1_000),
    };
  });
}

function middle(visits: readonly Visit[]): Visit {
  const sorted = visits.toSorted((a, b) => a.largestPaintMs - b.largestPaintMs);
  return sorted[sorted.length >> 1] as Visit;
}

/** A new phone: first the sign-in page, then Today, then Today again and again. */
async function visitAll(browser: Browser, shop: RunningShop, isLineSlow: boolean): Promise<Visit[][]> {
  const context = await browser.newContext({
    viewport: PHONE,
    baseURL: shop.origin,
    serviceWorkers: 'block',
    isMobile: true,
    hasTouch: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  if (isLineSlow) await devtools.send('Network.emulateNetworkConditions', { offline: false, ...LINE });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(observe);
  const form = page.locator('[autocomplete="username"]');
  const first = await visit(page, '/console/today', () => form.waitFor());
  await form.fill(OWNER.username);
  await page.locator('[autocomplete="current-password"]').fill(OWNER.password);
  await page.keyboard.press('Enter');
  await settled(page);
  const again: Visit[] = [];
  for (let n = 0; n < ROUNDS; n++) again.push(await visit(page, '/console/today', settled));
  await context.close();
  return [[first], again];
}

function row(work: string, visits: readonly Visit[], isLineSlow: boolean, goalMs: number | null) {
  const { largestPaintMs, firstPaintMs, blockedMs, shift, kilobytes } = middle(visits);
  const judgement = largestPaintMs <= (goalMs ?? 0) ? 'met' : 'MISSED';
  return {
    work,
    measured: `largest paint ${largestPaintMs} ms`,
    goal: goalMs === null ? '' : `largest paint at most ${goalMs} ms`,
    outcome: goalMs === null ? 'not judged' : judgement,
    note:
      `first paint ${firstPaintMs} ms, blocked ${blockedMs} ms, shift ${shift}, ${kilobytes} kB; processor ` +
      `${SLOWER} times slower${isLineSlow ? ', 1.6 Mbit/s and 150 ms of delay' : ''}`,
  };
}

const [shop, browser] = await Promise.all([startShop(), openBrowser()]);
try {
  const [first = [], again = []] = await visitAll(browser, shop, false);
  const [firstSlow = [], againSlow = []] = await visitAll(browser, shop, true);
  const rows = [
    row('console, sign-in page at the first visit', first, false, null),
    row('console, Today, warm', again, false, GOAL_MS),
    row('console, sign-in page at the first visit, slow line', firstSlow, true, null),
    row('console, Today, warm, slow line', againSlow, true, null),
  ];
  process.stdout.write(JSON.stringify(rows));
} finally {
  await browser.close();
  await shop.remove();
}
