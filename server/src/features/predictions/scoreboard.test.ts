// Forecasts that were given out come back: kept once a day, scored by the rate of their day.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addRates } from '../../../test/price-history.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { DAY_MS, dayOf } from '../../domain/shop-day.ts';

describe('the scoreboard', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
    await addRates(shop, 60);
    await shop.send('POST', '/api/predictions/retrain', { body: { model: 'gold' } });
  });
  after(() => shop.close());

  const inDays = (days: number) => dayOf(shop.clock.now + days * DAY_MS);
  const ask = async (days: number) =>
    (await shop.send('POST', '/api/predictions/gold', { body: { date: inDays(days) }, token: null })).body
      .data;
  const board = async (query = '') =>
    (await shop.send('GET', `/api/predictions/scoreboard${query}`, { token: null })).body.data;

  /** Tokens do not live as long as the clock of this test moves. */
  const record = (paisePerGram: number) =>
    shop.shop.store.prices.record(
      {
        id: shop.shop.newId(),
        metal: 'gold',
        purity: '916',
        source: 'test',
        confirm: true,
        paisePerGram,
        at: shop.clock.now,
        day: dayOf(shop.clock.now),
      },
      shop.by(),
    );

  it('is empty before anything was forecast', async () => {
    const { horizons, series } = await board();
    assert.equal(series, null);
    assert.deepEqual(
      horizons.map(({ days, published, hit_rate_80: hits }: Record<string, unknown>) => [
        days,
        published,
        hits,
      ]),
      [
        ['1-7', 0, null],
        ['8-30', 0, null],
        ['31-90', 0, null],
        ['91-365', 0, null],
      ],
    );
  });

  it('keeps a forecast once a day, and scores it when its day comes', async () => {
    const hit = await ask(4);
    await ask(4);
    await ask(5);
    await ask(60);
    let { horizons } = await board('?metal=gold');
    assert.deepEqual([horizons[0].published, horizons[0].scored, horizons[2].published], [2, 0, 1]);
    // Four days on, the rate is the middle of the range; on the fifth day it is far outside.
    shop.clock.now += 4 * DAY_MS;
    await record(Math.round(hit.predicted_price * 100));
    shop.clock.now += DAY_MS;
    await record(900_000);
    const before = await shop.shop.store.journal.position();
    ({ horizons } = await board());
    assert.deepEqual([horizons[0].scored, horizons[0].hit_rate_80, horizons[0].hit_rate_95], [2, 0.5, 0.5]);
    assert.ok(horizons[0].mean_error > 1000 && horizons[0].error_beside_no_change > 0.9);
    const [entry] = await shop.shop.store.journal.list({ action: 'forecast.scored' }, 1);
    assert.deepEqual([entry?.subject.id, entry?.after?.scored], ['gold-916', 2]);
    await board();
    assert.equal(await shop.shop.store.journal.position(), before + 1);
  });

  it('scores by the first rate of the day, whoever looks when', async () => {
    const next = await ask(1);
    const { horizons: before } = await board();
    shop.clock.now += DAY_MS;
    await record(Math.round(next.predicted_price * 100));
    await record(300_000);
    const { horizons } = await board();
    assert.equal(horizons[0].scored, before[0].scored + 1);
    const hits = (row: { hit_rate_80: number; scored: number }) => Math.round(row.hit_rate_80 * row.scored);
    assert.equal(hits(horizons[0]), hits(before[0]) + 1);
  });

  it('refuses what is no series', async () => {
    for (const query of ['?metal=brass', '?purity=1', '?metal=silver&purity=916']) {
      assert.equal((await shop.send('GET', `/api/predictions/scoreboard${query}`)).status, 400, query);
    }
  });
});
