// Contract 2.6 and 2.5: the lists of the khata, its summary, and the khata of one customer.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type KhataDesk, openKhataDesk } from '../../../test/khata-desk.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const UNKNOWN_ID = 'f'.repeat(24);

let shop: TestShop;
let addCustomer: KhataDesk['addCustomer'];
let post: KhataDesk['post'];
let debit: KhataDesk['debit'];
let credit: KhataDesk['credit'];
before(async () => {
  shop = await openSharedTestShop();
  ({ addCustomer, post, debit, credit } = openKhataDesk(shop));
});
after(() => shop.close());

describe('lists of the khata', () => {
  it('lists in the form of exports, newest first, with both page shapes', async () => {
    const id = await addCustomer({ name: 'Export' });
    await debit(id, 1);
    await credit(id, 2, { description: 'd', payment_method: 'cash', reference_number: 'r' });
    const { status, body } = await shop.send('GET', `/api/khata/transactions/?customer_id=${id}&limit=1`);
    assert.equal(status, 200);
    assert.equal(body.data[0].amount, 2);
    assert.equal(body.data[0].payment_method, 'cash');
    assert.deepEqual(body.pagination, {
      page: 1,
      per_page: 1,
      total: 2,
      total_pages: 2,
      has_next: true,
      has_prev: false,
      limit: 1,
      skip: 0,
      has_more: true,
    });
    const next = await shop.send('GET', `/api/khata/transactions?customer_id=${id}&page=2&per_page=1`);
    const [entry] = next.body.data;
    assert.equal(entry.amount, 1);
    assert.equal(entry.description, '');
    assert.equal(entry.reference_number, '');
    assert.equal(entry.payment_method, 'N/A');
    assert.equal(next.body.pagination.has_more, false);
    const odd = await shop.send('GET', `/api/khata/transactions?customer_id=${id}&limit=0&skip=-4`);
    assert.equal(odd.body.pagination.limit, 100);
    assert.equal(odd.body.pagination.skip, 0);
    assert.deepEqual((await shop.send('GET', '/api/khata/transactions?skip=100000')).body.data, []);
  });

  it('cuts days at the midnight of the shop', async () => {
    const id = await addCustomer();
    const start = shop.clock.now;
    // 23:59:59.999 and 00:00:00.000 of 21 January in India.
    for (const at of ['2026-01-20T18:29:59.999Z', '2026-01-20T18:30:00.000Z', '2026-01-21T18:29:59.999Z']) {
      shop.clock.now = Date.parse(at);
      const token = await shop.signIn('admin');
      const body = { customer_id: id, transaction_type: 'debit', amount: 1 };
      assert.equal((await post(body, { token })).status, 201);
    }
    shop.clock.now = start;
    const found = async (query: string): Promise<number> => {
      const answer = await shop.send('GET', `/api/khata/transactions?customer_id=${id}&${query}`);
      assert.equal(answer.body.pagination.total, answer.body.data.length);
      return answer.body.data.length;
    };
    assert.equal(await found('start_date=2026-01-21'), 2);
    assert.equal(await found('end_date=2026-01-20'), 1);
    assert.equal(await found('start_date=2026-01-21&end_date=2026-01-21'), 2);
    assert.equal(await found('start_date=2026-01-20T18:30:00Z'), 2);
    assert.equal(
      await found('end_date=2026-01-21T00:00:00%2B05:30'),
      3,
      'the end is taken to the end of its day',
    );
    assert.equal(await found('start_date=2026-01-22'), 0);
    assert.equal(await found('start_date=2026-01-21&end_date=2026-01-20'), 0);
    assert.equal(await found('start_date=&end_date='), 3);
  });

  it('names the filter that cannot be read', async () => {
    const cases: [string, string, string][] = [
      ['start_date=yesterday', 'Invalid start_date format. Use YYYY-MM-DD', 'start_date'],
      ['start_date=2026-02-30', 'Invalid start_date format. Use YYYY-MM-DD', 'start_date'],
      ['end_date=15/01/2026', 'Invalid end_date format. Use YYYY-MM-DD', 'end_date'],
      ['start_date=x&end_date=x&customer_id=x', 'Invalid start_date format. Use YYYY-MM-DD', 'start_date'],
      ['end_date=x&customer_id=x', 'Invalid end_date format. Use YYYY-MM-DD', 'end_date'],
      ['customer_id=x', 'Invalid customer_id format', 'customer_id'],
    ];
    for (const [query, message, field] of cases) {
      const { status, body } = await shop.send('GET', `/api/khata/transactions?${query}`);
      assert.equal(status, 400, query);
      assert.equal(body.error.message, message);
      assert.equal(body.error.fields[0].field, field);
    }
    assert.deepEqual(
      (await shop.send('GET', `/api/khata/transactions?customer_id=${UNKNOWN_ID}`)).body.data,
      [],
    );
  });

  it("shows a customer's khata with the totals of all of it", async () => {
    const id = await addCustomer();
    await debit(id, 1000);
    await debit(id, 0.3);
    await credit(id, 250.55);
    const { status, body } = await shop.send('GET', `/api/customers/${id}/khata?limit=2`);
    assert.equal(status, 200);
    assert.equal(body.data.customer.current_balance, 749.75);
    assert.equal(body.data.transactions.length, 2);
    assert.equal(body.data.transactions[0].amount, 250.55);
    assert.equal(body.data.transactions[0].description, null);
    assert.deepEqual(body.data.summary, {
      total_transactions: 3,
      total_debits: 1000.3,
      total_credits: 250.55,
      net_balance: 749.75,
    });
    assert.equal(body.data.pagination.limit, 2);
    assert.equal(body.data.pagination.has_more, true);
    const far = await shop.send('GET', `/api/customers/${id}/khata?limit=101`);
    assert.equal(far.body.data.pagination.limit, 50);
    const page = await shop.send('GET', `/api/customers/${id}/khata?page=2&per_page=2`);
    assert.equal(page.body.data.pagination.has_prev, true);
    assert.equal(page.body.data.transactions[0].amount, 1000);
    const bad = await shop.send('GET', '/api/customers/123/khata');
    assert.equal(bad.status, 400);
    assert.equal(bad.body.error.message, 'Invalid customer ID format');
    const unknown = await shop.send('GET', `/api/customers/${UNKNOWN_ID}/khata`);
    assert.equal(unknown.status, 404);
    assert.equal(unknown.body.error.message, 'Customer not found');
  });

  it('tells how old the debts of one customer are, by the days of the shop', async () => {
    const id = await addCustomer();
    const path = `/api/customers/${id}/khata/ageing`;
    await debit(id, 100.5);
    await debit(id, 20);
    await credit(id, 60.25);
    const { body } = await shop.send('GET', path);
    assert.deepEqual(body.data, {
      customer_id: id,
      as_of: '2026-01-15',
      balance: 60.25,
      buckets: [
        { label: '0-30', from_days: 0, to_days: 30, amount: 60.25 },
        { label: '31-60', from_days: 31, to_days: 60, amount: 0 },
        { label: '61-90', from_days: 61, to_days: 90, amount: 0 },
        { label: '91+', from_days: 91, to_days: null, amount: 0 },
      ],
    });
    assert.equal((await shop.send('GET', '/api/customers/123/khata/ageing')).status, 400);
    const unknown = await shop.send('GET', `/api/customers/${UNKNOWN_ID}/khata/ageing`);
    assert.equal(unknown.status, 404);
    assert.equal(unknown.body.error.message, 'Customer not found');
    const start = shop.clock.now;
    // The last moment of the thirtieth day in India, and the one after it.
    const edge = Date.parse('2026-02-14T18:29:59.999Z');
    for (const [now, amounts] of [
      [edge, [60.25, 0, 0, 0]],
      [edge + 1, [0, 60.25, 0, 0]],
    ] as const) {
      shop.clock.now = now;
      const token = await shop.signIn('admin');
      const later = await shop.send('GET', path, { token });
      const found: { amount: number }[] = later.body.data.buckets;
      assert.deepEqual(
        found.map(({ amount }) => amount),
        amounts,
      );
    }
    shop.clock.now = start;
  });

  it('sums up a shop of its own', async () => {
    const own = await openSharedTestShop();
    try {
      const customer = async (name: string, phone: string): Promise<string> =>
        (await own.send('POST', '/api/customers', { body: { name, phone } })).body.data.id;
      const post = (id: string, type: string, amount: number) =>
        own.send('POST', '/api/khata/transactions', {
          body: { customer_id: id, transaction_type: type, amount },
        });
      const empty = await own.send('GET', '/api/khata/summary');
      assert.deepEqual(empty.body.data.top_debtors, []);
      assert.equal(empty.body.data.total_outstanding, 0);
      const a = await customer('A', '9000000001');
      const b = await customer('B', '9000000002');
      const c = await customer('C', '9000000003');
      await customer('D', '9000000004');
      await post(a, 'debit', 50000.5);
      await post(b, 'debit', 30000);
      await post(c, 'debit', 10);
      await post(c, 'credit', 10010);
      const { body } = await own.send('GET', '/api/khata/summary');
      assert.deepEqual(body.data, {
        total_customers: 4,
        customers_with_balance: 3,
        debtors: 2,
        total_outstanding: 80000.5,
        total_credit: 10000,
        total_debit: 80010.5,
        net_balance: 70000.5,
        top_debtors: [
          { id: a, name: 'A', phone: '9000000001', balance: 50000.5 },
          { id: b, name: 'B', phone: '9000000002', balance: 30000 },
        ],
        transaction_stats: { total_transactions: 4, total_debits: 80010.5, total_credits: 10010 },
      });
    } finally {
      await own.close();
    }
  });
});
