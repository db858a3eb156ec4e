// Contract 2.10: predictions, as long as no model is there: full checks, then 503.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

describe('predictions', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  const ask = (path: string, body: unknown, token: string | null = null) =>
    shop.send('POST', `/api/predictions/${path}`, { body, token });

  it('answers 503 to a good question about gold', async () => {
    for (const body of [
      { date: '2026-01-16' },
      { date: '2026-02-01', weight_grams: 10 },
      { date: '2026-02-01', weight_grams: '10.5' },
      { date: '2026-02-01', weight_grams: null, unknown: 1 },
    ]) {
      const answer = await ask('gold', body);
      assert.equal(answer.status, 503);
      assert.equal(answer.body.error.type, 'gold_model_not_trained');
      assert.equal(
        answer.body.error.message,
        'Gold price prediction model is not trained. Please train the model first.',
      );
    }
  });

  it('refuses a bad question about gold in the words of the contract', async () => {
    const format = 'Invalid date format. Use YYYY-MM-DD';
    const cases: [unknown, string][] = [
      [{}, 'Request body is required'],
      [{ weight_grams: 10 }, 'Date field is required'],
      [{ date: null }, 'Date field is required'],
      ...['01-02-2026', '2026-02-30', '', 'tomorrow', 20260201, true].map((date): [unknown, string] => [
        { date },
        format,
      ]),
      [{ date: '2026-01-15' }, 'Target date must be in the future'],
      [{ date: '2020-01-01' }, 'Target date must be in the future'],
      ...[0, -1, '0'].map((w): [unknown, string] => [
        { date: '2026-02-01', weight_grams: w },
        'Weight must be positive',
      ]),
      ...['10g', '', 'NaN', true, [1], {}, 1e308, 0.0001, '9'.repeat(50)].map((w): [unknown, string] => [
        { date: '2026-02-01', weight_grams: w },
        'Invalid weight value',
      ]),
    ];
    for (const [body, message] of cases) {
      const answer = await ask('gold', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message, JSON.stringify(body));
    }
  });

  it("takes today from the shop's zone", async () => {
    const before = shop.clock.now;
    // Half past midnight of the 16th in the shop, still the 15th in UTC.
    shop.clock.now = Date.parse('2026-01-15T19:00:00Z');
    assert.equal((await ask('gold', { date: '2026-01-16' })).status, 400);
    assert.equal((await ask('gold', { date: '2026-01-17' })).status, 503);
    shop.clock.now = before;
  });

  it('answers 503 to a good question about a stone, and refuses a bad one', async () => {
    const stone = { carat: 1.5, cut: 'Ideal', color: 'E', clarity: 'VS1' };
    for (const body of [
      stone,
      { ...stone, carat: '1.5' },
      { ...stone, cut: 'Poor', color: 'M', clarity: 'I3' },
    ]) {
      const answer = await ask('diamond', body);
      assert.equal(answer.status, 503);
      assert.equal(
        answer.body.error.message,
        'Diamond price prediction model is not trained. Please train the model first.',
      );
    }
    const cases: [unknown, string][] = [
      [{}, 'Request body is required'],
      [{ cut: 'Ideal', clarity: 'VS1' }, 'Missing required fields: carat, color'],
      [{ ...stone, carat: 0 }, 'Carat must be positive'],
      [{ ...stone, carat: '0.0000000001' }, 'Invalid carat value'],
      [{ ...stone, carat: 'one' }, 'Invalid carat value'],
      [{ ...stone, carat: 1e308 }, 'Invalid carat value'],
      [
        { ...stone, cut: 'Premium' },
        'Invalid cut. Must be one of: Ideal, Excellent, Very Good, Good, Fair, Poor',
      ],
      [{ ...stone, color: 'd' }, 'Invalid color. Must be one of: D, E, F, G, H, I, J, K, L, M'],
      [
        { ...stone, clarity: 'VS' },
        'Invalid clarity. Must be one of: FL, IF, VVS1, VVS2, VS1, VS2, SI1, SI2, I1, I2, I3',
      ],
    ];
    for (const [body, message] of cases) {
      const answer = await ask('diamond', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message);
    }
  });

  it('shows no models where there are none', async () => {
    const { status, body } = await shop.send('GET', '/api/predictions/models', { token: null });
    assert.equal(status, 200);
    assert.deepEqual(
      [body.data.models, body.data.training.state, body.data.last_failure],
      [[], 'idle', null],
    );
  });

  it('says that nothing is trained', async () => {
    const { status, body } = await shop.send('GET', '/api/predictions/status', { token: null });
    assert.equal(status, 200);
    const untrained = { loaded: false, trained: false, last_training: null };
    assert.deepEqual(body, {
      success: true,
      data: {
        gold_model: untrained,
        diamond_model: untrained,
        reference: { gold_months: 0, diamonds: 0 },
      },
    });
  });
});

