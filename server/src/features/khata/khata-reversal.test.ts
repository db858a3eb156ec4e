// Taking khata entries back, and the credit limit.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type KhataDesk, openKhataDesk } from '../../../test/khata-desk.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const UNKNOWN_ID = 'f'.repeat(24);

let shop: TestShop;
let addCustomer: KhataDesk['addCustomer'];
let debit: KhataDesk['debit'];
let credit: KhataDesk['credit'];
let balanceOf: KhataDesk['balanceOf'];
before(async () => {
  shop = await openSharedTestShop();
  ({ addCustomer, debit, credit, balanceOf } = openKhataDesk(shop));
});
after(() => shop.close());

describe('taking an entry back', () => {
  it('posts the opposite, once', async () => {
    const id = await addCustomer();
    const first = (await debit(id, 10.1)).body.data;
    await debit(id, 5);
    const path = `/api/khata/transactions/${first.id}/reverse`;
    const { status, body } = await shop.send('POST', path, { body: { reason: ' Wrong customer ' } });
    assert.equal(status, 201);
    assert.equal(body.data.transaction_type, 'credit');
    assert.equal(body.data.amount, 10.1);
    assert.equal(body.data.balance_after, 5);
    assert.equal(body.data.reverses, first.id);
    assert.equal(body.data.description, 'Wrong customer');
    const again = await shop.send('POST', path, { body: { reason: 'Again' } });
    assert.equal(again.status, 409);
    assert.equal(again.body.error.type, 'entry_already_reversed');
    const back = await shop.send('POST', `/api/khata/transactions/${body.data.id}/reverse`, {
      body: { reason: 'Back' },
    });
    assert.equal(back.status, 409);
    assert.equal(back.body.error.type, 'entry_is_reversal');
    const list = await shop.send('GET', `/api/khata/transactions?customer_id=${id}`);
    assert.equal(list.body.data[2].reversed_by, body.data.id);
    assert.equal(await balanceOf(id), 5);
  });

  it('lets one of many at once through', async () => {
    const id = await addCustomer();
    const entry = (await debit(id, 7)).body.data;
    const path = `/api/khata/transactions/${entry.id}/reverse`;
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => shop.send('POST', path, { body: { reason: 'Twice?' } })),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(15).fill(409)]);
    assert.equal(await balanceOf(id), 0);
  });

  it('asks for a reason and for an entry that is there', async () => {
    const id = await addCustomer();
    const entry = (await debit(id, 7)).body.data;
    const path = `/api/khata/transactions/${entry.id}/reverse`;
    const cases: [unknown, string][] = [
      [{}, 'Request body is required'],
      [{ x: 1 }, 'reason is required'],
      [{ reason: '' }, 'reason is required'],
      [{ reason: '  ' }, 'Validation error'],
      [{ reason: 5 }, 'Validation error'],
      [{ reason: 'x'.repeat(501) }, 'Validation error'],
    ];
    for (const [body, message] of cases) {
      const answer = await shop.send('POST', path, { body });
      assert.equal(answer.status, 400);
      assert.equal(answer.body.error.message, message);
    }
    for (const missing of [UNKNOWN_ID, 'nonsense']) {
      const answer = await shop.send('POST', `/api/khata/transactions/${missing}/reverse`, {
        body: { reason: 'r' },
      });
      assert.equal(answer.status, 404);
      assert.equal(answer.body.error.type, 'entry_not_found');
    }
    assert.equal(await balanceOf(id), 7);
  });

  it('brings a removed customer back, since a hidden one may owe nothing', async () => {
    const phone = '8000000000';
    const id = await addCustomer({ phone });
    const entry = (await debit(id, 7)).body.data;
    await credit(id, 7);
    assert.equal((await shop.send('DELETE', `/api/customers/${id}`)).status, 200);
    const path = `/api/khata/transactions/${entry.id}/reverse`;
    const other = await addCustomer({ phone });
    const taken = await shop.send('POST', path, { body: { reason: 'Returned' } });
    assert.equal(taken.body.error.message, `Customer with phone ${phone} already exists`);
    await shop.send('DELETE', `/api/customers/${other}`);
    assert.equal((await shop.send('POST', path, { body: { reason: 'Returned' } })).status, 201);
    assert.equal(await balanceOf(id), -7);
  });
});

describe('the credit limit', () => {
  after(() => shop.send('PUT', '/api/settings', { body: { credit_rule: 'warn', credit_limit: null } }));

  it('warns over the limit of the customer, else of the shop', async () => {
    await shop.send('PUT', '/api/settings', { body: { credit_rule: 'warn', credit_limit: 100 } });
    const plain = await addCustomer();
    const own = await addCustomer({ credit_limit: 500 });
    assert.equal((await debit(plain, 100)).body.data.warning, undefined);
    const { status, body } = await debit(plain, 0.01);
    assert.equal(status, 201);
    assert.deepEqual(body.data.warning, {
      type: 'credit_limit_exceeded',
      message: 'The balance of ₹100.01 is over the credit limit of ₹100.00',
      limit: 100,
      balance: 100.01,
    });
    assert.equal((await debit(own, 500)).body.data.warning, undefined);
    assert.equal((await debit(own, 1)).body.data.warning.limit, 500);
    assert.equal((await credit(own, 0.5)).body.data.warning, undefined, 'paying is never over the limit');
  });

  it('refuses over the limit where the shop says so, and nothing is posted', async () => {
    await shop.send('PUT', '/api/settings', { body: { credit_rule: 'refuse', credit_limit: 100 } });
    const id = await addCustomer();
    await debit(id, 60);
    const { status, body } = await debit(id, 60);
    assert.equal(status, 409);
    assert.equal(body.error.type, 'credit_limit_exceeded');
    assert.deepEqual(body.error.data, { limit: 100, balance: 120 });
    assert.equal(body.error.fields[0].field, 'amount');
    assert.equal(await balanceOf(id), 60);
    const none = await addCustomer({ credit_limit: 0 });
    assert.equal((await debit(none, 0.01)).status, 409, 'a limit of 0 means no credit');
  });

  it('does not stand against taking a payment back', async () => {
    await shop.send('PUT', '/api/settings', { body: { credit_rule: 'refuse', credit_limit: null } });
    const id = await addCustomer();
    await debit(id, 1000);
    const paid = await credit(id, 900);
    await shop.send('PUT', `/api/customers/${id}`, { body: { credit_limit: 50 } });
    const path = `/api/khata/transactions/${paid.body.data.id}/reverse`;
    assert.equal((await shop.send('POST', path, { body: { reason: 'The cheque bounced' } })).status, 201);
    assert.equal(await balanceOf(id), 1000);
  });

  it('keeps every balance within exact numbers', async () => {
    await shop.send('PUT', '/api/settings', { body: { credit_rule: 'warn', credit_limit: null } });
    const id = await addCustomer();
    const most = 10_000_000_000;
    await Promise.all(Array.from({ length: 100 }, () => debit(id, most)));
    assert.equal(await balanceOf(id), 100 * most);
    const { status, body } = await debit(id, 0.01);
    assert.equal(status, 400);
    assert.equal(body.error.fields[0].field, 'amount');
    assert.equal(await balanceOf(id), 100 * most);
    assert.equal((await credit(id, most)).status, 201);
  });
});
