// Contract 2.8: making an order.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece, stockOf } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const UNKNOWN = 'ffffffffffffffffffffffff';

describe('making an order', () => {
  let shop: TestShop;
  let customer: string;
  let ring: string;
  before(async () => {
    shop = await openSharedTestShop();
    customer = await addPerson(shop, { name: 'Asha', phone: '98765 43210' });
    ring = await addPiece(shop);
  });
  after(() => shop.close());

  const post = (body: unknown, headers = {}) => shop.send('POST', '/api/orders', { body, headers });

  it('answers the whole order, computed by the server', async () => {
    const { status, body, headers } = await post({
      customer_id: customer.toUpperCase(),
      items: [
        {
          product_id: ring.toUpperCase(),
          quantity: 2,
          unit_price: 25_000,
          total_price: 1,
          product_name: 'x',
        },
      ],
      tax_amount: 1500,
      customer_name: 'Mallory',
      status: 'completed',
      subtotal: 1,
      total_amount: 1,
      order_number: 'ORD-1',
    });
    assert.equal(status, 201);
    assert.equal(body.message, 'Order created successfully');
    const { id, order_number: number, ...order } = body.data;
    assert.match(id, /^[0-9a-f]{24}$/);
    assert.match(number, /^ORD-20260115-[A-Z0-9]{4}$/);
    assert.deepEqual(order, {
      version: 1,
      customer_id: customer,
      customer_name: 'Asha',
      customer_phone: '98765 43210',
      customer_email: '',
      items: [
        {
          product_id: ring,
          product_name: 'Gold Ring',
          product_category: 'Ring',
          quantity: 2,
          taken_quantity: 2,
          unit_price: 25_000,
          total_price: 50_000,
          weight: 5.5,
          gold_purity: '916',
        },
      ],
      subtotal: 50_000,
      tax_amount: 1500,
      discount_amount: 0,
      total_amount: 51_500,
      status: 'pending',
      payment_status: 'unpaid',
      payment_method: '',
      payments: [],
      khata_entry_id: null,
      notes: '',
      admin_notes: '',
      created_at: '2026-01-15T10:30:00.123Z',
      updated_at: '2026-01-15T10:30:00.123Z',
      completed_at: null,
      cancelled_at: null,
    });
    assert.ok(Number(headers.get('x-journal-position')) > 0);
    assert.match(headers.get('etag') ?? '', /^"1-/);
    const read = (await shop.send('GET', `/api/orders/${id}`)).body.data;
    const { customer: _, status_history: __, would_book: booked, in_khata: inKhata, ...rest } = read;
    const { cash_received: cash, ...again } = rest;
    assert.deepEqual(again, body.data);
    assert.deepEqual(booked, { unpaid: [], partial: [], paid: [{ method: null, amount: 51_500 }] });
    assert.deepEqual([inKhata, cash], [0, 0]);
  });

  it('takes one piece at the list price where quantity and price are left out', async () => {
    const before = await stockOf(shop, ring);
    const { body } = await post({ customer_id: customer, items: [{ product_id: ring }], notes: null });
    assert.equal(body.data.items[0].quantity, 1);
    assert.equal(body.data.items[0].unit_price, 25_000);
    assert.equal(body.data.total_amount, 25_000);
    assert.equal(await stockOf(shop, ring), (before ?? 0) - 1);
  });

  it('copies the address only where there is one, and keeps the copy when the customer changes', async () => {
    const rich = await addPerson(shop, { name: 'Before', email: 'a@b.in', address: '12 MG Road' });
    const { body } = await post({ customer_id: rich, items: [{ product_id: ring }] });
    assert.equal(body.data.customer_address, '12 MG Road');
    assert.equal(body.data.customer_email, 'a@b.in');
    await shop.send('PUT', `/api/customers/${rich}`, { body: { name: 'After', address: '' } });
    const read = (await shop.send('GET', `/api/orders/${body.data.id}`)).body.data;
    assert.equal(read.customer_name, 'Before');
    assert.equal(read.customer_address, '12 MG Road');
    assert.equal(read.customer.name, 'After');
    await shop.send('DELETE', `/api/customers/${rich}`);
    assert.equal((await shop.send('GET', `/api/orders/${body.data.id}`)).body.data.customer, null);
  });

  it('takes drafts and sold-out pieces, and pieces twice, but never more than are there', async () => {
    const draft = await addPiece(shop, { status: 'draft', stockQuantity: 0 });
    const few = await addPiece(shop, { stockQuantity: 4 });
    const { status, body } = await post({
      customer_id: customer,
      items: [{ product_id: draft }, { product_id: few, quantity: 3 }, { product_id: few, quantity: 3 }],
    });
    assert.equal(status, 201);
    assert.deepEqual(
      body.data.items.map((item: { taken_quantity: number }) => item.taken_quantity),
      [0, 3, 1],
    );
    assert.equal(await stockOf(shop, few), 0);
  });

  it('says in the words of the contract what is wrong with a body', async () => {
    const item = { product_id: ring };
    const good = { customer_id: customer, items: [item] };
    const noItems = 'items is required and must contain at least one item';
    const cases: [unknown, string, string | null][] = [
      [{}, 'Request body is required', null],
      [null, 'Request body is required', null],
      [[], 'Request body is required', null],
      [[good], 'Invalid JSON format', null],
      [{ items: [item] }, 'customer_id is required', 'customer_id'],
      [{ customer_id: '', items: [item] }, 'customer_id is required', 'customer_id'],
      [{ notes: 'x' }, 'customer_id is required', 'customer_id'],
      [{ customer_id: customer }, noItems, 'items'],
      [{ customer_id: customer, items: [] }, noItems, 'items'],
      [{ ...good, items: 'ring' }, 'Validation error', 'items'],
      [{ ...good, items: { 0: item } }, 'Validation error', 'items'],
      [{ ...good, items: ['ring'] }, 'Validation error', 'items.0'],
      [{ ...good, items: [null] }, 'Validation error', 'items.0'],
      [{ ...good, items: [{}] }, 'Validation error', 'items.0.product_id'],
      [{ ...good, items: [{ product_id: 7 }] }, 'Validation error', 'items.0.product_id'],
      [{ ...good, items: [{ product_id: 'ring' }] }, 'Validation error', 'items.0.product_id'],
      [{ ...good, items: Array(201).fill(item) }, 'Validation error', 'items'],
      [{ ...good, customer_id: 'abc' }, 'Validation error', 'customer_id'],
      [{ ...good, customer_id: { $ne: null } }, 'Validation error', 'customer_id'],
      [{ ...good, payment_status: 'PAID' }, 'Validation error', 'payment_status'],
      [{ ...good, payment_status: null }, 'Validation error', 'payment_status'],
      [{ ...good, payment_method: 'x'.repeat(51) }, 'Validation error', 'payment_method'],
      [{ ...good, payment_method: 7 }, 'Validation error', 'payment_method'],
      [{ ...good, notes: 7 }, 'Validation error', 'notes'],
      [{ ...good, admin_notes: 'x'.repeat(2001) }, 'Validation error', 'admin_notes'],
      [{ ...good, discount_amount: 25_000.01 }, 'Validation error', 'discount_amount'],
    ];
    for (const [body, message, field] of cases) {
      const answer = await post(body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message, JSON.stringify(body));
      if (field === null) continue;
      assert.equal(answer.body.error.fields[0].field, field);
      assert.ok(answer.body.error.details[field]);
    }
  });

  it('names an unknown or deleted customer or product, with 400', async () => {
    const gone = await addPiece(shop, { name: 'Gone Nath' });
    await shop.shop.store.products.remove(gone, null, shop.by());
    const cases: [object, string, RegExp, string][] = [
      [{ customer_id: UNKNOWN, items: [{ product_id: ring }] }, 'customer_id', /ffffff/, 'unknown_customer'],
      [
        { customer_id: customer, items: [{ product_id: ring }, { product_id: UNKNOWN }] },
        'items.1.product_id',
        /ffffff/,
        'unknown_product',
      ],
      [
        { customer_id: customer, items: [{ product_id: gone }] },
        'items.0.product_id',
        /Gone Nath .*was deleted/,
        'unknown_product',
      ],
    ];
    const before = await stockOf(shop, ring);
    for (const [body, field, text, type] of cases) {
      const answer = await post(body);
      assert.equal(answer.status, 400);
      assert.equal(answer.body.error.message, 'Validation error');
      assert.equal(answer.body.error.type, type);
      assert.match(answer.body.error.details[field], text);
    }
    assert.equal(await stockOf(shop, ring), before, 'nothing half-written');
  });

  it('refuses what is no number where a number is due', async () => {
    const bad: unknown[] = [null, true, '1', [1], {}, 1e308, 2 ** 53, 1e-7, -1, 1.001, 'NaN', ''];
    for (const value of bad) {
      for (const body of [
        { customer_id: customer, items: [{ product_id: ring, quantity: value }] },
        { customer_id: customer, items: [{ product_id: ring, unit_price: value }] },
        { customer_id: customer, items: [{ product_id: ring }], tax_amount: value },
        { customer_id: customer, items: [{ product_id: ring }], discount_amount: value },
        { customer_id: customer, items: [{ product_id: ring }], amount_paid: value },
        {
          customer_id: customer,
          items: [{ product_id: ring }],
          payments: [{ method: 'cash', amount: value }],
        },
      ]) {
        const answer = await post(body);
        assert.equal(answer.status, 400, JSON.stringify(body));
        assert.equal(answer.body.error.message, 'Validation error');
      }
    }
    for (const quantity of [0, 1.5, 10_001]) {
      assert.equal(
        (await post({ customer_id: customer, items: [{ product_id: ring, quantity }] })).status,
        400,
      );
    }
    for (const text of ['NaN', 'Infinity', '-Infinity', '1e999', '01']) {
      const answer = await shop.send('POST', '/api/orders', {
        body: `{"customer_id":"${customer}","items":[{"product_id":"${ring}","quantity":1,"unit_price":${text}}]}`,
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 400, text);
    }
  });

  it('takes up to 1,000 crore rupees, exactly, and not a paisa more', async () => {
    const sell = (quantity: number, price: number, more = {}) =>
      post({ customer_id: customer, items: [{ product_id: ring, quantity, unit_price: price }], ...more });
    const most = await sell(10_000, 1_000_000);
    assert.equal(most.status, 201);
    assert.equal(most.body.data.total_amount, 10_000_000_000);
    assert.equal((await sell(10_000, 1_000_000.01)).status, 400);
    assert.equal((await sell(10_000, 10_000_000_000)).status, 400);
    const taxed = await sell(10_000, 1_000_000, { tax_amount: 0.01 });
    assert.equal(taxed.status, 400);
    assert.equal(taxed.body.error.fields[0].field, 'items');
    const free = await sell(1, 100.1, { tax_amount: 0.2, discount_amount: 100.3 });
    assert.equal(free.body.data.total_amount, 0);
    const exact = await sell(3, 33_333.33, { tax_amount: 0.1 });
    assert.equal(exact.body.data.subtotal, 99_999.99);
    assert.equal(exact.body.data.total_amount, 100_000.09);
  });

  it('repeats the first answer to a repeated key, and takes the stock once', async () => {
    const piece = await addPiece(shop);
    const body = { customer_id: customer, items: [{ product_id: piece }] };
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => post(body, { 'idempotency-key': 'order-once' })),
    );
    assert.equal(new Set(answers.map((answer) => answer.text)).size, 1);
    assert.equal(await stockOf(shop, piece), 9);
    const retry = await post(body, { 'x-retry-count': '0' });
    const again = await post(body, { 'x-retry-count': '1' });
    assert.equal(again.body.data.id, retry.body.data.id);
    assert.equal(await stockOf(shop, piece), 8);
  });

  it('is for those who may', async () => {
    const staff = await shop.signIn('staff');
    const user = await shop.signIn('user');
    const reader = await shop.signIn('staff', ['orders.read']);
    const requests: [string, string, string, string[]][] = [
      ['GET', '/api/orders', 'orders.read', [reader]],
      ['GET', '/api/orders/statistics', 'orders.read', [reader]],
      ['GET', `/api/orders/customer/${customer}`, 'orders.read', [reader]],
      ['GET', `/api/orders/${UNKNOWN}`, 'orders.read', []],
      ['POST', '/api/orders', 'orders.write', []],
      ['PUT', `/api/orders/${UNKNOWN}/status`, 'orders.write', []],
      ['PUT', `/api/orders/${UNKNOWN}/payment-status`, 'orders.write', []],
      ['PUT', `/api/orders/${UNKNOWN}/notes`, 'orders.write', []],
    ];
    for (const [method, path, permission, allowed] of requests) {
      const body = method === 'GET' ? undefined : {};
      assert.equal((await shop.send(method, path, { token: null, body })).status, 401, path);
      for (const token of [staff, user]) {
        const answer = await shop.send(method, path, { token, body });
        assert.equal(answer.status, 403, path);
        assert.equal(answer.body.error.message, 'Admin access required');
        assert.ok(answer.body.error.details.includes(permission));
      }
      for (const token of allowed) assert.equal((await shop.send(method, path, { token })).status, 200);
      if (method !== 'GET')
        assert.equal((await shop.send(method, path, { token: reader, body })).status, 403);
    }
  });
});
