// Contract 2.10: what stones are predicted to cost, through HTTP, with small models in service.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import { packedStoneModel, putStoneModel } from '../../../test/stone-models.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { CLARITIES, COLORS, CUTS } from '../../domain/price.ts';
import { seededGenerator } from '../../ml/seeded-generator.ts';

const STONE = { carat: 1, cut: 'Ideal', color: 'E', clarity: 'VS1' };
const MEASURES = { depth: 61.5, table: 57, x: 6.45, y: 6.47, z: 3.97 };
/** What the models' stones follow, in dollars. */
const LAW = Math.exp(8 + 0.04 * 4 + 0.08 * 5 + 0.1 * 4);

describe('predicted prices of stones', () => {
  let shop: TestShop;
  let file: Uint8Array;
  before(async () => {
    file = await packedStoneModel('diamond-4c', true);
    shop = await openSharedTestShop();
    await putStoneModel(shop, 'diamond-4c', file);
  });
  after(() => shop.close());

  const ask = (body: unknown) => shop.send('POST', '/api/predictions/diamond', { body, token: null });
  const batch = (stones: unknown) =>
    shop.send('POST', '/api/predictions/diamond/batch', { body: { stones }, token: null });
  const priceOf = async (changes: object): Promise<number> =>
    (await ask({ ...STONE, ...changes })).body.data.predicted_price;

  it('answer what the older clients read, and say what stands behind it', async () => {
    const { status, body } = await ask({ ...STONE, carat: '1.00', unknown: 1 });
    assert.equal(status, 200);
    const { data } = body;
    assert.ok(Math.abs(data.predicted_price / (LAW * 90) - 1) < 0.15, `${data.predicted_price}`);
    assert.ok(data.confidence_interval.lower < data.range_90.lower);
    assert.ok(data.range_90.lower < data.predicted_price && data.predicted_price < data.range_90.upper);
    assert.ok(data.range_90.upper < data.confidence_interval.upper);
    assert.deepEqual(data.range_95, data.confidence_interval);
    assert.deepEqual(data.features_used, STONE);
    assert.equal(data.model_accuracy, 0.92);
    assert.match(data.model_accuracy_basis, /300 stones held back, of 1500/);
    assert.equal(data.last_trained, '2026-01-15T10:30:00.123Z');
    assert.deepEqual(
      [data.model, data.measures_left_out, data.extrapolated, data.range_source],
      ['4c', null, false, 'conformal'],
    );
    assert.ok(data.support > 0);
    const { dollars, ...rupees } = data.rupees;
    assert.ok(Math.abs(dollars * 90 - data.predicted_price) < 1);
    assert.deepEqual(rupees, {
      source: 'dollars',
      rupees_per_dollar: 90,
      rate_source: '2025-12',
      market_factor: 1,
      own_stones: 0,
    });
    assert.equal(data.explanation, undefined);
  });

  it('turn dollars into rupees as the shop says, or as its own stones do', async () => {
    const before = await priceOf({});
    const stonePrices = { rupees_per_dollar: 45, market_factor: 3 };
    await shop.send('PUT', '/api/settings', { body: { stone_prices: stonePrices } });
    const { data } = (await ask(STONE)).body;
    assert.ok(Math.abs(data.predicted_price - 1.5 * before) < 0.05);
    assert.deepEqual([data.rupees.rate_source, data.rupees.market_factor], ['setting', 3]);
    // Learned at the rate of the open series: the settings say no more.
    const learnedFactor = { factor: 1.25, rows: 31 };
    await putStoneModel(shop, 'diamond-4c', file, { details: { learnedFactor } });
    const learned = (await ask(STONE)).body.data;
    assert.ok(Math.abs(learned.predicted_price - 1.25 * before) < 0.05);
    assert.deepEqual(
      [learned.rupees.source, learned.rupees.own_stones, learned.rupees.rupees_per_dollar],
      ['own_stones', 31, 90],
    );
    await putStoneModel(shop, 'diamond-4c', file, { basis: 'shop', details: { currency: 'INR' } });
    const own = (await ask(STONE)).body.data;
    assert.deepEqual([own.rupees.source, own.rupees.dollars], ['shop_prices', null]);
    assert.ok(Math.abs(own.predicted_price * 90 - before) < 1);
    await putStoneModel(shop, 'diamond-4c', file, { details: { rupeesPerDollar: null } });
    const reset = { rupees_per_dollar: null, market_factor: 1 };
    await shop.send('PUT', '/api/settings', { body: { stone_prices: reset } });
    assert.equal((await ask(STONE)).status, 503);
    await putStoneModel(shop, 'diamond-4c', file);
    assert.equal(await priceOf({}), before);
  });

  it('price grades and sizes that the data lack from the nearest they have, and say so', async () => {
    const ratio = async (changes: object, nearest: object): Promise<number> =>
      (await priceOf(changes)) / (await priceOf(nearest));
    const near = (actual: number, expected: number): void => {
      assert.ok(Math.abs(actual / expected - 1) < 1e-4, `${actual} ${expected}`);
    };
    near(await ratio({ color: 'M' }, { color: 'J' }), Math.exp(-0.24));
    near(await ratio({ clarity: 'FL' }, { clarity: 'IF' }), Math.exp(0.05));
    near(await ratio({ clarity: 'I3' }, { clarity: 'I1' }), Math.exp(-0.4));
    near(await ratio({ cut: 'Poor' }, { cut: 'Fair' }), Math.exp(-0.1));
    near(await ratio({ carat: 0.05 }, { carat: 0.2 }), 0.25);
    const { data } = (await ask({ carat: 0.1, cut: 'Poor', color: 'K', clarity: 'VS1' })).body;
    assert.equal(data.extrapolated, true);
    assert.deepEqual(data.extrapolated_by.slice(0, 3), ['carat', 'cut', 'color']);
    assert.deepEqual(data.features_used, { carat: 0.1, cut: 'Poor', color: 'K', clarity: 'VS1' });
    const large = (await ask({ ...STONE, carat: 5.01 })).body.data;
    assert.deepEqual(large.extrapolated_by, ['no_stones_near']);
    const tooLarge = await ask({ ...STONE, carat: 5.02 });
    assert.equal(tooLarge.status, 400);
    assert.equal(tooLarge.body.error.message, 'Invalid carat value');
    assert.deepEqual(tooLarge.body.error.details, { carat: 'must be at most 5.01' });
  });

  it('use measures when all five came, are possible and a model for them is there', async () => {
    const by4Cs = await priceOf({});
    const leftOut = async (changes: object) => {
      const { data } = (await ask({ ...STONE, ...changes })).body;
      assert.equal(data.predicted_price, by4Cs);
      assert.deepEqual(data.features_used, STONE);
      return data.measures_left_out;
    };
    assert.equal(await leftOut(MEASURES), 'not_trained');
    await putStoneModel(shop, 'diamond-measured', await packedStoneModel('diamond-measured', false), {
      metrics: { mape: 5.5, held_back: 300 },
    });
    assert.equal(await leftOut({ depth: 61.5, table: 57 }), 'incomplete');
    assert.equal(await leftOut({ ...MEASURES, z: 9 }), 'impossible');
    assert.equal(await leftOut({ ...MEASURES, depth: 6.15 }), 'impossible');
    const { data } = (await ask({ ...STONE, ...MEASURES, x: '6.45' })).body;
    assert.deepEqual([data.model, data.measures_left_out, data.model_accuracy], ['measures', null, 0.945]);
    assert.deepEqual(data.features_used, { ...STONE, ...MEASURES });
    // Without ranges of its own: 1.96 standard deviations on either side, from the mean error.
    assert.equal(data.range_source, 'mean_error');
    const spread = Math.exp((1.96 * 0.055) / Math.sqrt(2 / Math.PI));
    assert.ok(Math.abs(data.confidence_interval.upper / data.predicted_price - spread) < 1e-6);
    for (const wrong of [{ x: 0 }, { depth: -1 }, { table: 101 }, { y: 'wide' }, { z: null }]) {
      const answer = await ask({ ...STONE, ...MEASURES, ...wrong });
      assert.equal(answer.status, 400);
      assert.deepEqual(Object.keys(answer.body.error.details), Object.keys(wrong));
    }
  });

  it('say why, to the paisa, with real stones beside it', async () => {
    for (const stone of [
      STONE,
      { ...STONE, ...MEASURES },
      { carat: 0.1, cut: 'Poor', color: 'M', clarity: 'FL' },
    ]) {
      const { data } = (await ask({ ...stone, explain: true })).body;
      const { reference, contributions, nearest_stones: nearest } = data.explanation;
      const sum = contributions.reduce(
        (paise: number, part: { rupees: number }) => paise + Math.round(100 * part.rupees),
        0,
      );
      assert.equal(sum, Math.round(100 * data.predicted_price) - Math.round(100 * reference.predicted_price));
      const product = contributions.reduce(
        (share: number, part: { percent: number }) => share * (1 + part.percent / 100),
        1,
      );
      assert.ok(Math.abs(product / (data.predicted_price / reference.predicted_price) - 1) < 0.001);
      assert.equal(contributions.length, 'x' in stone ? 5 : 4);
      assert.equal(nearest.length, 3);
    }
    const reference = { carat: 1, cut: 'Very Good', color: 'G', clarity: 'VS2' };
    const plain = (await ask({ ...reference, explain: true })).body.data.explanation;
    assert.deepEqual(
      plain.contributions.map((part: { rupees: number }) => part.rupees),
      [0, 0, 0, 0],
    );
    // The first stone of the open data.
    const first = (await ask({ carat: 0.23, cut: 'Ideal', color: 'E', clarity: 'SI2', explain: true })).body
      .data;
    assert.deepEqual(first.explanation.nearest_stones[0], {
      carat: 0.23,
      cut: 'Ideal',
      color: 'E',
      clarity: 'SI2',
      price: 326 * 90,
      dollars: 326,
      source: 'open_data',
    });
  });

  it("show the shop's own stones where the model was learned from them", async () => {
    const own = { ...STONE, color: 'K', price: 412_000 };
    await shop.send('POST', '/api/prices/diamond', { body: own });
    await putStoneModel(shop, 'diamond-4c', file, { basis: 'shop', details: { currency: 'INR' } });
    const { data } = (await ask({ ...STONE, color: 'J', explain: true })).body;
    const [nearest, ...others] = data.explanation.nearest_stones;
    assert.deepEqual(others, []);
    // A K is kept as the nearest grade that the models know, at the price that makes of it.
    assert.deepEqual(
      { ...nearest, price: 0 },
      { ...STONE, color: 'J', price: 0, dollars: null, source: 'shop' },
    );
    assert.ok(Math.abs(nearest.price - 412_000 * Math.exp(0.08)) < 1);
    await putStoneModel(shop, 'diamond-4c', file);
  });

  it('come in batches in their order; what cannot be priced is named and stops nothing', async () => {
    const wrong = [
      { ...STONE, carat: 6 },
      { ...STONE, cut: 'Super', color: 'Z' },
      {},
      null,
      [STONE],
      'stone',
    ];
    const { status, body } = await batch([STONE, ...wrong, { ...STONE, carat: '2.0' }]);
    assert.equal(status, 200);
    const { results, count, failed } = body.data;
    assert.deepEqual([count, failed], [8, 6]);
    assert.deepEqual(
      results.map(({ index }: { index: number }) => index),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.deepEqual(results[0].prediction, (await ask(STONE)).body.data);
    assert.equal(results[7].prediction.features_used.carat, 2);
    assert.deepEqual(results[1].error, {
      message: 'Invalid carat value',
      fields: [{ field: 'carat', rule: 'maximum', limit: 'must be at most 5.01' }],
    });
    assert.deepEqual(
      results[2].error.fields.map(({ field }: { field: string }) => field),
      ['cut', 'color'],
    );
    assert.equal(results[3].error.message, 'Missing required fields: carat, cut, color, clarity');
    for (const index of [4, 5, 6]) assert.equal(results[index].error.fields[0].limit, 'must be an object');
    for (const stones of [[], STONE, Array(1001).fill(STONE)]) {
      const refused = await batch(stones);
      assert.equal(refused.status, 400);
      assert.deepEqual(Object.keys(refused.body.error.details), ['stones']);
    }
  });

  it('never fall with a larger stone, a better colour or a better clarity: 5,000 pairs', async () => {
    const { next, below } = seededGenerator(11);
    const BETTER = { color: COLORS, clarity: CLARITIES } as const;
    const pairs = Array.from({ length: 5000 }, () => {
      const stone = {
        carat: Math.round(1000 * (0.05 + 4.9 * next() ** 2)) / 1000,
        cut: CUTS[below(CUTS.length)],
        color: COLORS[below(COLORS.length)],
        clarity: CLARITIES[below(CLARITIES.length)],
      };
      const axis = (['carat', 'color', 'clarity'] as const)[below(3)] ?? 'carat';
      if (axis === 'carat')
        return [stone, { ...stone, carat: Math.min(5.01, stone.carat + 0.001 * (1 + below(60))) }];
      // The lists begin with the best.
      const names: readonly string[] = BETTER[axis];
      const better = names[below(1 + names.indexOf(stone[axis] ?? ''))];
      return [stone, { ...stone, [axis]: better }];
    });
    let falls = 0;
    for (let from = 0; from < pairs.length; from += 500) {
      const { results, failed } = (await batch(pairs.slice(from, from + 500).flat())).body.data;
      assert.equal(failed, 0);
      for (let at = 0; at < results.length; at += 2) {
        const [worse, better] = [results[at].prediction, results[at + 1].prediction];
        const figures = ({ predicted_price, range_90, range_95 }: typeof worse): number[] => [
          predicted_price,
          range_90.lower,
          range_90.upper,
          range_95.lower,
          range_95.upper,
        ];
        const before = figures(worse);
        if (figures(better).some((figure, place) => figure < (before[place] ?? 0))) falls++;
      }
    }
    assert.equal(falls, 0);
  });
});

describe('stones without a model', () => {
  it('answer 503, after the question was checked', async () => {
    const shop = await openSharedTestShop();
    const send = (path: string, body: unknown) =>
      shop.send('POST', `/api/predictions/${path}`, { body, token: null });
    assert.equal(
      (await send('diamond/batch', { stones: [STONE] })).body.error.type,
      'diamond_model_not_trained',
    );
    assert.equal((await send('diamond', STONE)).status, 503);
    assert.equal((await send('diamond', { ...STONE, carat: -1 })).status, 400);
    await shop.close();
  });
});
