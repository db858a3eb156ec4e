// The live stream through the real application: who is told what, in which order, and when it ends.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type ServerResponse } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { addPerson, addPiece } from '../../../test/builders.ts';
import { type EventStream, listen } from '../../../test/event-stream.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import type { Permission } from '../../domain/permissions.ts';

describe('GET /api/events', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  const open = (token = shop.adminToken, headers: Record<string, string> = {}, query = '') =>
    listen(`${shop.origin}/api/events${query}`, token, headers);
  const ids = (stream: EventStream) =>
    stream.messages.flatMap(({ id }) => (id === undefined ? [] : [Number(id)]));
  const position = () => shop.shop.store.journal.position();

  it('starts now, says where, and tells what is written, as the journal has it', async () => {
    await addPerson(shop);
    const stream = await open();
    assert.equal(stream.response.headers.get('content-type'), 'text/event-stream');
    assert.equal(stream.response.headers.get('cache-control'), 'private, no-store');
    assert.equal(stream.response.headers.get('x-content-type-options'), 'nosniff');
    assert.ok(stream.response.headers.get('x-request-id'));
    const start = await position();
    await shop.send('POST', '/api/customers', { body: { name: 'मीरा\n\ndata: x', phone: '9811111111' } });
    const [told] = await stream.first(1);
    const [hello] = stream.messages;
    assert.deepEqual(hello, {
      id: undefined,
      event: 'hello',
      retry: undefined,
      data: { epoch: await shop.shop.store.journal.epoch(), position: start },
    });
    const { body } = await shop.send('GET', '/api/journal?limit=1');
    const { prev_hash: _prev, hash: _hash, ...entry } = body.data[0];
    assert.deepEqual(told, {
      id: String(start + 1),
      event: 'customer.created',
      retry: undefined,
      data: entry,
    });
    stream.hangUp();
  });

  it('goes on after the last event id, without loss or repeat, while more is written', async () => {
    const stream = await open();
    for (let n = 0; n < 3; n++) await addPerson(shop);
    await stream.first(3);
    stream.hangUp();
    const last = String(ids(stream).at(-1));
    for (let n = 0; n < 250; n++) void addPerson(shop);
    const again = await open(shop.adminToken, { 'last-event-id': last });
    for (let n = 0; n < 50; n++) void addPerson(shop);
    await again.first(300);
    // Whoever is cut off before the first event comes back with this one.
    assert.equal(again.messages[0]?.data.position, Number(last));
    assert.deepEqual(
      ids(again),
      Array.from({ length: 300 }, (_, n) => Number(last) + 1 + n),
    );
    again.hangUp();
    const whole = await open(shop.adminToken, { 'last-event-id': '0' });
    const all = await position();
    await whole.first(all);
    assert.deepEqual(
      ids(whole),
      Array.from({ length: all }, (_, n) => n + 1),
    );
    whole.hangUp();
  });

  it('answers an id that it has not given with reset, and goes on from now', async () => {
    const { journal } = shop.shop.store;
    const start = { epoch: await journal.epoch(), position: await position() };
    const here = String(start.position);
    for (const [last, query] of [
      [String(start.position + 1), ''],
      ['999999999999', ''],
      [here, '?epoch=another'],
      ['0', '?epoch='],
    ] as const) {
      const stream = await open(shop.adminToken, { 'last-event-id': last }, query);
      const [reset] = await stream.first(1);
      assert.deepEqual(
        [reset?.event, reset?.id, reset?.data],
        ['reset', undefined, start],
        `${last}${query}`,
      );
      stream.hangUp();
    }
    const stream = await open(shop.adminToken, { 'last-event-id': here }, `?epoch=${start.epoch}`);
    await addPerson(shop);
    const [next] = await stream.first(1);
    assert.equal(next?.event, 'customer.created');
    stream.hangUp();
  });

  it('names what it cannot read, and is not for strangers', async () => {
    for (const last of ['x', '-1', '1.5', '1e3', '9'.repeat(16), '1,2', "' OR 1=1"]) {
      const answer = await shop.send('GET', '/api/events', { headers: { 'last-event-id': last } });
      assert.equal(answer.status, 400, last);
      assert.equal(answer.body.error.fields[0].field, 'Last-Event-ID');
    }
    assert.equal((await shop.send('GET', '/api/events', { token: null })).status, 401);
    assert.equal((await shop.send('GET', '/api/events?token=x', { token: 'x' })).status, 401);
    assert.equal((await shop.send('HEAD', '/api/events')).status, 200);
    assert.equal((await shop.send('POST', '/api/events')).status, 405);
  });

  /** One entry of each kind, and after them a rate, which everyone is told of. */
  const writeOfEach = async (): Promise<void> => {
    const customer = await addPerson(shop);
    await addPiece(shop, { status: 'draft' });
    await shop.send('POST', '/api/khata/transactions', {
      body: { customer_id: customer, transaction_type: 'debit', amount: 10 },
    });
    await shop.signIn('staff');
    await shop.send('PUT', '/api/settings', { body: { shop_name: `Swati ${customer}` } });
    await shop.send('POST', '/api/prices/gold', { body: { price_per_gram: 6500 } });
  };

  it('tells each account what it may see, and only the bare fact of what it may not read', async () => {
    const owner = await open();
    const clerk = await open(await shop.signIn('staff'));
    const buyer = await open(await shop.signIn('staff', ['catalogue.read_drafts']));
    const auditor = await open(await shop.signIn('staff', ['journal.read']));
    const guest = await open(await shop.signIn('user'));
    const streams = [owner, clerk, buyer, auditor, guest];
    await writeOfEach();
    const isLast = ({ event }: { event: string | undefined }) => event === 'metal_price.recorded';
    for (const stream of streams) for (let n = 1; !(await stream.first(n)).some(isLast); n++);
    const seen = (stream: EventStream) =>
      stream.messages
        .filter(({ event }) => event !== 'hello')
        .map(({ event, data }) => [event, data.after !== null]);
    const everything = [
      ['customer.created', true],
      ['product.created', true],
      ['khata.posted', true],
      ['user.created', true],
      ['settings.changed', true],
      ['metal_price.recorded', true],
    ];
    assert.deepEqual(seen(owner).slice(-6), everything);
    assert.deepEqual(seen(auditor).slice(-6), everything);
    assert.deepEqual(seen(clerk), [
      ['customer.created', true],
      ['product.created', false],
      ['khata.posted', true],
      ['settings.changed', true],
      ['metal_price.recorded', false],
    ]);
    assert.deepEqual(seen(buyer), [
      ['product.created', true],
      ['metal_price.recorded', false],
    ]);
    assert.deepEqual(seen(guest), [['metal_price.recorded', false]]);
    const bare = guest.messages.at(-1)?.data;
    assert.deepEqual([bare.actor, bare.before, bare.after], [null, null, null]);
    assert.equal(bare.subject.type, 'metal_price');
    for (const stream of streams) stream.hangUp();
  });

  it('follows the rights of the moment', async () => {
    const { store } = shop.shop;
    const token = await shop.signIn('staff', ['khata.read']);
    const userId = (await shop.send('GET', '/api/auth/me', { token })).body.data.id;
    const stream = await open(token);
    const grant = (permissions: Permission[]) => store.users.change(userId, { permissions }, shop.by());
    const setRate = (rate: number) =>
      shop.send('POST', '/api/prices/gold', { body: { price_per_gram: rate } });
    await addPerson(shop, { name: 'Unseen' });
    await setRate(6505);
    await stream.first(1);
    await grant(['customers.read']);
    await addPerson(shop, { name: 'Seen' });
    await stream.first(2);
    await grant([]);
    await addPerson(shop, { name: 'Unseen again' });
    await setRate(6510);
    const told = (await stream.first(3)).map(({ event, data }) => [event, data.after?.name]);
    assert.deepEqual(told, [
      ['metal_price.recorded', undefined],
      ['customer.created', 'Seen'],
      ['metal_price.recorded', undefined],
    ]);
    stream.hangUp();
  });

  it('tells who may train how a training goes, without ids', async () => {
    const { jobs } = shop.shop.store;
    const owner = await open();
    const clerk = await open(await shop.signIn('staff'));
    const job = await jobs.request({ id: shop.shop.newId(), targets: ['gold'], reason: 'asked' }, shop.by());
    await owner.first(1);
    const { value: claimed } = await jobs.claim(shop.by());
    const lease = { jobId: job.value.id, fence: claimed?.fence ?? 0 };
    await jobs.advance(lease, 0.5, 'fitting', shop.by());
    for (let n = 2; (await owner.first(n)).at(-1)?.data.progress !== 0.5; n++);
    await jobs.finish(lease, { state: 'done', outcome: {}, error: null }, shop.by());
    for (let n = 2; (await owner.first(n)).at(-1)?.data.state !== 'done'; n++);
    const told = owner.messages.filter(({ event }) => event === 'training');
    assert.ok(told.every(({ id, data }) => id === undefined && data.id === job.value.id));
    assert.deepEqual(told.at(-1)?.data.targets, ['gold']);
    assert.ok(clerk.messages.every(({ event }) => event !== 'training'));
    owner.hangUp();
    clerk.hangUp();
  });

  it('is not opened for a caller who went away before it began', async () => {
    const waitsFor = String((await position()) + 1);
    const headers = { authorization: `Bearer ${shop.adminToken}`, 'x-journal-at-least': waitsFor };
    const arrived = once(shop.app.server, 'request');
    const caller = request(`${shop.origin}/api/events`, { headers });
    caller.on('error', () => undefined).end();
    const [, answer] = (await arrived) as [unknown, ServerResponse];
    caller.destroy();
    await once(answer, 'close');
    await addPerson(shop);
    // Its turn has come and gone once another stream was told of something.
    const other = await open();
    await addPerson(shop);
    await other.first(1);
    const [listeners] = shop.shop.meters
      .read()
      .filter(({ name }) => name === 'swati_event_listeners')
      .flatMap(({ samples }) => samples);
    assert.equal(listeners?.value, 1);
    other.hangUp();
  });

  it('ends within a second of disable, password change, sign-out and expiry, and says why', async () => {
    const { store } = shop.shop;
    const ends: [string, (id: string, token: string) => Promise<unknown>][] = [
      ['token_revoked', (id) => store.users.change(id, { isActive: false }, shop.by())],
      ['token_revoked', (id) => store.users.change(id, { passwordHash: 'x' }, shop.by())],
      ['token_revoked', (_id, token) => shop.send('POST', '/api/auth/logout', { token })],
      ['token_revoked', (id) => store.sessions.revokeAll(id, shop.by())],
      [
        'token_expired',
        async () => {
          shop.clock.now += 301_000;
        },
      ],
    ];
    for (const [type, end] of ends) {
      const token = await shop.signIn('staff');
      const { id } = (await shop.send('GET', '/api/auth/me', { token })).body.data;
      const stream = await open(token);
      const other = await open(await shop.signIn('admin'));
      await end(id, token);
      const at = performance.now();
      await stream.ended;
      assert.ok(performance.now() - at < 1000, type);
      assert.deepEqual([stream.messages.at(-1)?.event, stream.messages.at(-1)?.data], ['end', { type }]);
      if (type !== 'token_expired') {
        await addPerson(shop);
        for (let n = 1; !(await other.first(n)).some(({ event }) => event === 'customer.created'); n++);
      }
      other.hangUp();
    }
  });
});
