// What who is signed in gets again without the routes is what the routes would answer at that moment, to that caller.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece } from '../../test/builders.ts';
import { type Answer, openTestShop, type TestShop } from '../../test/test-shop.ts';
import { endOfDay } from '../domain/shop-day.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';

describe('answers to who is signed in', () => {
  let shop: TestShop;
  let customer: string;
  let piece: string;

  before(async () => {
    shop = await openTestShop();
    customer = await addPerson(shop);
    piece = await addPiece(shop);
    await order();
  });
  after(() => shop.close());

  const order = () =>
    shop.send('POST', '/api/orders', {
      body: { customer_id: customer, payment_method: 'khata', items: [{ product_id: piece }] },
    });
  const lists = () => ['/api/orders', `/api/orders/customer/${customer}`, `/api/customers/${customer}/khata`];
  /** What was answered before the routes, so far. */
  const early = (): number => {
    const [sample] = shop.shop.meters.read().filter(({ name }) => name === 'swati_early_answers_total');
    return Number(sample?.samples[0]?.value ?? 0);
  };
  /** The answer, and whether the routes gave it. */
  const ask = async (path: string, token: string | null = shop.adminToken, headers = {}) => {
    const before = early();
    const answer = await shop.send('GET', path, { token, headers });
    return { ...answer, isRouted: early() === before };
  };
  const facts = ({ status, headers, text }: Answer) => {
    const { date, 'x-request-id': id, ...others } = Object.fromEntries(headers);
    return { status, text, headers: others };
  };

  it('are those of the routes: the same bytes and headers, and 304 to who has them', async () => {
    for (const path of lists()) {
      const first = await ask(path);
      const again = await ask(path);
      assert.deepEqual([first.isRouted, again.isRouted, first.status], [true, false, 200], path);
      assert.deepEqual(facts(again), facts(first));
      assert.equal(again.headers.get('cache-control'), 'private, no-cache');
      const seen = await ask(path, shop.adminToken, { 'if-none-match': first.headers.get('etag') });
      assert.deepEqual([seen.isRouted, seen.status, seen.text], [false, 304, '']);
    }
  });

  it('end with every change, whoever makes it', async () => {
    const count = async () => (await ask('/api/orders')).body.total;
    const before = await count();
    assert.equal(await count(), before);
    await order();
    assert.equal(await count(), before + 1);
    const khata = `/api/customers/${customer}/khata`;
    const entries = async () => (await ask(khata)).body.data.summary.total_transactions;
    const posted = await entries();
    assert.equal(await entries(), posted);
    const other = await openSqliteStore({ dataDir: shop.dataDir, now: shop.clock.now, onDeath: assert.fail });
    try {
      const entry = {
        id: shop.shop.newId(),
        customerId: customer,
        type: 'credit',
        amountPaise: 5_000,
      } as const;
      const texts = { description: null, paymentMethod: 'cash', referenceNumber: null } as const;
      await other.khata.post({ ...entry, ...texts }, shop.by());
      assert.equal(await entries(), posted + 1, 'another process wrote');
    } finally {
      await other.close();
    }
  });

  it('are of one caller: another token gets what it may see, and a right that is taken away is gone at once', async () => {
    await ask('/api/orders');
    assert.equal((await ask('/api/orders')).isRouted, false);
    assert.equal((await ask('/api/orders', null)).status, 401);
    const staff = await shop.signIn('staff', ['orders.read']);
    assert.equal((await ask('/api/orders', await shop.signIn('staff', ['khata.read']))).status, 403);
    const { id } = (await shop.send('GET', '/api/auth/me', { token: staff })).body.data;
    const put = (body: object) => shop.send('PUT', `/api/users/${id}`, { body });
    await ask('/api/orders', staff);
    assert.equal((await ask('/api/orders', staff)).isRouted, false);
    assert.equal((await put({ permissions: ['khata.read'] })).status, 200);
    assert.equal((await ask('/api/orders', staff)).status, 403);
    await put({ permissions: ['orders.read'] });
    await ask('/api/orders', staff);
    assert.equal((await ask('/api/orders', staff)).isRouted, false);
    await shop.send('POST', '/api/auth/logout', { token: staff });
    assert.equal((await ask('/api/orders', staff)).status, 401);
  });

  it('do not outlive the token nor the day of the shop, nor come back when the clock is set back', async () => {
    const start = shop.clock.now;
    await ask('/api/orders');
    shop.clock.now = start - 1;
    assert.equal((await ask('/api/orders')).isRouted, true);
    shop.clock.now = Math.ceil(start / 1000) * 1000 + 300_000;
    assert.equal((await ask('/api/orders')).status, 401);
    shop.clock.now = endOfDay('2026-01-15') - 1;
    const late = await shop.signIn('admin');
    await ask('/api/orders', late);
    assert.equal((await ask('/api/orders', late)).isRouted, false);
    shop.clock.now += 1;
    assert.equal((await ask('/api/orders', late)).isRouted, true);
    shop.clock.now = start;
  });

  it('wait for a position that they are not known to have reached', async () => {
    const position = await shop.shop.store.journal.position();
    const at = (n: number) => ask('/api/orders', shop.adminToken, { 'x-journal-at-least': String(n) });
    await ask('/api/orders');
    assert.equal((await at(position)).isRouted, true);
    assert.deepEqual([(await at(position)).isRouted, (await at(position - 1)).isRouted], [false, false]);
  });

  it('leave tickets and files to the routes', async () => {
    const ticket = async () =>
      (await shop.send('POST', '/api/tickets', { body: { path: '/api/orders' } })).body.data.ticket;
    const path = `/api/orders?ticket=${await ticket()}`;
    assert.equal((await ask(path, null)).status, 200);
    assert.equal((await ask(path, null)).status, 401);
    for (let n = 0; n < 2; n++) {
      const file = await ask('/api/orders?format=csv');
      assert.deepEqual([file.isRouted, file.status], [true, 200]);
    }
  });
});
