// Rates of silver and platinum: as gold's, with purities of their own.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { METAL_PURITIES } from '../../contract/price.ts';
import { RATE_PURITIES } from '../../domain/price.ts';

describe('silver and platinum prices', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('has the same purities on the wire as inside', () => {
    assert.deepEqual(METAL_PURITIES, RATE_PURITIES);
  });

  for (const [metal, name] of [
    ['silver', 'Silver'],
    ['platinum', 'Platinum'],
  ] as const) {
    const path = `/api/prices/${metal}`;

    it(`records ${metal} in its purities, 999 where none is said`, async () => {
      const missing = await shop.send('GET', `${path}/latest`, { token: null });
      assert.equal(missing.status, 404);
      assert.equal(missing.body.error.message, `No ${metal} price data found`);

      const plain = await shop.send('POST', path, { body: { price_per_gram: 148.5 } });
      assert.equal(plain.status, 201);
      assert.equal(plain.body.message, `${name} price added successfully`);
      assert.equal(plain.body.data.metal_type, metal);
      assert.equal(plain.body.data.purity, '999');
      assert.equal(plain.body.retrain_triggered, false);
      for (const purity of ['925', '900', '950']) {
        const { status } = await shop.send('POST', path, { body: { price_per_gram: 130, purity } });
        assert.equal(status, 201);
      }
      for (const way of ['latest', 'current']) {
        const { body } = await shop.send('GET', `${path}/${way}`, { token: null });
        assert.equal(body.data.id, plain.body.data.id);
      }
      assert.equal((await shop.send('GET', `${path}/history`, { token: null })).body.count, 1);
      assert.equal((await shop.send('GET', `${path}/history?purity=925`)).body.count, 1);
    });

    it(`refuses what is no rate of ${metal}`, async () => {
      for (const purity of ['916', '750', '', 999, null]) {
        const { status, body } = await shop.send('POST', path, { body: { price_per_gram: 1, purity } });
        assert.equal(status, 400);
        assert.equal(body.error.message, 'Invalid purity. Must be 999, 925, 900, or 950');
      }
      const negative = await shop.send('POST', path, { body: { price_per_gram: -1 } });
      assert.equal(negative.body.error.message, 'Price must be positive');
      assert.equal(
        (await shop.send('POST', path, { body: {} })).body.error.message,
        'Request body is required',
      );
      assert.equal((await shop.send('POST', path, { body: { price_per_gram: 1 }, token: null })).status, 401);
      const staff = await shop.signIn('staff');
      assert.equal(
        (await shop.send('POST', path, { body: { price_per_gram: 1 }, token: staff })).status,
        403,
      );
      assert.equal(
        (await shop.send('GET', `${path}/history?limit=0`)).body.error.message,
        'Limit must be at least 1',
      );
    });
  }

  it('keeps the metals apart', async () => {
    assert.equal((await shop.send('GET', '/api/prices/gold/latest')).status, 404);
    assert.equal((await shop.send('GET', '/api/prices/gold/latest?purity=925')).status, 404);
    assert.equal((await shop.send('GET', '/api/prices/copper/latest')).status, 404);
    assert.equal((await shop.send('PUT', '/api/prices/silver', { body: { price_per_gram: 1 } })).status, 405);
  });
});
