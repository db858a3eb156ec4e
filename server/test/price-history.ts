// Rates and stones for tests of predictions, straight into the store.

import { CLARITIES, COLORS, CUTS, type Metal } from '../src/domain/price.ts';
import { DAY_MS, dayOf } from '../src/domain/shop-day.ts';
import type { TestShop } from './test-shop.ts';

const FILE = { name: 'history.csv', sha256: 'ab'.repeat(32) };

/** One rate a day up to and with the shop's today: a slow wave, so that there is something to learn. */
export async function addRates(
  { shop, by, clock }: TestShop,
  count: number,
  series: { metal: Metal; purity: string } = { metal: 'gold', purity: '916' },
): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const day = dayOf(clock.now - (count - 1 - index) * DAY_MS);
    const paisePerGram = 650_000 + Math.round(8_000 * Math.sin(index / 9)) + 90 * index;
    const at = Date.parse(`${day}T00:00:00Z`);
    return { id: shop.newId(), purity: series.purity, paisePerGram, at, day, source: 'test' };
  });
  await shop.store.prices.import(series.metal, rows, FILE, by());
}

/** Stones of today, larger ones dearer per carat. */
export async function addStones({ shop, by, clock }: TestShop, count: number): Promise<void> {
  const day = dayOf(clock.now);
  const rows = Array.from({ length: count }, (_, index) => {
    const milliCarat = 300 + (index % 90) * 20;
    return {
      id: shop.newId(),
      milliCarat,
      cut: CUTS[index % 5] as (typeof CUTS)[number],
      color: COLORS[index % 7] as (typeof COLORS)[number],
      clarity: CLARITIES[1 + (index % 8)] as (typeof CLARITIES)[number],
      pricePaise: Math.round(18_000_000 * (milliCarat / 1000) ** 2.5),
      at: Date.parse(`${day}T00:00:00Z`),
      day,
      source: 'test',
    };
  });
  await shop.store.prices.importDiamonds(rows, FILE, by());
}
