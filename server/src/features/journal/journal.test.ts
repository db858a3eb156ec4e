// The journal on the wire.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const DAY = 86_400_000;

describe('the journal', () => {
  let shop: TestShop;
  let customerId: string;
  before(async () => {
    shop = await openSharedTestShop();
    const { body } = await shop.send('POST', '/api/customers', {
      body: { name: 'Asha', phone: '9000000001', credit_limit: 10.5 },
    });
    customerId = body.data.id;
    await shop.send('PUT', `/api/customers/${customerId}`, { body: { credit_limit: 20, name: 'Asha' } });
    await shop.send('POST', '/api/khata/transactions', {
      body: { customer_id: customerId, transaction_type: 'debit', amount: 1500.5 },
    });
  });
  after(() => shop.close());

  const list = async (query = '') => {
    const { status, body } = await shop.send('GET', `/api/journal${query}`);
    assert.equal(status, 200);
    assert.equal(body.count, body.data.length);
    return body.data;
  };

  it('lists entries newest first, each chained to the one before', async () => {
    const entries = await list();
    const [posted] = entries;
    assert.deepEqual(Object.keys(posted), [
      'seq',
      'at',
      'actor',
      'action',
      'subject',
      'before',
      'after',
      'prev_hash',
      'hash',
    ]);
    assert.equal(posted.action, 'khata.posted');
    assert.equal(posted.actor.kind, 'user');
    assert.match(posted.actor.name, /^admin_/);
    assert.equal(posted.at, '2026-01-15T10:30:00.123Z');
    assert.equal(posted.before, null);
    for (const [index, entry] of entries.entries()) {
      const older = entries[index + 1];
      assert.equal(entry.prev_hash, older?.hash ?? '0'.repeat(64));
      if (older) assert.equal(entry.seq, older.seq + 1);
    }
  });

  it('shows the changed fields only, in the names and units of the wire', async () => {
    const [changed, created] = await list(`?subject=customer:${customerId}`);
    assert.deepEqual(changed.before, { credit_limit: 10.5 });
    assert.deepEqual(changed.after, { credit_limit: 20 });
    assert.equal(created.after.phone_e164, '+919000000001');
    const [posted] = await list('?action=khata.posted');
    assert.equal(posted.after.amount, 1500.5);
    assert.equal(posted.after.balance_after, 1500.5);
    assert.equal(posted.after.customer_id, customerId);
  });

  it('holds no secret', async () => {
    const { text } = await shop.send('GET', '/api/journal?limit=1000');
    assert.doesNotMatch(text, /password|hash":"none|refresh/i);
  });

  it('filters by subject, actor, action, time and limit', async () => {
    const all = await list();
    const [newest] = all;
    assert.equal((await list('?limit=1')).length, 1);
    assert.equal((await list('?subject=customer')).length, 2);
    assert.equal((await list(`?subject=customer:${'a'.repeat(24)}`)).length, 0);
    assert.equal((await list(`?actor=${newest.actor.id}`)).length, 3);
    assert.equal((await list(`?actor=${newest.actor.name}&action=customer.created`)).length, 1);
    assert.equal((await list('?actor=nobody')).length, 0);
    const start = shop.clock.now;
    shop.clock.now += DAY;
    const token = await shop.signIn('admin');
    await shop.send('PUT', `/api/customers/${customerId}`, { body: { address: 'Pune' }, token });
    shop.clock.now = start;
    assert.equal((await list('?from=2026-01-16')).length, 2);
    assert.equal((await list('?to=2026-01-15')).length, all.length);
    assert.equal((await list('?from=2026-01-15&to=2026-01-16&subject=customer')).length, 3);
    assert.equal((await list('?from=2026-01-15T10:30:00.124Z')).length, 2);
    assert.equal((await list('?to=2026-01-15T10:30:00.123Z')).length, all.length, 'the end is part of it');
    assert.equal((await list('?to=2026-01-15T10:30:00.122Z')).length, 0);
  });

  it('names the parameter that cannot be read', async () => {
    const cases: [string, string][] = [
      ['limit=0', 'limit'],
      ['limit=1001', 'limit'],
      ['limit=ten', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=-1', 'limit'],
      ['from=yesterday', 'from'],
      ['to=2026-02-30', 'to'],
      ['from=2026-01-15T25:00:00Z', 'from'],
    ];
    for (const [query, field] of cases) {
      const { status, body } = await shop.send('GET', `/api/journal?${query}`);
      assert.equal(status, 400, query);
      assert.equal(body.error.fields[0].field, field, query);
    }
  });

  it('is for the owner alone, and nobody writes it', async () => {
    const staff = await shop.signIn('staff');
    assert.equal((await shop.send('GET', '/api/journal', { token: staff })).status, 403);
    assert.equal((await shop.send('GET', '/api/journal', { token: null })).status, 401);
    const auditor = await shop.signIn('staff', ['journal.read']);
    assert.equal((await shop.send('GET', '/api/journal', { token: auditor })).status, 200);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      assert.equal((await shop.send(method, '/api/journal', { body: { a: 1 } })).status, 405);
    }
  });
});
