// The price of a piece while it is being typed, and the filter by stock.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addProduct, recordRate } from '../../../test/catalogue.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

describe('the price of a piece that is being typed', () => {
  let shop: TestShop;
  const price = (body: unknown) => shop.send('POST', '/api/products/price', { body });
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('is the list price without a rate, and nothing where none was typed', async () => {
    const { status, body } = await price({ weight: 5, gold_purity: '916', base_price: 25000 });
    assert.equal(status, 200);
    assert.equal(body.data.current_price, 25000);
    assert.equal(body.data.rate, null);
    assert.equal((await price({ weight: 5, gold_purity: '916' })).body.data.current_price, 0);
  });

  it('has the very working of the piece once it is saved', async () => {
    await recordRate(shop, '916', 6543.21);
    const variants = [
      { making_charge: null },
      { making_charge: { type: 'percent', value: 12.5 }, stones_amount: 900.05 },
      { making_charge: { type: 'per_gram', value: 450 }, gold_purity: '750' },
      { making_charge: { type: 'fixed', value: 0 }, weight: 0.001 },
    ];
    for (const variant of variants) {
      const typed = { weight: 7.123, gold_purity: '916', base_price: 1, ...variant };
      const { id } = await addProduct(shop, typed);
      const saved = (await shop.send('GET', `/api/products/${id}/price`)).body.data;
      const { data } = (await price(typed)).body;
      assert.deepEqual({ product_id: id, ...data }, saved);
      assert.equal(data.making_from, variant.making_charge === null ? 'shop' : 'piece');
      const paise = data.lines.reduce(
        (sum: number, line: { amount: number }) => sum + Math.round(line.amount * 100),
        0,
      );
      assert.equal(paise, Math.round(data.current_price * 100), 'the lines add up');
    }
  });

  it('saves nothing and writes no journal', async () => {
    const before = (await shop.send('GET', '/api/journal')).body.data[0].seq;
    await price({ weight: 5, gold_purity: '916' });
    assert.equal((await shop.send('GET', '/api/journal')).body.data[0].seq, before);
  });

  it('names what is wrong, and is for those who write the catalogue', async () => {
    const wrong: [string, Record<string, unknown>][] = [
      ['weight', { weight: 0 }],
      ['weight', { weight: 1.2345 }],
      ['gold_purity', { gold_purity: '999' }],
      ['gold_purity', { gold_purity: undefined }],
      ['stones_amount', { stones_amount: -1 }],
      ['making_charge.value', { making_charge: { type: 'percent', value: 1000.01 } }],
    ];
    for (const [field, change] of wrong) {
      const { status, body } = await price({ weight: 5, gold_purity: '916', ...change });
      assert.equal(status, 400, field);
      assert.deepEqual(
        body.error.fields.map((problem: { field: string }) => problem.field),
        [field],
      );
    }
    const token = await shop.signIn('staff', ['catalogue.read_drafts']);
    const refused = await shop.send('POST', '/api/products/price', {
      token,
      body: { weight: 5, gold_purity: '916' },
    });
    assert.equal(refused.status, 403);
  });
});

describe('pieces by their stock', () => {
  it('are few from one to five, and out at none', async () => {
    const shop = await openSharedTestShop();
    for (const stock_quantity of [0, 1, 5, 6]) {
      await addProduct(shop, { name: String(stock_quantity), stock_quantity, status: 'published' });
    }
    const names = async (path: string): Promise<string[]> =>
      (await shop.send('GET', path)).body.data.map((row: { name: string }) => row.name).sort();
    for (const list of ['/api/products', '/api/products/admin']) {
      assert.deepEqual(await names(`${list}?stock=low`), ['1', '5']);
      assert.deepEqual(await names(`${list}?stock=out`), ['0']);
      assert.deepEqual(await names(`${list}?stock=all`), ['0', '1', '5', '6']);
    }
    await shop.close();
  });
});
