// Contract 2.7: counter sales.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece, balanceOf, stockOf } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const UNKNOWN = 'ffffffffffffffffffffffff';

describe('sales', () => {
  let shop: TestShop;
  let customer: string;
  let ring: string;
  before(async () => {
    shop = await openSharedTestShop();
    customer = await addPerson(shop, { name: 'Asha' });
    ring = await addPiece(shop, { stockQuantity: 1000 });
  });
  after(() => shop.close());

  const line = (more = {}) => ({ product_id: ring, quantity: 1, price_at_sale: 1000, ...more });
  const sell = (more: object = {}, options = {}) =>
    shop.send('POST', '/api/sales', {
      body: { customer_id: customer, products: [line()], ...more },
      ...options,
    });

  it('records a sale as the contract shapes it', async () => {
    const { status, body } = await sell({
      products: [line({ quantity: 3, price_at_sale: 33.33, product_name: 'x' })],
      discount: 0.09,
      payment_status: 'paid',
      payment_method: 'cash',
      notes: 'नथ',
      created_by: 'Mallory',
      final_amount: 1,
    });
    assert.equal(status, 201);
    const { id, created_by: seller, ...sale } = body.data;
    assert.match(id, /^[0-9a-f]{24}$/);
    assert.match(seller, /^admin_/);
    assert.deepEqual(sale, {
      customer_id: customer,
      customer_name: 'Asha',
      products: [
        {
          product_id: ring,
          product_name: 'Gold Ring',
          quantity: 3,
          taken_quantity: 3,
          price_at_sale: 33.33,
          weight: 5.5,
          gold_purity: '916',
        },
      ],
      total_amount: 99.99,
      discount: 0.09,
      final_amount: 99.9,
      payment_status: 'paid',
      payment_method: 'cash',
      payments: [{ method: 'cash', amount: 99.9, reference: null, at: '2026-01-15T10:30:00.123Z' }],
      khata_entry_id: null,
      notes: 'नथ',
      created_at: '2026-01-15T10:30:00.123Z',
    });
    assert.deepEqual((await shop.send('GET', `/api/sales/${id.toUpperCase()}`)).body.data, body.data);
  });

  it('starts out pending, without method or notes; a discount over the total makes it free', async () => {
    const { body } = await sell({ discount: 5000 });
    const {
      payment_status: status,
      payment_method: method,
      notes,
      final_amount: final,
      payments,
    } = body.data;
    assert.deepEqual([status, method, notes, final, payments], ['pending', null, null, 0, []]);
  });

  it('debits the khata part in the same write', async () => {
    const buyer = await addPerson(shop, { creditLimitPaise: 100_000 });
    const whole = await sell({
      customer_id: buyer,
      payment_method: 'khata',
      payment_status: 'paid',
      amount_paid: 100.5,
    });
    assert.equal(await balanceOf(shop, buyer), 89_950);
    const entry = await shop.shop.store.khata.find(whole.body.data.khata_entry_id);
    assert.deepEqual(entry?.source, { kind: 'sale', id: whole.body.data.id });
    const part = await sell({
      customer_id: buyer,
      discount: 100,
      payments: [
        { method: 'upi', amount: 700, reference: '4029' },
        { method: 'khata', amount: 200 },
      ],
    });
    assert.equal(part.status, 201);
    assert.equal(part.body.data.warning.balance, 1099.5);
    assert.equal(await balanceOf(shop, buyer), 109_950);
    await shop.shop.store.settings.change({ creditRule: 'refuse' }, null, shop.by());
    const stock = await stockOf(shop, ring);
    const refused = await sell({ customer_id: buyer, payment_method: 'khata' });
    assert.equal(refused.status, 409);
    assert.equal(refused.body.error.type, 'credit_limit_exceeded');
    assert.equal(refused.body.error.fields[0].field, 'payment_method');
    assert.equal(await stockOf(shop, ring), stock);
    const [journal] = await shop.shop.store.journal.list({ subject: `sale:${part.body.data.id}` }, 5);
    assert.equal(journal?.action, 'sale.created');
  });

  it('takes the stock, no lower than 0 unless it is strict', async () => {
    const few = await addPiece(shop, { stockQuantity: 1 });
    const { body } = await sell({ products: [line({ product_id: few, quantity: 3 })] });
    assert.equal(body.data.products[0].taken_quantity, 1);
    assert.equal(await stockOf(shop, few), 0);
    await shop.shop.store.settings.change({ strictStock: true }, null, shop.by());
    const refused = await sell({ products: [line({ product_id: few })] });
    assert.equal(refused.status, 409);
    assert.equal(refused.body.error.type, 'out_of_stock');
    assert.equal(refused.body.error.fields[0].field, 'products.0.quantity');
    await shop.shop.store.settings.change({ strictStock: false }, null, shop.by());
  });

  it('names what is wrong with a body', async () => {
    const gone = await addPiece(shop, { name: 'Gone' });
    await shop.shop.store.products.remove(gone, null, shop.by());
    const noProducts = 'products is required and must contain at least one product';
    const cases: [object, string, string][] = [
      [{ customer_id: undefined }, 'customer_id is required', 'customer_id'],
      [{ customer_id: '' }, 'customer_id is required', 'customer_id'],
      [{ customer_id: 'abc' }, 'Validation error', 'customer_id'],
      [{ customer_id: UNKNOWN }, 'Validation error', 'customer_id'],
      [{ products: undefined }, noProducts, 'products'],
      [{ products: [] }, noProducts, 'products'],
      [{ products: {} }, 'Validation error', 'products'],
      [{ products: [7] }, 'Validation error', 'products.0'],
      [{ products: [{ product_id: ring, quantity: 1 }] }, 'Validation error', 'products.0.price_at_sale'],
      [{ products: [{ product_id: ring, price_at_sale: 1 }] }, 'Validation error', 'products.0.quantity'],
      [{ products: [line({ product_id: UNKNOWN })] }, 'Validation error', 'products.0.product_id'],
      [{ products: [line(), line({ product_id: gone })] }, 'Validation error', 'products.1.product_id'],
      [
        { products: [line({ quantity: 10_000, price_at_sale: 1_000_000.01 })] },
        'Validation error',
        'products',
      ],
      [{ products: Array(201).fill(line()) }, 'Validation error', 'products'],
      [{ payment_status: 'unpaid' }, 'Validation error', 'payment_status'],
      [{ payment_method: 'barter' }, 'Validation error', 'payment_method'],
      [{ payment_method: '' }, 'Validation error', 'payment_method'],
      [{ notes: 'x'.repeat(1001) }, 'Validation error', 'notes'],
      [{ payments: [{ method: 'cash', amount: 1000.01 }] }, 'Validation error', 'payments'],
      [{ discount: 1, payments: [{ method: 'cash', amount: 1000 }] }, 'Validation error', 'payments'],
      [{ amount_paid: 1000.01 }, 'Validation error', 'amount_paid'],
      [{ payment_status: 'paid', amount_paid: 999.99 }, 'Validation error', 'amount_paid'],
      [
        { payment_status: 'paid', payments: [{ method: 'upi', amount: 999.99 }] },
        'Validation error',
        'payments',
      ],
    ];
    for (const bad of [null, true, '1', [1], 1e308, 2 ** 53, 1e-7, -1, 1.001, 'NaN']) {
      cases.push(
        [{ products: [line({ quantity: bad })] }, 'Validation error', 'products.0.quantity'],
        [{ products: [line({ price_at_sale: bad })] }, 'Validation error', 'products.0.price_at_sale'],
        [{ discount: bad }, 'Validation error', 'discount'],
      );
    }
    for (const [more, message, field] of cases) {
      const { status, body } = await sell(more);
      assert.equal(status, 400, JSON.stringify(more));
      assert.equal(body.error.message, message, JSON.stringify(more));
      assert.equal(body.error.fields[0].field, field);
      assert.ok(body.error.details[field]);
    }
    assert.equal(
      (await shop.send('POST', '/api/sales', { body: {} })).body.error.message,
      'Request body is required',
    );
  });

  it('records a repeated request once', async () => {
    const piece = await addPiece(shop);
    const products = [line({ product_id: piece })];
    const answers = await Promise.all(
      [1, 2, 3].map(() => sell({ products }, { headers: { 'idempotency-key': 'sale-once' } })),
    );
    assert.equal(new Set(answers.map((answer) => answer.text)).size, 1);
    assert.equal(await stockOf(shop, piece), 9);
  });

  it('lists newest first, by page, customer, payment status and day', async () => {
    shop.clock.now = Date.parse('2026-01-20T18:29:59.999Z');
    const token = await shop.signIn('admin');
    const buyer = await addPerson(shop);
    const first = await sell({ customer_id: buyer }, { token });
    shop.clock.now += 1;
    const second = await sell({ customer_id: buyer, payment_status: 'partial', amount_paid: 1 }, { token });
    const ids = async (query: string) => {
      const { body } = await shop.send('GET', `/api/sales?customer_id=${buyer}&${query}`, { token });
      return body.data.map((sale: { id: string }) => sale.id);
    };
    const [a, b] = [first.body.data.id, second.body.data.id];
    assert.deepEqual(await ids(''), [b, a]);
    assert.deepEqual(await ids('per_page=1&page=2'), [a]);
    assert.deepEqual(await ids('payment_status=partial'), [b]);
    assert.deepEqual(await ids('payment_status=all'), [b, a]);
    assert.deepEqual(await ids('payment_status=nothing'), []);
    assert.deepEqual(await ids('date_to=2026-01-20'), [a]);
    assert.deepEqual(await ids('date_from=2026-01-21'), [b]);
    assert.deepEqual(await ids('date_from=soon'), [b, a]);
    const { body } = await shop.send('GET', '/api/sales?per_page=2', { token });
    assert.deepEqual(Object.keys(body.pagination), [
      'page',
      'per_page',
      'total',
      'total_pages',
      'has_next',
      'has_prev',
    ]);
    assert.equal(body.data[0].products[0].product_name, 'Gold Ring');
    const page = await shop.send('GET', '/api/sales?page=0', { token });
    assert.equal(page.status, 400);
    assert.equal(page.body.error.message, 'Page number must be greater than 0');
    assert.equal((await shop.send('GET', '/api/sales?customer_id=abc', { token })).status, 400);
    for (const id of [UNKNOWN, 'abc']) {
      const missing = await shop.send('GET', `/api/sales/${id}`, { token });
      assert.equal(missing.status, 404);
      assert.equal(missing.body.error.message, 'Sale not found');
    }
  });

  it('is for the owner and appointed staff', async () => {
    const staff = await shop.signIn('staff');
    const user = await shop.signIn('user');
    const reader = await shop.signIn('staff', ['sales.read']);
    assert.equal((await sell({}, { token: staff })).status, 201);
    assert.equal((await shop.send('GET', '/api/sales', { token: staff })).status, 200);
    assert.equal((await shop.send('GET', '/api/sales', { token: reader })).status, 200);
    assert.equal((await sell({}, { token: reader })).status, 403);
    for (const [method, path, permission] of [
      ['GET', '/api/sales', 'sales.read'],
      ['GET', `/api/sales/${UNKNOWN}`, 'sales.read'],
      ['POST', '/api/sales', 'sales.write'],
    ] as const) {
      const body = method === 'POST' ? {} : undefined;
      assert.equal((await shop.send(method, path, { token: null, body })).status, 401);
      const { status, body: answer } = await shop.send(method, path, { token: user, body });
      assert.equal(status, 403);
      assert.ok(answer.error.details.includes(permission));
    }
  });
});
