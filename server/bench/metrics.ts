// Every metric of docs/metrics.md against a brute force, over many random months. It measures no time: it is the long
// form of features/analytics/metrics.test.ts.

import { compareMetrics } from '../test/compare-metrics.ts';
import { DAY_LONG_TOKENS, liveRandomDays } from '../test/random-days.ts';
import { openTestShop } from '../test/test-shop.ts';

const SEEDS = 50;
const UNTIL = Date.parse('2026-01-15T18:20:00Z');

/** Prints each seed; false when anything differed. */
export async function benchMetrics(): Promise<boolean> {
  let [answers, wrong] = [0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    const shop = await openTestShop(DAY_LONG_TOKENS);
    try {
      const days = await liveRandomDays(shop, seed, UNTIL);
      const { compared, differences } = await compareMetrics(shop, days);
      const { problems } = await shop.shop.store.journal.verify();
      const { bills, entries } = days.record;
      const found = [...differences, ...problems];
      console.log(
        `seed ${seed}: ${bills.length} orders and sales, ${entries.length} khata entries, ${compared} answers, ` +
          `${found.length} differences`,
      );
      for (const line of found) console.log(`  ${line}`);
      answers += compared;
      wrong += found.length;
    } finally {
      await shop.close();
    }
  }
  console.log(
    `${SEEDS} seeds, ${answers} answers compared, ${wrong} differences: ${wrong === 0 ? 'met' : 'MISSED'}`,
  );
  return wrong === 0;
}