describe('retraining', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  const retrain = (body?: unknown) =>
    shop.send('POST', '/api/predictions/retrain', body === undefined ? {} : { body });

  it('is for those who may train', async () => {
    assert.equal((await shop.send('POST', '/api/predictions/retrain', { token: null })).status, 401);
    const token = await shop.signIn('staff');
    assert.equal((await shop.send('POST', '/api/predictions/retrain', { token, body: {} })).status, 403);
  });

  it('refuses an unknown target', async () => {
    for (const body of [{ model: 'silver' }, { model_type: 'x' }, { model: 7 }, { model: null }]) {
      const answer = await retrain(body);
      assert.equal(answer.status, 400);
      assert.equal(answer.body.error.message, 'Invalid model type. Must be gold, diamond, or all');
    }
  });

  it('counts the rows that are missing', async () => {
    for (const body of [undefined, {}, { model: 'all' }]) {
      const answer = await retrain(body);
      assert.equal(answer.status, 400);
      const { error, job_id: jobId, ...rest } = answer.body;
      assert.match(jobId, /^[0-9a-f]{24}$/);
      assert.deepEqual(rest, {
        success: false,
        data: {
          gold_model: {
            success: false,
            error: 'Insufficient data for training. Found 0 records, need at least 30',
          },
          diamond_model: {
            success: false,
            error: 'Insufficient data for training. Found 0 records, need at least 50',
          },
        },
        message: 'Some models failed to train',
      });
      assert.equal(error.code, 400);
      assert.equal(error.type, 'insufficient_data');
      assert.ok(error.request_id);
    }
    const gold = await retrain({ model_type: 'gold' });
    assert.deepEqual(Object.keys(gold.body.data), ['gold_model']);
  });

  it('counts no stones that are larger than those it can learn', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({
      ...{ id: shop.shop.newId(), cut: 'Ideal' as const, color: 'G' as const, clarity: 'VS2' as const },
      ...{ milliCarat: 6_000 + index, pricePaise: 500_000_000 + index, source: 'test' },
      ...{ at: Date.parse('2026-01-15T00:00:00Z'), day: '2026-01-15' },
    }));
    await shop.shop.store.prices.importDiamonds(rows, { name: 'a', sha256: 'ab'.repeat(32) }, shop.by());
    const answer = await retrain({ model: 'diamond' });
    assert.equal(answer.status, 400, answer.text);
    assert.match(answer.body.data.diamond_model.error, /Found 0 records, need at least 50/);
  });

  it('counts neither held nor future rates', async () => {
    const { prices } = shop.shop.store;
    const add = (day: string, paisePerGram: number, confirm: boolean) =>
      prices.record(
        {
          id: shop.shop.newId(),
          metal: 'gold',
          purity: '916',
          paisePerGram,
          at: Date.parse(`${day}T00:00:00Z`),
          day,
          source: 'test',
          confirm,
        },
        shop.by(),
      );
    for (let n = 1; n <= 29; n++) await add(`2025-12-${String(n).padStart(2, '0')}`, 650_000, true);
    await add('2026-01-15', 770_000, false);
    await add('2026-02-01', 720_000, true);
    const short = await retrain({ model: 'gold' });
    assert.equal(short.status, 400);
    assert.match(short.body.data.gold_model.error, /Found 29 records, need at least 30/);
    await add('2026-01-15', 650_100, true);
    assert.equal((await retrain({ model: 'gold' })).status, 200);
    assert.equal((await retrain({ model: 'diamond' })).status, 400);
    const mixed = await retrain({ model: 'all' });
    assert.equal(mixed.status, 400);
    assert.deepEqual(
      [mixed.body.data.gold_model.success, mixed.body.data.diamond_model.success],
      [true, false],
    );
  });
});
