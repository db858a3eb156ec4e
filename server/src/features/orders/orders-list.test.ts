// Contract 2.8: reading, listing and counting orders.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { addPerson, addPiece } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const UNKNOWN = 'ffffffffffffffffffffffff';

describe('reading orders', () => {
  let shop: TestShop;
  let asha: string;
  let ravi: string;
  let ring: string;
  const numbers: string[] = [];
  before(async () => {
    shop = await openSharedTestShop();
    asha = await addPerson(shop, { name: 'Asha 100%' });
    ravi = await addPerson(shop, { name: 'रवि ÉLAN_Rao' });
    ring = await addPiece(shop, { basePricePaise: 100_000 });
    // 15 January 10:30 UTC is 16:00 in the shop; 18:30 UTC is its midnight.
    const days = ['2026-01-14T18:29:59.999Z', '2026-01-14T18:30:00.000Z', '2026-01-15T18:29:59.999Z'];
    for (const day of days) {
      shop.clock.now = Date.parse(day);
      for (const customer of [asha, ravi]) {
        const { body } = await shop.send('POST', '/api/orders', {
          token: await shop.signIn('admin'),
          body: { customer_id: customer, items: [{ product_id: ring }] },
        });
        numbers.push(body.data.order_number);
      }
    }
    shop.clock.now = Date.parse('2026-01-15T18:35:00.000Z');
    token = await shop.signIn('admin');
  });
  after(() => shop.close());
  let token = '';
  const get = (path: string) => shop.send('GET', path, { token });
  const count = async (query: string) => (await get(`/api/orders?${query}`)).body.pagination.total;

  beforeEach(() => assert.equal(numbers.length, 6));

  it('lists whole orders, newest first, in both documented shapes', async () => {
    const { body, status } = await get('/api/orders?per_page=4');
    assert.equal(status, 200);
    assert.deepEqual(body.pagination, {
      page: 1,
      per_page: 4,
      total: 6,
      total_pages: 2,
      has_next: true,
      has_prev: false,
    });
    assert.deepEqual([body.total, body.page, body.pages], [6, 1, 2]);
    assert.deepEqual(body.orders, body.data);
    const times = body.data.map((order: { created_at: string }) => order.created_at);
    assert.deepEqual(times, [...times].sort().reverse());
    assert.equal(body.data[0].items[0].product_name, 'Gold Ring');
    assert.equal(body.data[0].subtotal, 1000);
    const one = await get(`/api/orders/${body.data[0].id}`);
    const { customer: _, status_history: __, would_book: ___, in_khata: ____, ...rest } = one.body.data;
    const { cash_received: _____, ...listed } = rest;
    assert.deepEqual(body.data[0], listed);
    const second = await get('/api/orders/?page=2&per_page=4');
    const ids = [...body.data, ...second.body.data].map((order: { id: string }) => order.id);
    assert.equal(new Set(ids).size, 6);
    const beyond = await get('/api/orders?page=99');
    assert.deepEqual(
      [beyond.status, beyond.body.data.length, beyond.body.pagination.has_prev],
      [200, 0, true],
    );
  });

  it('refuses a page below 1 and mends other numbers', async () => {
    for (const path of ['/api/orders', `/api/orders/customer/${asha}`]) {
      for (const page of ['0', '-1']) {
        const { status, body } = await get(`${path}?page=${page}`);
        assert.equal(status, 400);
        assert.equal(body.error.message, 'Page number must be greater than 0');
        assert.equal(typeof body.error.details, 'string');
      }
    }
    assert.equal((await get('/api/orders?page=abc&per_page=0')).body.pagination.per_page, 20);
    assert.equal((await get('/api/orders?per_page=-3')).body.pagination.per_page, 20);
    assert.equal((await get('/api/orders?per_page=500')).body.pagination.per_page, 100);
  });

  it("filters by the shop's days, to the end of the last one, and ignores what is no date", async () => {
    assert.equal(await count('date_from=2026-01-15'), 4);
    assert.equal(await count('date_to=2026-01-14'), 2);
    assert.equal(await count('date_from=2026-01-15&date_to=2026-01-15'), 4);
    assert.equal(await count('date_from=2026-01-15T18:29:59.999Z'), 2);
    assert.equal(await count('date_to=2026-01-14T18:29:59.999'), 2);
    assert.equal(await count('date_to=2026-01-14T18:29:59.998Z'), 0);
    assert.equal(await count('date_to=2026-01-15T00:00:00%2B05:30'), 4);
    assert.equal(await count('date_from=yesterday&date_to=2026-02-30'), 6);
    assert.equal(await count('date_from=2026-01-16'), 0);
    assert.equal(await count('date_from=2500-01-01'), 0);
    assert.equal(await count('date_from=0001-01-01&date_to=9999-12-31'), 6);
  });

  it('filters by status, payment status, customer and text', async () => {
    assert.equal(await count('status=pending&payment_status=unpaid'), 6);
    assert.equal(await count('status=all&payment_status=all'), 6);
    assert.equal(await count('status=&payment_status=&customer_id=&search='), 6);
    assert.equal(await count('status=shipped'), 0);
    assert.equal(await count('payment_status=nothing'), 0);
    assert.equal(await count(`customer_id=${ravi.toUpperCase()}`), 3);
    assert.equal(await count(`customer_id=${UNKNOWN}`), 0);
    assert.equal(await count(`search=${numbers[0]?.toLowerCase()}`), 1);
    assert.equal(await count('search=ORD-20260114'), 4);
    assert.equal(await count('search=asha'), 3);
    assert.equal(await count('search=%25'), 3);
    assert.equal(await count('search=_'), 3);
    assert.equal(await count(`search=${encodeURIComponent('रव')}`), 3);
    assert.equal(await count(`search=${encodeURIComponent('élan')}`), 3);
    assert.equal(
      await count(`search=${encodeURIComponent('E\u0301lan')}`),
      3,
      'one letter as two characters',
    );
    assert.equal(await count(`search=${encodeURIComponent("' OR 1=1 --")}`), 0);
    for (const path of ['/api/orders?customer_id=abc', '/api/orders/statistics?customer_id=abc']) {
      const { status, body } = await get(path);
      assert.equal(status, 400);
      assert.equal(body.error.fields[0].field, 'customer_id');
    }
  });

  it('lists the orders of one customer', async () => {
    const { body } = await get(`/api/orders/customer/${asha.toUpperCase()}?per_page=2`);
    assert.equal(body.pagination.total, 3);
    assert.equal(body.data.length, 2);
    assert.equal(body.orders[0].customer_id, asha);
    assert.deepEqual((await get(`/api/orders/customer/${UNKNOWN}`)).body.data, []);
    const bad = await get('/api/orders/customer/abc');
    assert.equal(bad.status, 400);
    assert.equal(bad.body.error.message, 'Invalid customer ID format');
  });

  it('counts and sums, with the filters of the list', async () => {
    const { body } = await get('/api/orders/statistics');
    assert.deepEqual(body.data, {
      total_orders: 6,
      total_revenue: 6000,
      average_order_value: 1000,
      status_breakdown: { pending: 6, processing: 0, completed: 0, cancelled: 0 },
      payment_breakdown: { unpaid: 6, partial: 0, paid: 0 },
    });
    const day = await get(`/api/orders/statistics?date_to=2026-01-14&customer_id=${asha}`);
    assert.equal(day.body.data.total_orders, 1);
    const none = await get('/api/orders/statistics?date_from=2027-01-01');
    assert.deepEqual(none.body.data, {
      total_orders: 0,
      total_revenue: 0,
      average_order_value: 0,
      status_breakdown: { pending: 0, processing: 0, completed: 0, cancelled: 0 },
      payment_breakdown: { unpaid: 0, partial: 0, paid: 0 },
    });
  });

  it('answers 404 to an id that is unknown or none', async () => {
    for (const id of [UNKNOWN, 'abc', '1']) {
      const { status, body } = await get(`/api/orders/${id}`);
      assert.equal(status, 404);
      assert.equal(body.error.message, 'Order not found');
    }
  });

  it('survives parameters that are sent twice', async () => {
    for (const name of ['search', 'status', 'customer_id', 'date_from', 'date_to', 'page', 'per_page']) {
      const { status } = await get(`/api/orders?${name}=a&${name}=b`);
      assert.ok(status < 500, `${name}: ${status}`);
    }
  });
});
