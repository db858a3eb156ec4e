// Contract 2.6 and 3.5: postings to the khata.

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
let balanceOf: KhataDesk['balanceOf'];
before(async () => {
  shop = await openSharedTestShop();
  ({ addCustomer, post, debit, credit, balanceOf } = openKhataDesk(shop));
});
after(() => shop.close());

describe('posting a khata entry', () => {
  it('answers the raw entry and moves the balance: a debit up, a credit down', async () => {
    const id = await addCustomer();
    const first = await debit(id, 749.45, { created_by: 'somebody else' });
    assert.equal(first.status, 201);
    const { id: entryId, created_by: createdBy, ...entry } = first.body.data;
    assert.match(entryId, /^[0-9a-f]{24}$/);
    assert.match(createdBy, /^admin_/);
    assert.deepEqual(entry, {
      customer_id: id,
      customer_name: 'Asha',
      transaction_type: 'debit',
      amount: 749.45,
      balance_after: 749.45,
      description: null,
      payment_method: null,
      reference_number: null,
      created_at: '2026-01-15T10:30:00.123Z',
      reverses: null,
      reversed_by: null,
      source: null,
    });
    assert.equal((await debit(id, 0.1)).body.data.balance_after, 749.55);
    const paid = await credit(id, 1000.05, {
      payment_method: 'upi',
      reference_number: 'U1',
      description: 'Paid',
    });
    assert.equal(paid.body.data.balance_after, -250.5);
    assert.equal(paid.body.data.payment_method, 'upi');
    assert.equal(await balanceOf(id), -250.5);
    assert.ok(Number(paid.headers.get('x-journal-position')) > 0);
  });

  it('takes an amount of digits as text, and ids in capitals', async () => {
    const id = await addCustomer();
    const { status, body } = await debit(id.toUpperCase(), '1500.50');
    assert.equal(status, 201);
    assert.equal(body.data.amount, 1500.5);
    assert.equal(body.data.customer_id, id);
  });

  it('checks in the order of the contract, with its texts', async () => {
    const id = await addCustomer();
    const ok = { customer_id: id, transaction_type: 'debit', amount: 5 };
    const cases: [unknown, string, string?][] = [
      [{}, 'Request body is required'],
      [[], 'Request body is required'],
      [null, 'Request body is required'],
      [{ x: 1 }, 'customer_id is required', 'customer_id'],
      [{ transaction_type: 'loan', amount: -1 }, 'customer_id is required', 'customer_id'],
      [{ ...ok, customer_id: '' }, 'customer_id is required', 'customer_id'],
      [{ customer_id: 'bad', amount: 0 }, 'transaction_type is required', 'transaction_type'],
      [{ customer_id: 'bad', transaction_type: '' }, 'transaction_type is required', 'transaction_type'],
      [
        { customer_id: 'bad', transaction_type: 'loan', amount: 0 },
        'transaction_type must be either "credit" or "debit"',
        'transaction_type',
      ],
      [
        { ...ok, transaction_type: 'Debit' },
        'transaction_type must be either "credit" or "debit"',
        'transaction_type',
      ],
      [
        { ...ok, transaction_type: 7 },
        'transaction_type must be either "credit" or "debit"',
        'transaction_type',
      ],
      [{ customer_id: 'bad', transaction_type: 'debit' }, 'amount is required', 'amount'],
      [{ ...ok, customer_id: 'bad', amount: 0 }, 'amount is required', 'amount'],
      [{ ...ok, amount: '0' }, 'amount is required', 'amount'],
      [{ ...ok, customer_id: 'bad', amount: -0.01 }, 'amount must be greater than 0', 'amount'],
      [{ ...ok, customer_id: 'bad', amount: 'ten' }, 'amount must be a valid number', 'amount'],
      [{ ...ok, amount: 'inf' }, 'amount must be a valid number', 'amount'],
      [{ ...ok, amount: 'NaN' }, 'amount must be a valid number', 'amount'],
      [{ ...ok, amount: 1e-9 }, 'Validation error', 'amount'],
      [{ ...ok, amount: '0.000000001' }, 'Validation error', 'amount'],
      [{ ...ok, amount: '1e3' }, 'amount must be a valid number', 'amount'],
      [{ ...ok, amount: '-5' }, 'amount must be a valid number', 'amount'],
      [{ ...ok, amount: ' 5' }, 'amount must be a valid number', 'amount'],
      [{ ...ok, amount: true }, 'amount must be a valid number', 'amount'],
      [{ ...ok, amount: [1] }, 'amount must be a valid number', 'amount'],
      [{ ...ok, customer_id: 'bad' }, 'Invalid customer_id format', 'customer_id'],
      [{ ...ok, customer_id: 12 }, 'Invalid customer_id format', 'customer_id'],
      [{ ...ok, customer_id: { $ne: null } }, 'Invalid customer_id format', 'customer_id'],
      [{ ...ok, payment_method: '' }, 'Validation error', 'payment_method'],
      [{ ...ok, payment_method: 'khata' }, 'Validation error', 'payment_method'],
      [{ ...ok, description: 5 }, 'Validation error', 'description'],
      [{ ...ok, description: 'x'.repeat(1001) }, 'Validation error', 'description'],
      [{ ...ok, reference_number: ['a'] }, 'Validation error', 'reference_number'],
      [{ ...ok, amount: 1.234 }, 'Validation error', 'amount'],
      [{ ...ok, amount: '1.234' }, 'Validation error', 'amount'],
      [{ ...ok, amount: 1e308 }, 'Validation error', 'amount'],
      [{ ...ok, amount: 10_000_000_000.01 }, 'Validation error', 'amount'],
      [{ ...ok, amount: '9'.repeat(60) }, 'Validation error', 'amount'],
      [{ ...ok, amount: '9'.repeat(40) }, 'Validation error', 'amount'],
    ];
    for (const [body, message, field] of cases) {
      const answer = await post(body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message, JSON.stringify(body));
      if (field)
        assert.ok(answer.body.error.fields.some((problem: { field: string }) => problem.field === field));
    }
    for (const body of ['{"amount":', '"text"', '', 'amount=5']) {
      const answer = await post(body, { headers: { 'content-type': 'application/json' } });
      assert.equal(answer.body.error.message, 'Invalid JSON format', body);
    }
    assert.equal(await balanceOf(id), 0);
  });

  it('answers 400 to an amount beyond all numbers and to null', async () => {
    const id = await addCustomer();
    const text = `{"customer_id":"${id}","transaction_type":"debit","amount":1e999}`;
    const answer = await post(text, { headers: { 'content-type': 'application/json' } });
    assert.equal(answer.status, 400);
    for (const field of ['customer_id', 'transaction_type', 'amount']) {
      const refused = await post({ customer_id: id, transaction_type: 'debit', amount: 5, [field]: null });
      assert.equal(refused.status, 400, field);
      assert.equal(refused.body.error.message, `${field} is required`);
    }
  });

  it('answers 404 for a customer that is not there, or was removed', async () => {
    const { status, body } = await debit(UNKNOWN_ID, 5);
    assert.equal(status, 404);
    assert.equal(body.error.message, 'Customer not found');
    const id = await addCustomer();
    await shop.send('DELETE', `/api/customers/${id}`);
    assert.equal((await debit(id, 5)).status, 404);
  });

  it('posts once for a repeated key and for a retry, twice for two equal postings', async () => {
    const id = await addCustomer();
    const body = { customer_id: id, transaction_type: 'debit', amount: 10 };
    const keyed = { headers: { 'idempotency-key': `khata-${id}` } };
    const [first, second] = await Promise.all([post(body, keyed), post(body, keyed)]);
    assert.equal(first.text, second.text);
    assert.equal((await post({ ...body, amount: 11 }, keyed)).status, 422);
    assert.equal(await balanceOf(id), 10);
    await post(body, { headers: { 'x-retry-count': '0' } });
    await post(body, { headers: { 'x-retry-count': '1' } });
    assert.equal(await balanceOf(id), 20);
    await post(body, { headers: { 'x-retry-count': '0' } });
    assert.equal(await balanceOf(id), 30);
  });

  it('keeps strangers and accounts without rights out', async () => {
    const user = await shop.signIn('user');
    const reader = await shop.signIn('staff', ['khata.read']);
    const body = { customer_id: await addCustomer(), transaction_type: 'debit', amount: 5 };
    const paths: [string, string][] = [
      ['POST', '/api/khata/transactions'],
      ['GET', '/api/khata/transactions'],
      ['GET', '/api/khata/summary'],
      ['GET', `/api/customers/${body.customer_id}/khata`],
      ['GET', `/api/customers/${body.customer_id}/khata/statement`],
      ['GET', `/api/customers/${body.customer_id}/khata/ageing`],
      ['POST', `/api/khata/transactions/${UNKNOWN_ID}/reverse`],
    ];
    for (const [method, path] of paths) {
      const options = method === 'POST' ? { body } : {};
      assert.equal((await shop.send(method, path, { ...options, token: null })).status, 401, path);
      const refused = await shop.send(method, path, { ...options, token: user });
      assert.equal(refused.status, 403, path);
      assert.equal(refused.body.error.message, 'Admin access required');
      const asReader = await shop.send(method, path, { ...options, token: reader });
      assert.equal(asReader.status, method === 'POST' ? 403 : 200, path);
    }
    const staff = await shop.signIn('staff');
    assert.equal((await post(body, { token: staff })).status, 201);
  });

  it('changes and removes no entry, by any method', async () => {
    const id = await addCustomer();
    const { body } = await debit(id, 5);
    for (const method of ['PUT', 'DELETE']) {
      const answer = await shop.send(method, `/api/khata/transactions/${body.data.id}`, {
        body: { amount: 1 },
      });
      assert.ok([404, 405].includes(answer.status), String(answer.status));
    }
    assert.equal(await balanceOf(id), 5);
  });
});
