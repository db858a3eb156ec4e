// Every metric of docs/metrics.md, recomputed by brute force from the test's own record of random days in the shop.
// `npm run bench -- metrics` does the same with fifty seeds.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareMetrics } from '../../../test/compare-metrics.ts';
import { DAY_LONG_TOKENS, liveRandomDays } from '../../../test/random-days.ts';
import { openTestShop } from '../../../test/test-shop.ts';

/** Ten minutes before midnight in the shop. */
const UNTIL = Date.parse('2026-01-15T18:20:00Z');
const SEED = 1;

describe('the metrics of random days', () => {
  it('are what a brute force says', async () => {
    const shop = await openTestShop(DAY_LONG_TOKENS);
    try {
      const days = await liveRandomDays(shop, SEED, UNTIL);
      const { compared, differences } = await compareMetrics(shop, days);
      assert.deepEqual(differences, []);
      assert.ok(compared > 80, `only ${compared} answers were compared`);
      assert.deepEqual((await shop.shop.store.journal.verify()).problems, []);
    } finally {
      await shop.close();
    }
  });
});
