// Contract 2.5: customers.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addProduct } from '../../../test/catalogue.ts';
import { openKhataDesk } from '../../../test/khata-desk.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import type { CustomerChangesBody } from '../../contract/customer.ts';

describe('customers', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
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
      [{ name: 'A', phone: '' }, 'Phone number is required', 'phone'],
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

  it('finds by part of the name in any script, and by the phone in any spelling', async () => {
    const add = async (name: string, phone: string): Promise<string> =>
      (await shop.send('POST', '/api/customers', { body: { name, phone } })).body.data.id;
    const hindi = await add('सीता Élan 50%', '+91 70000 11111');
    const other = await add('Sita_X', '7000022222');
    const found = async (text: string): Promise<string[]> => {
      const { body } = await shop.send('GET', `/api/customers/search?q=${encodeURIComponent(text)}`);
      assert.equal(body.success, true);
      return body.data.map((customer: { id: string }) => customer.id);
    };
    assert.deepEqual(await found('सीता'), [other, hindi], 'whichever script it is written in');
    assert.deepEqual(await found('éLAN'), [hindi]);
    assert.deepEqual(await found('E\u0301lan'), [hindi], 'one letter as two characters');
    assert.deepEqual(await found('50%'), [hindi], 'a digit in a name is no phone');
    assert.deepEqual(await found('a_x'), [other], 'an underscore is itself');
    assert.deepEqual(await found('07000 0222'), [other]);
    assert.deepEqual(await found('7000011111'), [hindi]);
    assert.deepEqual(await found('+91-70000-1'), [hindi]);
    assert.deepEqual(await found('+91 070000 11111'), [hindi]);
    assert.deepEqual((await found('70000')).sort(), [hindi, other].sort());
    const page = await shop.send('GET', '/api/customers/search?q=70000&limit=1&skip=1');
    assert.equal(page.body.data.length, 1);
    assert.deepEqual([page.body.pagination.total, page.body.pagination.has_more], [2, false]);
    assert.deepEqual(await found("' OR 1=1 --"), []);
    assert.deepEqual(await found('सीताराम'), []);
    await shop.send('PUT', `/api/customers/${hindi}`, { body: { name: 'ÉTOILE' } });
    assert.deepEqual(await found('étoile'), [hindi]);
    const listed = await shop.send('GET', `/api/customers?search=${encodeURIComponent('sita_')}`);
    assert.equal(listed.body.pagination.total, 1);
  });

  it('changes each field alone, and adds with all of them', async () => {
    const fields: Required<Omit<CustomerChangesBody, 'version'>> = {
      name: 'Whole',
      phone: '7800044444',
      email: 'whole@example.com',
      address: 'Satara',
      language: 'hi',
      credit_limit: 5000.5,
    };
    const start = { name: 'Bare', phone: '7800055555' };
    const { id } = (await shop.send('POST', '/api/customers', { body: start })).body.data;
    for (const [field, value] of Object.entries(fields)) {
      const { body } = await shop.send('PUT', `/api/customers/${id}`, { body: { [field]: value } });
      assert.equal(body.data[field], value);
      assert.equal((await shop.send('GET', `/api/customers/${id}`)).body.data[field], value);
    }
    const body = { ...fields, phone: '7800066666' };
    const added = (await shop.send('POST', '/api/customers', { body })).body.data;
    assert.deepEqual({ ...added, ...body }, added);
  });

  it('changes what is sent alone, and refuses what cannot stand', async () => {
    const { body } = await shop.send('POST', '/api/customers', {
      body: { name: 'Part', phone: '7000033333', email: 'a@example.com', address: 'Pune' },
    });
    const path = `/api/customers/${body.data.id}`;
    const changed = await shop.send('PUT', path, {
      body: { address: null, credit_limit: 1000.5, current_balance: 5 },
    });
    assert.equal(changed.status, 200);
    assert.equal(changed.body.data.address, null);
    assert.equal(changed.body.data.email, 'a@example.com');
    assert.equal(changed.body.data.credit_limit, 1000.5);
    assert.equal(changed.body.data.current_balance, 0);
    const same = await shop.send('PUT', path, { body: { phone: '+91 70000 33333' } });
    assert.equal(same.status, 200, 'its own phone in another spelling');
    const cases: [unknown, number, string][] = [
      [{}, 400, 'Request body is required'],
      [{ current_balance: 5 }, 400, 'Request body is required'],
      [{ name: '' }, 400, 'Validation error'],
      [{ name: null }, 400, 'Validation error'],
      [{ phone: '123' }, 400, 'Validation error'],
      [{ phone: '+917000011111' }, 400, 'Customer with phone +917000011111 already exists'],
      [{ credit_limit: true }, 400, 'Validation error'],
      [{ language: 'xx' }, 400, 'Validation error'],
      [{ name: 'x', version: '1' }, 400, 'Validation error'],
    ];
    for (const [sent, status, message] of cases) {
      const answer = await shop.send('PUT', path, { body: sent });
      assert.equal(answer.status, status, JSON.stringify(sent));
      assert.equal(answer.body.error.message, message, JSON.stringify(sent));
    }
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const options = method === 'PUT' ? { body: { name: 'x' } } : {};
      const bad = await shop.send(method, '/api/customers/xyz', options);
      assert.equal(bad.status, 400);
      assert.equal(bad.body.error.message, 'Invalid customer ID format');
      const unknown = await shop.send(method, `/api/customers/${'f'.repeat(24)}`, options);
      assert.equal(unknown.status, 404);
      assert.equal(unknown.body.error.message, 'Customer not found');
    }
  });

  it('brings a removed customer back with the ledger, and not to a phone that somebody else has by now', async () => {
    const body = { name: 'Comes Back', phone: '7000066666' };
    const { id } = (await shop.send('POST', '/api/customers', { body })).body.data;
    const path = `/api/customers/${id}`;
    const restore = () => shop.send('POST', `${path}/restore`);
    for (const transaction_type of ['debit', 'credit']) {
      const entry = { customer_id: id, transaction_type, amount: 5 };
      await shop.send('POST', '/api/khata/transactions', { body: entry });
    }
    const { total } = (await shop.send('GET', '/api/customers')).body.pagination;
    await shop.send('DELETE', path);
    assert.equal((await shop.send('GET', `${path}/khata`)).status, 404);
    const removed = () => shop.send('GET', '/api/customers?removed=true&search=comes');
    assert.deepEqual(
      (await removed()).body.data.map((one: { id: string }) => one.id),
      [id],
    );
    for (const _click of ['first', 'second']) {
      const { status, headers, body: answer } = await restore();
      assert.equal(status, 200);
      assert.deepEqual([answer.message, answer.data.name], ['Customer restored successfully', 'Comes Back']);
      assert.match(headers.get('etag') ?? '', /^"3-/);
    }
    assert.deepEqual((await removed()).body.data, []);
    assert.equal((await shop.send('GET', `${path}/khata`)).body.data.transactions.length, 2);
    assert.equal((await shop.send('GET', '/api/customers')).body.pagination.total, total);

    await shop.send('DELETE', path);
    const taker = await shop.send('POST', '/api/customers', { body: { ...body, name: 'Taker' } });
    assert.equal(taker.status, 201);
    const refused = await restore();
    assert.equal(refused.status, 400);
    assert.equal(refused.body.error.message, 'Customer with phone 7000066666 already exists');
    assert.equal((await shop.send('GET', path)).status, 404);
    assert.equal((await shop.send('POST', `/api/customers/${'f'.repeat(24)}/restore`)).status, 404);
    assert.equal((await shop.send('POST', '/api/customers/xyz/restore')).status, 400);
  });

  it('restores for those alone who may write customers, answers a repeated key alike, finds by phone again', async () => {
    const body = { name: 'Found Again', phone: '90000 00004' };
    const { id } = (await shop.send('POST', '/api/customers', { body })).body.data;
    const path = `/api/customers/${id}/restore`;
    await shop.send('DELETE', `/api/customers/${id}`);
    for (const token of [await shop.signIn('user'), await shop.signIn('staff', ['customers.read'])]) {
      const refused = await shop.send('POST', path, { token });
      assert.equal(refused.status, 403);
      assert.match(refused.body.error.details, /customers\.write/);
    }
    assert.equal((await shop.send('POST', path, { token: null })).status, 401);
    assert.equal((await shop.send('GET', `/api/customers/${id}`)).status, 404);
    const headers = { 'idempotency-key': 'restore-1' };
    const back = await shop.send('POST', path, { headers });
    assert.deepEqual([back.status, back.body.data.version], [200, 3]);
    assert.equal((await shop.send('POST', path, { headers })).text, back.text);
    for (const list of ['?search=Found', '?search=%2B919000000004', '/search?q=9000000004']) {
      const found = await shop.send('GET', `/api/customers${list}`);
      assert.deepEqual(found.body.data, [back.body.data], list);
    }
  });

  it('keeps a customer whose khata is not clear', async () => {
    const { body } = await shop.send('POST', '/api/customers', {
      body: { name: 'Owes', phone: '7000044444' },
    });
    const path = `/api/customers/${body.data.id}`;
    const post = (type: string) =>
      shop.send('POST', '/api/khata/transactions', {
        body: { customer_id: body.data.id, transaction_type: type, amount: 0.01 },
      });
    await post('debit');
    assert.deepEqual((await shop.send('GET', path)).body.data.balance_status, {
      balance: 0.01,
      status: 'owes',
      message: 'Customer owes ₹0.01',
    });
    const refused = await shop.send('DELETE', path);
    assert.equal(refused.status, 409);
    assert.equal(refused.body.error.type, 'customer_has_balance');
    await post('credit');
    assert.equal((await shop.send('DELETE', path)).status, 200);
  });

  it('lets one of many equal phones at once through', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        shop.send('POST', '/api/customers', { body: { name: `R${i}`, phone: '7000055555' } }),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array(7).fill(400)]);
  });

  it('tells what came in cash today, over all ways, and of an order on all days; at midnight it begins anew', async () => {
    const desk = openKhataDesk(shop);
    const { id: product_id } = await addProduct(shop);
    const customer_id = await desk.addCustomer();
    const path = `/api/customers/${customer_id}/cash`;
    const add = async (address: string, body: object) => {
      const { status, body: answer } = await shop.send('POST', address, { body: { customer_id, ...body } });
      assert.equal(status, 201, JSON.stringify(answer));
      return answer.data.id as string;
    };
    await add('/api/sales', {
      products: [{ product_id, quantity: 1, price_at_sale: 90_000 }],
      payment_status: 'paid',
      payments: [
        { method: 'cash', amount: 60_000.5 },
        { method: 'upi', amount: 29_999.5 },
      ],
    });
    await desk.credit(customer_id, 40_000, { payment_method: 'cash' });
    await desk.credit(customer_id, 7_000, { payment_method: 'card' });
    const order = await add('/api/orders', {
      items: [{ product_id, quantity: 1, unit_price: 300_000 }],
      payment_method: 'Cash',
      amount_paid: 50_000,
    });
    const today = await shop.send('GET', path);
    assert.equal(today.status, 200);
    const expected = { customer_id, day: '2026-01-15', received_today: 150_000.5, limit: 200_000 };
    assert.deepEqual(today.body.data, expected);
    const start = shop.clock.now;
    shop.clock.now = Date.parse('2026-01-15T18:30:00.000Z');
    const token = await shop.signIn('admin');
    const dayAfter = async () => (await shop.send('GET', path, { token })).body.data;
    assert.deepEqual(await dayAfter(), { ...expected, day: '2026-01-16', received_today: 0 });
    await shop.send('PUT', `/api/orders/${order}/payment-status`, {
      body: { payment_status: 'paid' },
      token,
    });
    assert.equal((await dayAfter()).received_today, 250_000);
    const { body } = await shop.send('GET', `/api/orders/${order}`, { token });
    assert.equal(body.data.cash_received, 300_000);
    shop.clock.now = start;
    assert.equal((await shop.send('GET', '/api/customers/123/cash')).status, 400);
    const unknown = await shop.send('GET', `/api/customers/${'f'.repeat(24)}/cash`);
    assert.deepEqual([unknown.status, unknown.body.error.type], [404, 'customer_not_found']);
  });
});
