// Contract 2.10 and 3.7: trends.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { addRates } from '../../../test/price-history.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { trendOf, trendStatistics } from '../../domain/price-trend.ts';
import { dayOf } from '../../domain/shop-day.ts';

const DAY_MS = 86_400_000;

describe('trends', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  const trends = (query = '') => shop.send('GET', `/api/predictions/trends${query}`, { token: null });

  it('is empty without rates', async () => {
    const { status, body } = await trends();
    assert.equal(status, 200);
    assert.deepEqual(body, { success: true, data: { prices: [], statistics: {}, period_days: 30 } });
  });

  it('has no change with one rate', async () => {
    await shop.send('POST', '/api/prices/platinum', { body: { price_per_gram: 4120.55 } });
    const { data } = (await trends('?metal=platinum&days=7')).body;
    assert.deepEqual(data.statistics, {
      average: 4120.55,
      min: 4120.55,
      max: 4120.55,
      current: 4120.55,
      change: 0,
      change_percent: 0,
    });
    assert.equal(data.period_days, 7);
    assert.equal(data.prices[0].price, 4120.55);
  });

  it('gives rates oldest first, with means that look back beyond the window', async () => {
    // 40 days up to today: 6,400 and 1 rupee more a day, dated by day.
    for (let back = 39; back >= 0; back--) {
      const date = dayOf(shop.clock.now - back * DAY_MS);
      await shop.send('POST', '/api/prices/gold', { body: { price_per_gram: 6439 - back, date } });
    }
    await shop.send('POST', '/api/prices/gold', { body: { price_per_gram: 6500, date: '2026-01-17' } });
    const { data } = (await trends('?days=10')).body;
    // Today and the nine days before it.
    assert.equal(data.prices.length, 10);
    const [first] = data.prices;
    assert.equal(first.price_per_gram, 6430);
    assert.equal(first.price, 6430);
    assert.equal(first.metal_type, 'gold');
    assert.equal(first.moving_average_7, 6427);
    assert.equal(first.moving_average_30, 6415.5);
    assert.equal(data.prices.at(-1).price, 6439);
    assert.deepEqual(data.statistics, {
      average: 6434.5,
      min: 6430,
      max: 6439,
      current: 6439,
      change: 9,
      change_percent: 0.14,
    });
    assert.equal((await trends('?days=365')).body.data.prices.length, 40);
    assert.equal((await trends('?days=x')).body.data.period_days, 30);
  });

  it('honours the metal under both names, and keeps the purities apart', async () => {
    await shop.send('POST', '/api/prices/silver', { body: { price_per_gram: 148 } });
    await shop.send('POST', '/api/prices/silver', { body: { price_per_gram: 140, purity: '925' } });
    for (const query of ['?metal=silver', '?metal_type=silver', '?metal_type=silver&metal=gold']) {
      const { data } = (await trends(query)).body;
      assert.deepEqual(
        data.prices.map((row: { metal_type: string; price: number }) => [row.metal_type, row.price]),
        [['silver', 148]],
      );
    }
    assert.equal((await trends('?metal=silver&purity=925')).body.data.statistics.current, 140);
  });

  it('shows of each day the rate that closed it', async () => {
    const rates = [
      [6_000, '2025-12-20'],
      [6_050, '2025-12-20'],
      [6_100, '2025-12-21'],
    ];
    for (const [price, date] of rates) {
      const body = { purity: '995', price_per_gram: price, date };
      const answer = await shop.send('POST', '/api/prices/gold', { body });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
    }
    const { data } = (await trends('?days=365&purity=995')).body;
    assert.deepEqual(
      data.prices.map((row: { price: number; moving_average_7: number }) => [
        row.price,
        row.moving_average_7,
      ]),
      [
        [6_050, 6_050],
        [6_100, 6_075],
      ],
    );
    assert.equal(data.statistics.change, 50);
  });

  it('has as many days at night as in the daytime', async () => {
    const other = await openSharedTestShop();
    try {
      // Four in the morning in the shop: a rate of today is dated half past five.
      other.clock.now = Date.parse('2026-01-14T22:30:00Z');
      await addRates(other, 40);
      const { data } = (await other.send('GET', '/api/predictions/trends?days=10', { token: null })).body;
      assert.deepEqual(
        [data.prices.length, data.prices[0].date.slice(0, 10), data.prices.at(-1).date.slice(0, 10)],
        [10, '2026-01-06', '2026-01-15'],
      );
    } finally {
      await other.close();
    }
  });

  it('refuses what it cannot show in the words of the contract', async () => {
    const cases: [string, string][] = [
      ['days=0', 'Days must be at least 1'],
      ['days=-3', 'Days must be at least 1'],
      ['days=366', 'Days cannot exceed 365'],
      ['metal_type=copper', 'Invalid metal type. Must be gold, silver, or platinum'],
      ['metal=Gold', 'Invalid metal type. Must be gold, silver, or platinum'],
      ['metal=', 'Invalid metal type. Must be gold, silver, or platinum'],
    ];
    for (const [query, message] of cases) {
      const { status, body } = await trends(`?${query}`);
      assert.equal(status, 400, query);
      assert.equal(body.error.message, message);
      assert.equal(body.error.fields.length, 1);
    }
  });

  it('computes every mean over the rates it covers, to the paisa', () => {
    const rate = fc.integer({ min: 1, max: 1_000_000_000 }).map((paisePerGram) => ({ paisePerGram }));
    fc.assert(
      fc.property(fc.array(rate, { minLength: 1, maxLength: 80 }), (series) => {
        const values = series.map(({ paisePerGram }) => paisePerGram);
        const mean = (rates: number[]): number => rates.reduce((sum, value) => sum + value, 0) / rates.length;
        for (const [index, point] of trendOf(series).entries()) {
          const upTo = values.slice(0, index + 1);
          assert.ok(Math.abs(point.mean7Paise - mean(upTo.slice(-7))) <= 0.5);
          assert.ok(Math.abs(point.mean30Paise - mean(upTo.slice(-30))) <= 0.5);
        }
        const statistics = trendStatistics(series);
        assert.equal(statistics?.minPaise, Math.min(...values));
        assert.equal(statistics?.maxPaise, Math.max(...values));
        assert.equal(statistics?.currentPaise, values.at(-1));
      }),
    );
  });
});
