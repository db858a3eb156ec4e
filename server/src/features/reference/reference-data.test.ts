// The open reference data: loaded once, whole, and without stopping the shop.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { openConnection } from '../../store/sqlite/database.ts';
import { prepareModels } from '../predictions/prepare-models.ts';
import { loadReferenceData } from './load-reference-data.ts';

const WHOLE = { goldMonths: 642, diamonds: 53_940 };

describe('the reference data', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
  });
  after(() => shop.close());

  const entries = () => shop.shop.store.journal.list({ action: 'reference.loaded' }, 10);

  it('is loaded once, however often it is asked for', async () => {
    assert.deepEqual(await shop.shop.store.reference.counts(), { goldMonths: 0, diamonds: 0 });
    const both = [loadReferenceData(shop.shop, shop.by()), loadReferenceData(shop.shop, shop.by())];
    assert.deepEqual(await Promise.all(both), [WHOLE, WHOLE]);
    assert.deepEqual(await loadReferenceData(shop.shop, shop.by()), WHOLE);
    assert.deepEqual(await shop.shop.store.reference.counts(), WHOLE);
    assert.equal((await entries()).length, 1);
    assert.deepEqual((await entries())[0]?.after, WHOLE);
  });

  it('holds what the files say', () => {
    const db = openConnection(join(shop.dataDir, 'shop.db'), 'read');
    const plain = (sql: string): unknown[] => Object.values(db.get<Record<string, unknown>>(sql) ?? {});
    const gold = 'SELECT month, paise_per_gram, rupees_per_dollar FROM reference_gold ORDER BY month';
    assert.deepEqual(plain(`${gold} LIMIT 1`), ['1973-01', 1673, 8.0041]);
    assert.deepEqual(plain(`${gold} DESC LIMIT 1`), ['2026-06', 1_290_823, 94.96]);
    const columns = 'milli_carat, cut, color, clarity, depth_percent, table_percent, dollars, x, y, z';
    const stone = `SELECT ${columns} FROM reference_diamonds`;
    assert.deepEqual(plain(`${stone} WHERE n = 1`), [
      230,
      'Ideal',
      'E',
      'SI2',
      61.5,
      55,
      326,
      3.95,
      3.98,
      2.43,
    ]);
    assert.deepEqual(plain(`${stone} WHERE n = 53940`), [
      750,
      'Ideal',
      'D',
      'SI2',
      62.2,
      55,
      2757,
      5.83,
      5.87,
      3.64,
    ]);
    const facts = 'min(milli_carat), max(milli_carat), max(dollars), sum(x = 0 OR y = 0 OR z = 0)';
    assert.deepEqual(plain(`SELECT ${facts} FROM reference_diamonds`), [200, 5010, 18_823, 20]);
    db.close();
  });

  it('makes the first models: gold is learned, the stones come trained with the program, once', async () => {
    const { trainer, models } = shop.predictions;
    for (let times = 0; times < 2; times++) await prepareModels(shop.shop, trainer, shop.app.log);
    const cards = await models.cards();
    assert.deepEqual(
      cards.map(({ name, basis, dataPoints }) => [name, basis, dataPoints]),
      [
        ['diamond-4c', 'reference', 53_940],
        ['diamond-measured', 'reference', 53_940],
        ['gold-reference', 'reference', 637],
      ],
    );
    assert.ok((await models.diamond4c()) && (await models.diamondMeasured()));
    assert.equal((await shop.shop.store.journal.list({ action: 'model.trained' }, 10)).length, 3);
    assert.deepEqual([...models.defects], []);
  });

  it('is counted in the status, and never shown as prices of the shop', async () => {
    const { body } = await shop.send('GET', '/api/predictions/status', { token: null });
    assert.deepEqual(body.data.reference, { gold_months: 642, diamonds: 53_940 });
    assert.equal((await shop.send('GET', '/api/prices/diamond/history')).body.count, 0);
    assert.equal((await shop.send('GET', '/api/prices/gold/latest?purity=999')).status, 404);
  });
});
