// Contract 2.9: prices of stones.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const PATH = '/api/prices/diamond';
const STONE = { carat: 1, cut: 'Ideal', color: 'D', clarity: 'IF', price: 500000 };

describe('diamond prices', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('records what a stone cost', async () => {
    const { status, body } = await shop.send('POST', PATH, {
      body: { ...STONE, carat: '1.005', price: '500000.50', date: '2026-01-10' },
    });
    assert.equal(status, 201);
    const id = body.data.id;
    assert.deepEqual(body, {
      success: true,
      data: {
        ...STONE,
        id,
        carat: 1.005,
        price: 500000.5,
        currency: 'INR',
        date: '2026-01-10T00:00:00.000Z',
        source: 'manual',
      },
      retrain_triggered: false,
      message: 'Diamond price added successfully',
    });
    const [entry] = await shop.shop.store.journal.list({ subject: `diamond_price:${id}` }, 2);
    assert.equal(entry?.action, 'diamond_price.recorded');
  });

  it('names everything that is missing, in order, before anything else', async () => {
    const cases: [object, string][] = [
      [{ carat: 'x' }, 'cut, color, clarity, price'],
      [{ price: -1, color: 'Z', carat: 1 }, 'cut, clarity'],
      [{ ...STONE, cut: null, carat: null }, 'carat, cut'],
      [{ source: 'a' }, 'carat, cut, color, clarity, price'],
    ];
    for (const [body, missing] of cases) {
      const answer = await shop.send('POST', PATH, { body });
      assert.equal(answer.status, 400);
      assert.equal(answer.body.error.message, `Missing required fields: ${missing}`);
    }
    assert.equal(
      (await shop.send('POST', PATH, { body: {} })).body.error.message,
      'Request body is required',
    );
  });

  it('names a wrong field in the words of the contract', async () => {
    const grades = {
      cut: 'Invalid cut. Must be one of: Ideal, Excellent, Very Good, Good, Fair, Poor',
      color: 'Invalid color. Must be one of: D, E, F, G, H, I, J, K, L, M',
      clarity: 'Invalid clarity. Must be one of: FL, IF, VVS1, VVS2, VS1, VS2, SI1, SI2, I1, I2, I3',
    };
    const cases: [string, unknown, string][] = [
      ['carat', 0, 'Carat must be positive'],
      ['carat', -1, 'Carat must be positive'],
      ...['1ct', '', true, [1], 1e308, 'NaN', 1.0005, 1001].map((v): [string, unknown, string] => [
        'carat',
        v,
        'Invalid carat value',
      ]),
      ['price', 0, 'Price must be positive'],
      ...['5 lakh', false, 1e308, 0.001, {}].map((v): [string, unknown, string] => [
        'price',
        v,
        'Invalid price value',
      ]),
      ...Object.entries(grades).flatMap(([field, text]) =>
        ['ideal', '', 7, ['D']].map((v): [string, unknown, string] => [field, v, text]),
      ),
      ['date', '15/01/2026', 'Invalid date format. Use YYYY-MM-DD'],
      ['date', '2026-02-29', 'Invalid date format. Use YYYY-MM-DD'],
      ['source', 7, 'Validation error'],
    ];
    for (const [field, value, message] of cases) {
      const { status, body } = await shop.send('POST', PATH, { body: { ...STONE, [field]: value } });
      assert.equal(status, 400, `${field} ${JSON.stringify(value)}`);
      assert.equal(body.error.message, message, `${field} ${JSON.stringify(value)}`);
      assert.equal(body.error.fields[0].field, field);
    }
  });

  it('lists by day, grade and carat, newest first', async () => {
    await shop.send('POST', PATH, { body: { ...STONE, carat: 0.5, cut: 'Good', date: '2026-01-12' } });
    await shop.send('POST', PATH, { body: { ...STONE, carat: 2, color: 'H', clarity: 'SI2' } });
    const carats = async (query: string): Promise<number[]> => {
      const { body } = await shop.send('GET', `${PATH}/history?${query}`, { token: null });
      assert.equal(body.count, body.data.length);
      return body.data.map((row: { carat: number }) => row.carat);
    };
    assert.deepEqual(await carats(''), [2, 0.5, 1.005]);
    assert.deepEqual(await carats('limit=1'), [2]);
    assert.deepEqual(await carats('cut=Good'), [0.5]);
    assert.deepEqual(await carats('color=H&clarity=SI2'), [2]);
    assert.deepEqual(await carats('cut=unknown'), []);
    assert.deepEqual(await carats('min_carat=1.005'), [2, 1.005]);
    assert.deepEqual(await carats('min_carat=0.5&max_carat=1.0049'), [0.5]);
    assert.deepEqual(await carats('max_carat=heavy'), [2, 0.5, 1.005]);
    assert.deepEqual(await carats('start_date=2026-01-12&end_date=2026-01-15'), [2, 0.5]);
  });

  it('refuses limits and dates in the words of the contract', async () => {
    for (const limit of ['0', '-1', '1001']) {
      const { status, body } = await shop.send('GET', `${PATH}/history?limit=${limit}`, { token: null });
      assert.equal(status, 400);
      assert.equal(body.error.message, 'Limit must be between 1 and 1000');
    }
    const { body } = await shop.send('GET', `${PATH}/history?end_date=x`, { token: null });
    assert.equal(body.error.message, 'Invalid end_date format. Use YYYY-MM-DD');
  });

  it('lets only those record who may set prices', async () => {
    assert.equal((await shop.send('POST', PATH, { body: STONE, token: null })).status, 401);
    const token = await shop.signIn('staff');
    assert.equal((await shop.send('POST', PATH, { body: STONE, token })).status, 403);
  });
});
