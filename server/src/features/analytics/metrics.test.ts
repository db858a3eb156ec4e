// Every metric of docs/metrics.md, recomputed by brute force from the test's own record of random days in the shop.
// `npm run bench -- metrics` does the same with fifty seeds.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { compareMetrics } from '../../../test/compare-metrics.ts';
import { DAY_LONG_TOKENS, liveRandomDays } from '../../../test/random-days.ts';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { analyticsRoutes } from './analytics-routes.ts';

/** Ten minutes before midnight in the shop. */
const UNTIL = Date.parse('2026-01-15T18:20:00Z');
const SEED = 1;

function metricNames({ shop }: TestShop): string[] {
  return analyticsRoutes(shop).flatMap(({ path, hidden }) => (hidden ? [] : (path.split('/').at(-1) ?? [])));
}

describe('the metrics of random days', () => {
  it('are what a brute force says', async () => {
    const shop = await openTestShop(DAY_LONG_TOKENS);
    try {
      const days = await liveRandomDays(shop, SEED, UNTIL);
      const { compared, names, differences } = await compareMetrics(shop, days);
      assert.deepEqual(differences, []);
      assert.deepEqual(
        metricNames(shop).filter((name) => !names.has(name)),
        [],
        'not recomputed',
      );
      assert.ok(compared > 80, `only ${compared} answers were compared`);
      assert.deepEqual((await shop.shop.store.journal.verify()).problems, []);
    } finally {
      await shop.close();
    }
  });

  it('stand in docs/metrics.md, each by its name', async () => {
    const text = readFileSync(new URL('../../../../docs/metrics.md', import.meta.url), 'utf8');
    const shop = await openTestShop();
    try {
      for (const name of metricNames(shop)) {
        assert.ok(text.includes(`| \`${name}\` |`) || text.includes(`/api/analytics/${name}\``), name);
      }
    } finally {
      await shop.close();
    }
  });
});
