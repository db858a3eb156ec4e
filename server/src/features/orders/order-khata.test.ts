// Paying by khata: the debit at creation, the credit rule, the reversal on cancelling.

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { addPerson, addPiece, balanceOf, stockOf } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

describe('an order on khata', () => {
  let shop: TestShop;
  let customer: string;
  let ring: string;
  before(async () => {
    shop = await openSharedTestShop();
    ring = await addPiece(shop, { basePricePaise: 100_000, stockQuantity: 1000 });
  });
  beforeEach(async () => {
    customer = await addPerson(shop);
    await shop.shop.store.settings.change(
      { creditRule: 'warn', creditLimitPaise: null, strictStock: false },
      null,
      shop.by(),
    );
  });
  after(() => shop.close());

  const order = (more: object) =>
    shop.send('POST', '/api/orders', {
      body: { customer_id: customer, items: [{ product_id: ring }], ...more },
    });
  const put = (id: string, what: string, body: object) =>
    shop.send('PUT', `/api/orders/${id}/${what}`, { body });
  const entries = async () =>
    (await shop.shop.store.khata.list({ customerId: customer }, { skip: 0, limit: 50 })).rows;

  it('debits the total less what was paid, whatever the payment status says', async () => {
    for (const [more, debited] of [
      [{}, 1000],
      [{ payment_status: 'paid' }, 1000],
      [{ amount_paid: 400.5, payment_status: 'partial' }, 599.5],
      [{ tax_amount: 30, discount_amount: 10 }, 1020],
      [{ payment_method: ' Khata ' }, 1000],
    ] as const) {
      customer = await addPerson(shop);
      const { status, body } = await order({ payment_method: 'khata', ...more });
      assert.equal(status, 201);
      assert.equal(await balanceOf(shop, customer), Math.round(debited * 100));
      const [entry, ...others] = await entries();
      assert.equal(others.length, 0);
      assert.equal(entry?.id, body.data.khata_entry_id);
      assert.equal(entry?.type, 'debit');
      assert.equal(entry?.referenceNumber, body.data.order_number);
      assert.deepEqual(entry?.source, { kind: 'order', id: body.data.id });
      const paid = body.data.payments.reduce((sum: number, row: { amount: number }) => sum + row.amount, 0);
      assert.equal(paid, body.data.total_amount);
    }
  });

  it('posts nothing when all was paid, or when the khata is not meant', async () => {
    for (const more of [
      { payment_method: 'khata', amount_paid: 1000 },
      { payment_method: 'khata', items: [{ product_id: ring, unit_price: 0 }] },
      { payment_method: 'khata', payments: [{ method: 'cash', amount: 1000 }] },
      { payment_method: 'cash' },
    ]) {
      const { status, body } = await order(more);
      assert.equal(status, 201);
      assert.equal(body.data.khata_entry_id, null);
    }
    assert.equal((await entries()).length, 0);
    assert.equal((await order({ payment_method: 'khata', amount_paid: 1000.01 })).status, 400);
  });

  it('debits the khata rows alone of several payments', async () => {
    const { body } = await order({
      payments: [
        { method: 'khata', amount: 300 },
        { method: 'cash', amount: 100 },
        { method: 'khata', amount: 50.75 },
      ],
    });
    assert.equal(await balanceOf(shop, customer), 35_075);
    assert.equal((await entries()).length, 1);
    const paid = await put(body.data.id, 'payment-status', { payment_status: 'paid' });
    assert.equal(paid.body.data.payments.at(-1).amount, 549.25);
    assert.equal(paid.body.data.payments.at(-1).method, null);
    const unpaid = await put(body.data.id, 'payment-status', { payment_status: 'unpaid' });
    assert.equal(unpaid.body.data.payments.at(-1).amount, -549.25, 'the down payment stays');
    assert.equal(unpaid.body.data.payments.length, 5);
    assert.equal(await balanceOf(shop, customer), 35_075);
  });

  it('tells what each payment status would book, and books no other amount than was told', async () => {
    const { body } = await order({
      payments: [
        { method: 'khata', amount: 300 },
        { method: 'cash', amount: 100.25 },
      ],
    });
    const read = async () => (await shop.send('GET', `/api/orders/${body.data.id}`)).body.data;
    const set = (payment_status: string, expected_amount: unknown) =>
      put(body.data.id, 'payment-status', { payment_status, expected_amount });
    const first = await read();
    assert.equal(first.in_khata, 300);
    // What was paid down when it was put on khata stays, whatever the status says.
    assert.deepEqual(first.would_book, {
      unpaid: [],
      partial: [],
      paid: [{ method: null, amount: 599.75 }],
    });
    for (const amount of [0, 599.74, -599.75]) {
      const { status, body: refusal } = await set('paid', amount);
      assert.deepEqual([status, refusal.error.type], [412, 'stale_version']);
    }
    assert.deepEqual(await read(), first);
    assert.equal((await set('paid', 599.75)).status, 200);
    // What the status added is taken back with it.
    assert.deepEqual((await read()).would_book, {
      unpaid: [{ method: null, amount: -599.75 }],
      partial: [],
      paid: [],
    });
    assert.equal((await set('unpaid', 0)).status, 412);
    // The khata is what changes without the order: its version stays.
    const { version } = await read();
    await shop.shop.store.khata.reverse(first.khata_entry_id, shop.shop.newId(), 'by hand', shop.by());
    const now = await read();
    assert.deepEqual([now.version, now.in_khata], [version, 0]);
    assert.deepEqual(now.would_book.unpaid, [
      { method: 'cash', amount: -100.25 },
      { method: null, amount: -599.75 },
    ]);
    assert.equal((await set('unpaid', -599.75)).status, 412);
    assert.equal((await set('unpaid', -700)).status, 200);
    assert.deepEqual((await read()).would_book.unpaid, []);
    const takenBack = await put(body.data.id, 'payment-status', { payment_status: 'partial', method: 'upi' });
    assert.deepEqual([takenBack.status, takenBack.body.error.fields[0].field], [400, 'method']);
    const byCheque = await put(body.data.id, 'payment-status', { payment_status: 'paid', method: 'cheque' });
    assert.deepEqual(
      [byCheque.body.data.payments.at(-1).method, byCheque.body.data.payments.at(-1).amount],
      ['cheque', 1000],
    );
    for (const amount of ['1', null, 0.001, 1e11]) {
      const { status, body: refusal } = await set('paid', amount);
      assert.deepEqual([status, refusal.error.fields[0].field], [400, 'expected_amount']);
    }
  });

  it('posts nothing to the khata on a later payment status', async () => {
    const { body } = await order({ payment_method: 'khata' });
    for (const status of ['paid', 'partial', 'unpaid', 'paid']) {
      const answer = await put(body.data.id, 'payment-status', { payment_status: status });
      assert.equal(answer.body.data.payments.length, 1);
    }
    assert.equal((await entries()).length, 1);
    assert.equal(await balanceOf(shop, customer), 100_000);
  });

  it('posts the reversal when cancelled, once, however often and by however many', async () => {
    const { body } = await order({ payment_method: 'khata' });
    const before = await stockOf(shop, ring);
    const cancelled = await Promise.all(
      Array.from({ length: 8 }, () => put(body.data.id, 'status', { status: 'cancelled' })),
    );
    assert.deepEqual([...new Set(cancelled.map((answer) => answer.status))], [200]);
    assert.equal(new Set(cancelled.map((answer) => answer.body.data.version)).size, 1);
    assert.equal(await balanceOf(shop, customer), 0);
    const [reversal, debit, ...others] = await entries();
    assert.equal(others.length, 0);
    assert.equal(reversal?.reverses, debit?.id);
    assert.equal(reversal?.type, 'credit');
    assert.match(reversal?.description ?? '', /ORD-\d{8}-[A-Z0-9]{4} cancelled/);
    assert.equal(await stockOf(shop, ring), (before ?? 0) + 1);
    assert.equal(cancelled[0]?.body.data.khata_entry_id, debit?.id);
  });

  it('brings a removed customer back when cancelled, and changes nothing where another has the phone by now', async () => {
    const { customers } = shop.shop.store;
    const { name, phone } = (await customers.find(customer)) ?? assert.fail();
    const { body } = await order({ payment_method: 'khata' });
    const { khata } = shop.shop.store;
    const credit = { customerId: customer, type: 'credit', amountPaise: 100_000 } as const;
    const said = { description: null, paymentMethod: null, referenceNumber: null };
    await khata.post({ id: shop.shop.newId(), ...credit, ...said }, shop.by());
    await customers.remove(customer, null, shop.by());
    const other = await addPerson(shop, { phone, name: 'Meera Joshi' });
    const before = await stockOf(shop, ring);
    const refused = await put(body.data.id, 'status', { status: 'cancelled' });
    assert.deepEqual([refused.status, refused.body.error.type], [400, 'phone_taken']);
    assert.deepEqual(refused.body.error.data, { phone, removed: name, owner: 'Meera Joshi' });
    assert.match(refused.body.error.details, /change the phone of Meera Joshi first/);
    const { data } = (await shop.send('GET', `/api/orders/${body.data.id}`)).body;
    assert.deepEqual([data.status, data.version, await stockOf(shop, ring)], ['pending', 1, before]);
    await customers.remove(other, null, shop.by());
    assert.equal((await put(body.data.id, 'status', { status: 'cancelled' })).status, 200);
    assert.equal(await balanceOf(shop, customer), -100_000);
  });

  it('leaves an entry alone that was reversed by hand, and then counts money as money', async () => {
    const { body } = await order({ payment_method: 'khata' });
    const { khata } = shop.shop.store;
    await khata.reverse(body.data.khata_entry_id, shop.shop.newId(), 'paid in cash after all', shop.by());
    const told = (await shop.send('GET', `/api/orders/${body.data.id}`)).body.data;
    assert.deepEqual([told.would_book.paid, told.in_khata], [[{ method: null, amount: 1000 }], 0]);
    const paid = await put(body.data.id, 'payment-status', { payment_status: 'paid' });
    assert.equal(paid.body.data.payments.at(-1).amount, 1000);
    assert.equal((await put(body.data.id, 'status', { status: 'cancelled' })).status, 200);
    assert.equal((await entries()).length, 2);
    assert.equal(await balanceOf(shop, customer), 0);
  });

  it('warns over the credit limit, or refuses and writes nothing, as set', async () => {
    customer = await addPerson(shop, { creditLimitPaise: 150_000 });
    assert.equal((await order({ payment_method: 'khata' })).body.data.warning, undefined);
    const warned = await order({ payment_method: 'khata' });
    assert.equal(warned.status, 201);
    assert.equal(warned.body.data.warning.type, 'credit_limit_exceeded');
    assert.equal(warned.body.data.warning.limit, 1500);
    assert.equal(warned.body.data.warning.balance, 2000);
    await shop.shop.store.settings.change({ creditRule: 'refuse' }, null, shop.by());
    const stock = await stockOf(shop, ring);
    const orders = (await shop.send('GET', `/api/orders/customer/${customer}`)).body.total;
    const refused = await order({ payment_method: 'khata' });
    assert.equal(refused.status, 409);
    assert.equal(refused.body.error.type, 'credit_limit_exceeded');
    assert.equal(refused.body.error.message, 'The credit limit would be exceeded');
    const limit = 'must keep the balance within ₹1,500.00';
    assert.deepEqual(refused.body.error.fields, [{ field: 'payment_method', rule: 'credit_limit', limit }]);
    const inParts = await order({
      payments: [
        { method: 'cash', amount: 100 },
        { method: 'khata', amount: 900 },
      ],
    });
    assert.equal(inParts.body.error.fields[0].field, 'payments.1.amount');
    assert.equal(await stockOf(shop, ring), stock);
    assert.equal(await balanceOf(shop, customer), 200_000);
    assert.equal((await shop.send('GET', `/api/orders/customer/${customer}`)).body.total, orders);
    assert.equal((await order({ payment_method: 'cash' })).status, 201, 'cash needs no credit');
  });

  it('is one change: order, khata, stock and journal, or nothing of them', async () => {
    const position = await shop.shop.store.journal.position();
    const { body, headers } = await order({ payment_method: 'khata' });
    const journal = await shop.shop.store.journal.list({}, 2);
    assert.deepEqual(
      journal.map((entry) => entry.action),
      ['order.created', 'khata.posted'],
    );
    assert.equal(journal[0]?.subject.id, body.data.id);
    assert.equal(journal[0]?.after?.orderNumber, body.data.order_number);
    assert.equal(Number(headers.get('x-journal-position')), position + 2);
    await put(body.data.id, 'status', { status: 'cancelled' });
    const [change] = await shop.shop.store.journal.list({ subject: `order:${body.data.id}` }, 1);
    assert.equal(change?.action, 'order.status_changed');
    assert.deepEqual(change?.before, { status: 'pending', cancelledAt: null });
    assert.deepEqual(change?.after, { status: 'cancelled', cancelledAt: shop.clock.now });
  });
});
