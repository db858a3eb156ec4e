// Contract 2.8: status, payment status and notes of an order.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece, stockOf } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const UNKNOWN = 'ffffffffffffffffffffffff';

describe('what happens to an order', () => {
  let shop: TestShop;
  let customer: string;
  before(async () => {
    shop = await openSharedTestShop();
    customer = await addPerson(shop);
  });
  after(() => shop.close());

  const order = async (more = {}, stockQuantity = 10, quantity = 1) => {
    const piece = await addPiece(shop, { stockQuantity, basePricePaise: 100_000 });
    const { body } = await shop.send('POST', '/api/orders', {
      body: { customer_id: customer, items: [{ product_id: piece, quantity }], ...more },
    });
    return { piece, path: `/api/orders/${body.data.id}`, placed: body.data };
  };
  const put = (path: string, body: unknown, headers = {}) => shop.send('PUT', path, { body, headers });

  it('moves between the open statuses and stamps completion', async () => {
    const { path } = await order();
    shop.clock.now += 1000;
    const processing = await put(`${path}/status`, { status: 'processing' });
    assert.equal(processing.status, 200);
    assert.equal(processing.body.message, 'Order status updated successfully');
    assert.equal(processing.body.data.version, 2);
    assert.match(processing.headers.get('etag') ?? '', /^"2-/);
    shop.clock.now += 1000;
    const done = (await put(`${path}/status`, { status: 'completed' })).body.data;
    assert.equal(done.completed_at, new Date(shop.clock.now).toISOString());
    assert.equal(done.updated_at, done.completed_at);
    shop.clock.now += 1000;
    const reopened = (await put(`${path}/status`, { status: 'pending' })).body.data;
    assert.equal(reopened.completed_at, done.completed_at, 'never cleared');
    const { status_history: history } = (await shop.send('GET', path)).body.data;
    assert.deepEqual(
      history.map((change: { from: string; status: string }) => [change.from, change.status]),
      [
        [null, 'pending'],
        ['pending', 'processing'],
        ['processing', 'completed'],
        ['completed', 'pending'],
      ],
    );
    assert.match(history[0].by, /^admin_/);
    assert.equal(history[2].at, done.completed_at);
  });

  it('gives back just what a cancelled order took, once', async () => {
    const { path, piece, placed } = await order({}, 1, 3);
    assert.equal(placed.items[0].taken_quantity, 1);
    assert.equal(await stockOf(shop, piece), 0);
    const [first, second] = [
      await put(`${path}/status`, { status: 'cancelled' }),
      await put(`${path}/status`, { status: 'cancelled' }),
    ];
    assert.equal(await stockOf(shop, piece), 1);
    assert.equal(first.body.data.cancelled_at, new Date(shop.clock.now).toISOString());
    assert.equal(second.status, 200);
    assert.deepEqual(second.body.data, first.body.data);
    const { status_history: history } = (await shop.send('GET', path)).body.data;
    assert.equal(history.length, 2);
  });

  it('gives back once when cancelled by many at once, also of a deleted piece', async () => {
    const { path, piece } = await order({}, 5, 5);
    await shop.shop.store.products.remove(piece, null, shop.by());
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => put(`${path}/status`, { status: 'cancelled' })),
    );
    assert.deepEqual([...new Set(answers.map((answer) => answer.status))], [200]);
    await shop.shop.store.products.restore(piece, shop.by());
    assert.equal(await stockOf(shop, piece), 5);
  });

  it('lets nobody out of cancelled', async () => {
    const { path, piece } = await order();
    await put(`${path}/status`, { status: 'cancelled' });
    for (const status of ['pending', 'processing', 'completed']) {
      const answer = await put(`${path}/status`, { status });
      assert.equal(answer.status, 409);
      assert.equal(answer.body.error.type, 'order_is_cancelled');
    }
    assert.equal(await stockOf(shop, piece), 10);
    assert.equal((await shop.send('GET', path)).body.data.status, 'cancelled');
  });

  it('checks the body before it looks for the order', async () => {
    const { path } = await order();
    const cases: [string, unknown, string][] = [
      ['status', {}, 'Request body is required'],
      ['status', { version: 1 }, 'status is required'],
      ['status', { status: 'shipped' }, 'Validation error'],
      ['status', { status: null }, 'status is required'],
      ['status', { status: 'Pending' }, 'Validation error'],
      ['payment-status', {}, 'Request body is required'],
      ['payment-status', { status: 'paid' }, 'payment_status is required'],
      ['payment-status', { payment_status: 'pending' }, 'Validation error'],
      ['payment-status', { payment_status: 'paid', method: 'khata' }, 'Validation error'],
      ['payment-status', { payment_status: 'paid', method: '' }, 'Validation error'],
      ['notes', {}, 'Request body is required'],
      ['notes', { is_admin: true }, 'note is required'],
      ['notes', { note: '' }, 'note is required'],
      ['notes', { note: '  ' }, 'Validation error'],
      ['notes', { note: 7 }, 'Validation error'],
      ['notes', { note: null }, 'note is required'],
      ['notes', { notes: '', admin_notes: '' }, 'note is required'],
      ['notes', { notes: 'x', admin_notes: ' ' }, 'Validation error'],
      ['notes', { note: 'x', is_admin: 'yes' }, 'Validation error'],
      ['notes', { admin_notes: ['x'] }, 'Validation error'],
      ['notes', { notes: 'x'.repeat(2001) }, 'Validation error'],
      ['notes', { note: 'x', version: '1' }, 'Validation error'],
    ];
    for (const [what, body, message] of cases) {
      for (const at of [path, `/api/orders/${UNKNOWN}`, '/api/orders/abc']) {
        const answer = await put(`${at}/${what}`, body);
        assert.equal(answer.status, 400, `${what} ${JSON.stringify(body)}`);
        assert.equal(answer.body.error.message, message, `${what} ${JSON.stringify(body)}`);
      }
    }
    const listed = await put(`${path}/status`, { status: 'shipped' });
    assert.match(listed.body.error.details.status, /pending, processing, completed, cancelled/);
    const good: [string, object][] = [
      ['status', { status: 'completed' }],
      ['payment-status', { payment_status: 'paid' }],
      ['notes', { note: 'x' }],
    ];
    for (const [what, body] of good) {
      for (const id of [UNKNOWN, 'abc']) {
        const answer = await put(`/api/orders/${id}/${what}`, body);
        assert.equal(answer.status, 404);
        assert.equal(answer.body.error.message, 'Order not found');
      }
    }
    assert.equal((await shop.send('GET', path)).body.data.version, 1);
  });

  it('refuses a change made on an outdated version', async () => {
    const { path } = await order();
    const stale = { 'if-match': '"1"' };
    assert.equal((await put(`${path}/notes`, { note: 'first' }, stale)).status, 200);
    for (const [what, body] of [
      ['status', { status: 'completed' }],
      ['payment-status', { payment_status: 'paid' }],
      ['notes', { note: 'second' }],
    ] as const) {
      const answer = await put(`${path}/${what}`, body, stale);
      assert.equal(answer.status, 412);
      assert.equal(answer.body.error.data.version, 2);
      assert.equal((await put(`${path}/${what}`, { ...body, version: 1 })).status, 412);
    }
    assert.equal((await put(`${path}/status`, { status: 'completed', version: 2 })).status, 200);
  });

  it('takes notes under both spellings and stamps them in UTC', async () => {
    const { path } = await order({ admin_notes: 'from the start' });
    shop.clock.now = Date.parse('2026-01-15T20:00:01.999Z');
    const notes = async (body: object) => {
      const token = await shop.signIn('admin');
      const answer = await shop.send('PUT', `${path}/notes`, { body, token });
      assert.equal(answer.status, 200);
      assert.equal(answer.body.message, 'Note added successfully');
      return answer.body.data;
    };
    const first = await notes({ note: 'by default for the shop' });
    assert.equal(first.admin_notes, 'from the start\n[2026-01-15 20:00:01] by default for the shop');
    assert.equal(first.notes, '');
    assert.equal((await notes({ note: 'size 14', is_admin: false })).notes, '[2026-01-15 20:00:01] size 14');
    const both = await notes({ notes: 'ready', admin_notes: 'paid' });
    assert.ok(both.notes.endsWith('\n[2026-01-15 20:00:01] ready'));
    assert.ok(both.admin_notes.endsWith('\n[2026-01-15 20:00:01] paid'));
    const one = await notes({ notes: '', admin_notes: 'one of the two' });
    assert.equal(one.notes, both.notes);
    assert.ok(one.admin_notes.endsWith('] one of the two'));
    assert.equal((await notes({ notes: 'the other', note: null })).admin_notes, one.admin_notes);
    const twice = await notes({ note: 'a', admin_notes: 'b' });
    assert.ok(twice.admin_notes.endsWith('[2026-01-15 20:00:01] a\nb'));
    for (let count = 0; count < 9; count++) await notes({ note: 'x'.repeat(2000) });
    const token = await shop.signIn('admin');
    const full = await shop.send('PUT', `${path}/notes`, { body: { note: 'x'.repeat(2000) }, token });
    assert.equal(full.status, 400);
    assert.match(full.body.error.details.note, /20000 characters/);
  });
});

