// The rate guard over HTTP: what is held prices nothing, and how it comes into force.

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import { type Answer, openTestShop, TEST_START, type TestShop } from '../../../test/test-shop.ts';

const PATH = '/api/prices/gold';
const DAY_MS = 86_400_000;

describe('held rates', () => {
  let shop: TestShop;
  // The shop's clock stands on Thursday 15 January 2026.
  beforeEach(async () => {
    shop = await openSharedTestShop();
    token = shop.adminToken;
    await record(6500, '2026-01-14');
  });
  afterEach(() => shop.close());

  let token: string;
  const record = (price: number, date?: string, more: object = {}): Promise<Answer> =>
    shop.send('POST', PATH, {
      token,
      body: { price_per_gram: price, ...(date === undefined ? {} : { date }), ...more },
    });
  const inForce = async (): Promise<number> =>
    (await shop.send('GET', `${PATH}/latest`, { token: null })).body.data.price_per_gram;
  const shown = async (query = '', token: string | null = null): Promise<number[]> =>
    (await shop.send('GET', `${PATH}/history${query}`, { token })).body.data.map(
      (row: { price_per_gram: number }) => row.price_per_gram,
    );

  it('records a far rate as held, with both values, and prices nothing with it', async () => {
    const { status, body } = await record(7000);
    assert.equal(status, 201);
    assert.equal(body.held, true);
    assert.equal(body.data.held, true);
    assert.equal(body.previous_price_per_gram, 6500);
    assert.equal(body.new_price_per_gram, 7000);
    assert.equal(body.change_percent, 7.69);
    assert.equal(body.retrain_triggered, false);
    assert.equal(await inForce(), 6500);
    assert.deepEqual(
      (await shop.shop.store.prices.board(shop.clock.now)).rates.map((rate) => rate.paisePerGram),
      [650_000],
    );
    const trends = await shop.send('GET', '/api/predictions/trends', { token: null });
    assert.equal(trends.body.data.statistics.max, 6500);
    // The next rate is compared with the one in force, not with the held one.
    assert.equal((await record(6510)).body.held, false);
    assert.equal(await inForce(), 6510);
  });

  it('shows held rates only to those who may set prices, and when asked', async () => {
    await record(7000);
    const staff = await shop.signIn('staff');
    const setter = await shop.signIn('staff', ['prices.set']);
    assert.deepEqual(await shown(), [6500]);
    assert.deepEqual(await shown('?include_held=true'), [6500]);
    assert.deepEqual(await shown('?include_held=true', staff), [6500]);
    assert.deepEqual(await shown('', setter), [6500]);
    assert.deepEqual(await shown('?include_held=true', setter), [7000, 6500]);
  });

  it('puts a held rate in force once, by hand', async () => {
    const id = (await record(7000)).body.data.id;
    const confirm = `${PATH}/${id}/confirm`;
    assert.equal((await shop.send('POST', confirm, { token: null })).status, 401);
    const staff = await shop.signIn('staff');
    assert.equal((await shop.send('POST', confirm, { token: staff })).status, 403);
    assert.equal((await shop.send('POST', `/api/prices/silver/${id}/confirm`)).status, 404);
    const clicks = await Promise.all([shop.send('POST', confirm), shop.send('POST', `${confirm}/`)]);
    const [done, again] = clicks.sort((a, b) => a.status - b.status);
    assert.equal(done?.status, 200);
    assert.equal(done?.body.data.held, false);
    assert.equal(done?.body.message, 'Gold price confirmed');
    // The two clicks are one request to the shop only when they are sent as a repeat.
    assert.equal(again?.status, 409);
    assert.equal(again?.body.error.type, 'rate_not_held');
    assert.equal(await inForce(), 7000);
    const actions = await shop.shop.store.journal.list({ subject: `metal_price:${id}` }, 10);
    assert.deepEqual(
      actions.map((entry) => entry.action),
      ['metal_price.confirmed', 'metal_price.recorded'],
    );
  });

  it('answers 404 for an unknown rate and 409 for one that is in force', async () => {
    for (const id of ['65a4f0c0ffee0123456789ab', 'nonsense', '1']) {
      const { status, body } = await shop.send('POST', `${PATH}/${id}/confirm`);
      assert.equal(status, 404);
      assert.equal(body.error.type, 'price_not_found');
    }
    const id = (await record(6501)).body.data.id;
    assert.equal((await shop.send('POST', `${PATH}/${id.toUpperCase()}/confirm`)).status, 409);
  });

  it('confirms over a rate recorded later on the same day', async () => {
    const id = (await record(7000)).body.data.id;
    await record(6510);
    await shop.send('POST', `${PATH}/${id}/confirm`);
    assert.equal(await inForce(), 7000);
  });

  it('releases both when a second rate on another day comes within 1%', async () => {
    const first = (await record(7000)).body.data;
    assert.equal((await record(7000)).body.held, true, 'the same day is no second opinion');
    shop.clock.now += DAY_MS;
    token = await shop.signIn('admin');
    assert.equal((await record(7100)).body.held, true, 'more than 1% away');
    const second = await record(7060);
    assert.equal(second.status, 201);
    assert.equal(second.body.held, false);
    assert.ok(second.body.released.includes(first.id));
    assert.equal(second.body.released.length, 2);
    assert.equal(await inForce(), 7060);
    assert.deepEqual(await shown(), [7060, 7000, 7000, 6500]);
    const [released] = await shop.shop.store.journal.list({ action: 'metal_price.released' }, 1);
    assert.equal(released?.after?.borneOutBy, second.body.data.id);
  });

  it('refuses more than 25% unless the caller says that it is meant', async () => {
    for (const price of [8125.01, 4874.99, 65_000, 0.01]) {
      const { status, body } = await record(price);
      assert.equal(status, 409, String(price));
      assert.equal(body.error.type, 'rate_too_far');
      assert.equal(body.error.data.previous_price_per_gram, 6500);
      assert.equal(body.error.data.price_per_gram, price);
    }
    assert.equal((await record(65_000, undefined, { confirm: false })).status, 409);
    assert.deepEqual(await shown('?include_held=true', shop.adminToken), [6500], 'nothing half-written');
    const meant = await record(8200, undefined, { confirm: true });
    assert.equal(meant.status, 201);
    assert.equal(meant.body.held, false);
    assert.equal(await inForce(), 8200);
  });

  it('skips holding too when the caller says that it is meant', async () => {
    assert.equal((await record(7000, undefined, { confirm: true })).body.held, false);
    assert.equal(await inForce(), 7000);
  });

  it('never holds an older date, and lets it release nothing', async () => {
    await record(7000);
    for (const price of [7000, 65, 650_000]) {
      const { status, body } = await record(price, '2025-06-01');
      assert.equal(status, 201);
      assert.equal(body.held, false);
      assert.deepEqual(body.released, []);
    }
    assert.equal(await inForce(), 6500);
  });

  it('prices nothing with a future rate before its day', async () => {
    const future = await record(6600, '2026-01-17');
    assert.equal(future.status, 201);
    assert.equal(future.body.held, false);
    assert.equal(await inForce(), 6500);
    const staff = await shop.signIn('staff', ['sales.read']);
    for (const days of ['', '?end_date=2026-02-01', '?start_date=2026-01-01&include_held=true']) {
      for (const stranger of [null, staff]) assert.deepEqual(await shown(days, stranger), [6500], days);
      assert.deepEqual(await shown(days, shop.adminToken), [6600, 6500], 'whoever sets rates sees them');
    }
    // 18:30 UTC is midnight in the shop.
    shop.clock.now = Date.parse('2026-01-16T18:29:59.999Z');
    assert.equal(await inForce(), 6500);
    assert.deepEqual(await shown(), [6500]);
    shop.clock.now += 1;
    assert.equal(await inForce(), 6600);
    assert.deepEqual(await shown(), [6600, 6500]);
    shop.clock.now = TEST_START;
    const farFuture = await record(7200, '2026-01-16');
    assert.equal(farFuture.body.held, true);
  });

  it('puts no future rate into the file of somebody who sets none', async () => {
    // A file is written by a thread that opens the database of the folder.
    await shop.close();
    shop = await openTestShop();
    token = shop.adminToken;
    await record(6500, '2026-01-14');
    await record(6600, '2026-01-17');
    const staff = await shop.signIn('staff', ['sales.read']);
    const file = await shop.send('GET', `${PATH}/history?format=csv`, { token: staff });
    assert.match(file.text, /,6500,/);
    assert.doesNotMatch(file.text, /,6600,/);
  });

  it('keeps the series of other purities and metals out of it', async () => {
    assert.equal((await record(9000, undefined, { purity: '999' })).body.held, false);
    const silver = await shop.send('POST', '/api/prices/silver', { body: { price_per_gram: 150 } });
    assert.equal(silver.body.held, false);
    const far = await shop.send('POST', '/api/prices/silver', { body: { price_per_gram: 165 } });
    assert.equal(far.body.held, true);
    assert.match(far.body.message, /^Silver price/);
    const id = far.body.data.id;
    assert.equal((await shop.send('POST', `/api/prices/silver/${id}/confirm`)).status, 200);
    const latest = await shop.send('GET', '/api/prices/silver/latest');
    assert.equal(latest.body.data.price_per_gram, 165);
  });

  it('follows the shares that the owner sets', async () => {
    const { settings } = shop.shop.store;
    const shares = { guardHoldBasisPoints: 100, guardSigmas: 0, guardRefuseBasisPoints: 300 };
    await settings.change(shares, null, shop.by());
    assert.equal((await record(6565)).body.held, false);
    assert.equal((await record(6640)).body.held, true);
    assert.equal((await record(6800)).status, 409);
  });

  it('lets one of many equal far rates at once be held, and none refuse the others', async () => {
    const answers = await Promise.all([7000, 7001, 7002, 7003].map((price) => record(price)));
    assert.deepEqual(
      answers.map(({ status, body }) => [status, body.held]),
      answers.map(() => [201, true]),
    );
    assert.equal(await inForce(), 6500);
  });
});
