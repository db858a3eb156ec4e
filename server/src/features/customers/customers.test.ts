// Contract 2.5: customers.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';

describe('customers', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
  });
  after(() => shop.close());

  it('adds a customer whose balance starts at 0', async () => {
    const { status, body, headers } = await shop.send('POST', '/api/customers', {
      body: { name: 'Asha', phone: '98765 43210', current_balance: 99, unknown: 1 },
    });
    assert.equal(status, 201);
    assert.equal(body.data.phone, '98765 43210');
    assert.equal(body.data.phone_e164, '+919876543210');
    assert.deepEqual(body.data.balance_status, { balance: 0, status: 'clear', message: 'Account is clear' });
    assert.equal(body.data.created_at, '2026-01-15T10:30:00.123Z');
    assert.ok(Number(headers.get('x-journal-position')) > 0);
    assert.match(headers.get('etag') ?? '', /^"1-/);
  });

  it('finds a duplicate phone in another spelling', async () => {
    for (const phone of ['+91 98765-43210', '9198765 43210', '098765 43210', '(98765) 43210']) {
      const { status, body } = await shop.send('POST', '/api/customers', { body: { name: 'Asha 2', phone } });
      assert.equal(status, 400);
      assert.equal(body.error.message, `Customer with phone ${phone} already exists`);
      assert.equal(body.error.type, 'phone_taken');
    }
  });

  it('names every field that is wrong, in the words of the contract', async () => {
    const cases: [unknown, string, string | null][] = [
      [{}, 'Request body is required', null],
      [[], 'Request body is required', null],
      [{ phone: '9876500000' }, 'Customer name is required', 'name'],
      [{ name: '', phone: '9876500000' }, 'Customer name is required', 'name'],
      [{ name: 'A' }, 'Phone number is required', 'phone'],
      [{ name: 7, phone: '9876500000' }, 'Validation error', 'name'],
      [{ name: '   ', phone: '9876500000' }, 'Validation error', 'name'],
      [{ name: 'x'.repeat(201), phone: '9876500000' }, 'Validation error', 'name'],
      [{ name: 'A', phone: '12345' }, 'Validation error', 'phone'],
      [{ name: 'A', phone: { $ne: null } }, 'Validation error', 'phone'],
      [{ name: 'A', phone: '9876500000', credit_limit: '5' }, 'Validation error', 'credit_limit'],
      [{ name: 'A', phone: '9876500000', credit_limit: 1.234 }, 'Validation error', 'credit_limit'],
      [{ name: 'A', phone: '9876500000', language: 'fr' }, 'Validation error', 'language'],
    ];
    for (const [body, message, field] of cases) {
      const answer = await shop.send('POST', '/api/customers', { body });
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.equal(answer.body.error.message, message, JSON.stringify(body));
      if (field !== null) assert.equal(answer.body.error.fields[0].field, field);
    }
  });

  it('answers a repeated key byte for byte and refuses it for another body', async () => {
    const headers = { 'idempotency-key': 'k-1' };
    const body = { name: 'Once', phone: '9000000001' };
    const [a, b] = await Promise.all([
      shop.send('POST', '/api/customers', { body, headers }),
      shop.send('POST', '/api/customers/', { body, headers }),
    ]);
    assert.equal(a.status, 201);
    assert.equal(a.text, b.text);
    const other = await shop.send('POST', '/api/customers', { body: { ...body, name: 'Other' }, headers });
    assert.equal(other.status, 422);
  });

  it('refuses a change made on an outdated version', async () => {
    const { body } = await shop.send('POST', '/api/customers', { body: { name: 'V', phone: '9000000002' } });
    const path = `/api/customers/${body.data.id}`;
    assert.equal(
      (await shop.send('PUT', path, { body: { name: 'V2' }, headers: { 'if-match': '"1"' } })).status,
      200,
    );
    const late = await shop.send('PUT', path, { body: { name: 'V3' }, headers: { 'if-match': '"1-abc"' } });
    assert.equal(late.status, 412);
    assert.equal((await shop.send('GET', path)).body.data.name, 'V2');
    assert.equal((await shop.send('PUT', path, { body: { name: 'V3', version: 1 } })).status, 412);
  });

  it('pages in both shapes, and answers 304 to an unchanged list', async () => {
    const page = await shop.send('GET', '/api/customers?page=1&per_page=2');
    assert.deepEqual(
      { ...page.body.pagination, total: 0, total_pages: 0 },
      {
        page: 1,
        per_page: 2,
        total: 0,
        total_pages: 0,
        has_next: true,
        has_prev: false,
        limit: 2,
        skip: 0,
        has_more: true,
      },
    );
    const tag = page.headers.get('etag') ?? '';
    const again = await shop.send('GET', '/api/customers?page=1&per_page=2', {
      headers: { 'if-none-match': tag },
    });
    assert.equal(again.status, 304);
  });

  it('keeps strangers and accounts without rights out', async () => {
    assert.equal((await shop.send('GET', '/api/customers', { token: null })).status, 401);
    const user = await shop.signIn('user');
    const { status, body } = await shop.send('GET', '/api/customers', { token: user });
    assert.equal(status, 403);
    assert.equal(body.error.message, 'Admin access required');
    assert.match(body.error.details, /customers\.read/);
  });

  it('removes a customer with a clear khata, and frees the phone', async () => {
    const { body } = await shop.send('POST', '/api/customers', {
      body: { name: 'Gone', phone: '9000000003' },
    });
    assert.equal((await shop.send('DELETE', `/api/customers/${body.data.id}`)).status, 200);
    assert.equal((await shop.send('DELETE', `/api/customers/${body.data.id}`)).status, 404);
    assert.equal((await shop.send('GET', `/api/customers/${body.data.id}`)).status, 404);
    assert.equal(
      (await shop.send('POST', '/api/customers', { body: { name: 'New', phone: '9000000003' } })).status,
      201,
    );
  });
});