describe('the money of an order that is not on khata', () => {
  let shop: TestShop;
  let customer: string;
  let ring: string;
  before(async () => {
    shop = await openSharedTestShop();
    customer = await addPerson(shop);
    ring = await addPiece(shop, { basePricePaise: 100_000 });
  });
  after(() => shop.close());

  const order = async (more: object) =>
    (
      await shop.send('POST', '/api/orders', {
        body: { customer_id: customer, items: [{ product_id: ring }], ...more },
      })
    ).body.data;
  const pay = async (id: string, status: string) =>
    (await shop.send('PUT', `/api/orders/${id}/payment-status`, { body: { payment_status: status } })).body;
  const rows = (data: { payments: { method: string; amount: number }[] }) =>
    data.payments.map((row) => [row.method, row.amount]);

  it('keeps a row of the whole when made paid, of the part when made partial, none when unpaid', async () => {
    assert.deepEqual(rows(await order({ payment_status: 'paid', payment_method: 'upi' })), [['upi', 1000]]);
    assert.deepEqual(rows(await order({ payment_status: 'partial', amount_paid: 250.5 })), [[null, 250.5]]);
    assert.deepEqual(rows(await order({ payment_method: 'cash' })), []);
  });

  it('takes one part after the other by its own method, and the rest when it becomes paid', async () => {
    const { id, version } = await order({});
    const take = (body: object, headers = {}) =>
      shop.send('PUT', `/api/orders/${id}/payment-status`, {
        body: { payment_status: 'partial', ...body },
        headers,
      });
    assert.equal((await take({ amount: 300.5, method: 'cash', version })).status, 200);
    assert.equal((await take({ amount: 300.5, method: 'cash', version })).status, 412, 'as it stood before');
    const { data } = (await take({ amount: 200, method: 'upi', expected_amount: 200 })).body;
    assert.deepEqual(
      [data.payment_status, data.version, rows(data)],
      [
        'partial',
        3,
        [
          ['cash', 300.5],
          ['upi', 200],
        ],
      ],
    );
    for (const body of [
      { amount: 499.5 },
      { amount: 0 },
      { amount: -1 },
      { amount: 1, method: 'khata' },
      { amount: 1, payment_status: 'paid' },
      { method: 'upi' },
    ]) {
      assert.equal((await take(body)).status, 400, JSON.stringify(body));
    }
    const paid = (await pay(id, 'paid')).data;
    assert.deepEqual(rows(paid).at(-1), [null, 499.5]);
    const unpaid = (await pay(id, 'unpaid')).data;
    assert.deepEqual(rows(unpaid).slice(3), [
      ['cash', -300.5],
      ['upi', -200],
      [null, -499.5],
    ]);
  });

  it('adds what is missing when it becomes paid, and takes it back when it becomes unpaid', async () => {
    const { id } = await order({ payment_status: 'partial', payment_method: 'card', amount_paid: 400 });
    shop.clock.now += 60_000;
    const paid = await pay(id, 'paid');
    assert.equal(paid.message, 'Payment status updated successfully');
    assert.deepEqual(rows(paid.data), [
      ['card', 400],
      ['card', 600],
    ]);
    assert.equal(paid.data.payments[1].at, new Date(shop.clock.now).toISOString());
    const again = await pay(id, 'paid');
    assert.deepEqual(again.data, paid.data, 'a second click changes nothing');
    assert.deepEqual(rows((await pay(id, 'partial')).data).length, 2);
    const back = await pay(id, 'unpaid');
    assert.deepEqual(rows(back.data), [
      ['card', 400],
      ['card', 600],
      ['card', -1000],
    ]);
    assert.equal(rows((await pay(id, 'paid')).data).at(-1)?.[1], 1000);
    assert.deepEqual((await shop.send('GET', `/api/orders/${id}`)).body.data.payment_status, 'paid');
  });

  it('takes several payments, at most the total', async () => {
    const made = await order({
      payments: [
        { method: 'cash', amount: 300 },
        { method: 'upi', amount: 200.25, reference: '402913384411' },
      ],
      payment_method: 'mixed',
    });
    assert.deepEqual(rows(made), [
      ['cash', 300],
      ['upi', 200.25],
    ]);
    assert.equal(made.payments[1].reference, '402913384411');
    const back = await pay(
      (await order({ payments: made.payments.slice(0, 1), payment_status: 'partial' })).id,
      'unpaid',
    );
    assert.deepEqual(rows(back.data), [
      ['cash', 300],
      ['cash', -300],
    ]);
    const bad: [object, string][] = [
      [{ payments: [{ method: 'cash', amount: 1000.01 }] }, 'payments'],
      [{ payments: [{ method: 'barter', amount: 1 }] }, 'payments.0.method'],
      [{ payments: [{ method: 'cash', amount: 0 }] }, 'payments.0.amount'],
      [{ payments: [{ amount: 1 }] }, 'payments.0.method'],
      [{ payments: 'cash' }, 'payments'],
      [{ payments: [{ method: 'cash', amount: 1, reference: 7 }] }, 'payments.0.reference'],
      [{ payments: Array(21).fill({ method: 'cash', amount: 1 }) }, 'payments'],
      [{ amount_paid: 1000.01 }, 'amount_paid'],
      [{ payment_status: 'paid', amount_paid: 999.99 }, 'amount_paid'],
      [{ payment_status: 'paid', payments: [{ method: 'cash', amount: 999.99 }] }, 'payments'],
    ];
    for (const [more, field] of bad) {
      const { status, body } = await shop.send('POST', '/api/orders', {
        body: { customer_id: customer, items: [{ product_id: ring }], ...more },
      });
      assert.equal(status, 400, JSON.stringify(more));
      assert.equal(body.error.fields[0].field, field);
    }
  });
});
