// The models in service: whatever another process put into the store answers the next question.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { refuse } from '../../domain/shop-error.ts';
import { modelVersion, type NewModel } from '../../domain/trained-model.ts';
import { trainPriceModel } from '../../ml/backtest.ts';
import { trainGradedModel } from '../../ml/graded-model.ts';
import { writeGradedModel } from '../../ml/graded-model-file.ts';
import { writePriceModel } from '../../ml/price-model-file.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { packModel } from './model-bytes.ts';
import { createServingModels, type StoneDetails } from './serving-models.ts';

const GOLD_916 = { metal: 'gold', purity: '916' } as const;

/** Stones whose price grows with their size; a few trees are enough to see that it is this model that answers. */
function stoneFile(factor: number): Uint8Array {
  const rows = 60;
  const grade = (count: number) => Uint8Array.from({ length: rows }, (_, row) => row % count);
  return writeGradedModel(
    trainGradedModel(
      {
        sizes: Float64Array.from({ length: rows }, (_, row) => 0.3 + row / 50),
        grades: [grade(5), grade(7), grade(8)],
        prices: Float64Array.from({ length: rows }, (_, row) => factor * (1000 + 100 * row)),
      },
      { seed: 1, withBands: false, trees: 3 },
    ),
  );
}

describe('models in service', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
  });
  after(() => shop.close());

  const card = (name: NewModel['card']['name']): NewModel['card'] => ({
    name,
    version: modelVersion(shop.clock.now),
    trainedAt: shop.clock.now,
    dataPoints: 60,
    basis: 'shop',
    seenPosition: 0,
    metrics: {},
    details: { currency: 'INR', rupeesPerDollar: null, learnedFactor: null } satisfies StoneDetails,
  });

  const rate = (day: string, paisePerGram: number, purity = '916') =>
    shop.shop.store.prices.record(
      {
        id: shop.shop.newId(),
        metal: 'gold',
        purity,
        paisePerGram,
        at: Date.parse(`${day}T00:00:00Z`),
        day,
        source: 'test',
        confirm: true,
      },
      shop.by(),
    );

  it('has none before a training', async () => {
    const models = createServingModels(shop.shop.store, shop.shop.now);
    assert.equal(await models.gold(GOLD_916), null);
    assert.equal(await models.diamond4c(), null);
    assert.equal(await models.diamondMeasured(), null);
    assert.deepEqual(await models.cards(), []);
  });

  it('serves at the next question what another process put there, and puts back', async () => {
    const models = createServingModels(shop.shop.store, shop.shop.now);
    const other = await openSqliteStore({
      dataDir: shop.dataDir,
      now: shop.clock.now,
      onDeath: (error) => {
        throw error;
      },
    });
    const put = async (factor: number) =>
      other.models.put(
        [{ card: card('diamond-4c'), bytes: await packModel(stoneFile(factor)) }],
        null,
        shop.by(),
      );
    await put(1);
    const first = await models.diamond4c();
    assert.ok(first);
    assert.equal(await models.diamond4c().then((again) => again?.model), first.model);
    await put(2);
    const second = await models.diamond4c();
    const [before = 0, after = 0] = [first.model.logPrices[0], second?.model.logPrices[0]];
    assert.ok(Math.abs(after - before - Math.log(2)) < 1e-4);
    await other.models.rollback([{ name: 'diamond-4c', version: first.card.version }], shop.by());
    assert.equal((await models.diamond4c())?.model.logPrices[0], before);
    await other.close();
  });

  it('asks again for a model that the store could not give just then', async () => {
    const { store, now } = shop.shop;
    let isAway = true;
    const read: typeof store.models.read = async (name) => {
      if (isAway) throw refuse('store_unavailable');
      return store.models.read(name);
    };
    const models = createServingModels({ ...store, models: { ...store.models, read } }, now);
    await assert.rejects(models.diamond4c(), { code: 'store_unavailable' });
    isAway = false;
    const old = await models.diamond4c();
    assert.ok(old);
    await store.models.put(
      [{ card: card('diamond-4c'), bytes: await packModel(stoneFile(3)) }],
      null,
      shop.by(),
    );
    isAway = true;
    assert.equal((await models.diamond4c())?.model, old.model);
    isAway = false;
    assert.notEqual((await models.diamond4c())?.model, old.model);
    assert.equal(models.defects.size, 0);
  });

  it('goes on with the model it has when the stored one cannot be read, and says so', async () => {
    const models = createServingModels(shop.shop.store, shop.shop.now);
    const good = await models.diamond4c();
    assert.ok(good);
    const broken = { card: card('diamond-4c'), bytes: await packModel(Buffer.from('no model at all')) };
    await shop.shop.store.models.put([broken], null, shop.by());
    assert.equal((await models.diamond4c())?.model, good.model);
    assert.match(models.defects.get('diamond-4c') ?? '', /not a model file/);
    const fresh = createServingModels(shop.shop.store, shop.shop.now);
    assert.equal(await fresh.diamond4c(), null);
    assert.ok(fresh.defects.has('diamond-4c'));
  });

  it('forecasts gold from the latest rate, without another training', async () => {
    const models = createServingModels(shop.shop.store, shop.shop.now);
    for (let day = 1; day <= 12; day++) await rate(`2026-01-${String(day).padStart(2, '0')}`, 650_000 + day);
    const points = Array.from({ length: 40 }, (_, day) => ({ day: 20_000 + day, price: 7000 + day }));
    const bytes = await packModel(writePriceModel(trainPriceModel(points)));
    await shop.shop.store.models.put([{ card: card('gold-916'), bytes }], null, shop.by());
    const serving = await models.gold(GOLD_916);
    assert.deepEqual([serving?.basis, serving?.fromPurity, serving?.rates], ['board rates', '916', 12]);
    assert.equal(serving?.lastObserved.day, '2026-01-12');
    assert.ok(Math.abs((serving?.lastObserved.rupeesPerGram ?? 0) - 6500.12) < 0.001);
    await rate('2026-01-14', 660_000);
    assert.equal((await models.gold(GOLD_916))?.lastObserved.day, '2026-01-14');
    // Another purity without rates of its own is made from the richest series of the metal.
    const other = await models.gold({ metal: 'gold', purity: '750' });
    assert.deepEqual([other?.fromPurity, other?.rates], ['916', 13]);
    assert.ok(Math.abs((other?.lastObserved.rupeesPerGram ?? 0) - (6600 / 0.916) * 0.75) < 0.001);
    assert.equal(await models.gold({ metal: 'silver', purity: '999' }), null);
    // A training that learns nothing new leaves the bytes as they are, and is told of all the same.
    shop.clock.now += 60_000;
    await shop.shop.store.models.put([{ card: card('gold-916'), bytes }], null, shop.by());
    assert.equal((await models.gold(GOLD_916))?.card.trainedAt, shop.clock.now);
  });
});
