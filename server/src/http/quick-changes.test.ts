// A change that is made past the framework gets the answer of the routes: the same bytes and headers, the same refusals,
// the same line in the log; and it is made once.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import pino from 'pino';
import { addPerson, addPiece } from '../../test/builders.ts';
import { openSharedTestShop } from '../../test/shared-test-shop.ts';
import type { TestShop } from '../../test/test-shop.ts';
import {
  ORIGINS,
  openWatchedApp,
  ROUTED,
  type WatchedAnswer,
  type WatchedApp,
} from '../../test/watched-app.ts';
import { allRoutes } from '../app.ts';
import { EARLY } from '../domain/actor.ts';
import { refuse } from '../domain/shop-error.ts';

const KHATA = '/api/khata/transactions';

describe('changes past the framework', () => {
  let shop: TestShop;
  let app: WatchedApp;
  let bodies: Record<string, object>;
  let entry: { customer_id: string; transaction_type: string; amount: number };
  /** What the store does in place of posting, once. */
  let instead: (() => Promise<never>) | null = null;
  /** What the next one that can wait for its durability has to wait for. */
  let announced: Promise<void> | undefined;
  let posts = 0;
  const lines: Record<string, unknown>[] = [];

  before(async () => {
    shop = await openSharedTestShop();
    const customer = await addPerson(shop);
    const product_id = await addPiece(shop, { stockQuantity: 1_000 });
    entry = { customer_id: customer, transaction_type: 'debit', amount: 125.5 };
    bodies = {
      [KHATA]: entry,
      '/api/orders': { customer_id: customer, payment_method: 'khata', items: [{ product_id }] },
      '/api/sales': { customer_id: customer, products: [{ product_id, quantity: 1, price_at_sale: 25_000 }] },
    };
    const { store } = shop.shop;
    const post: typeof store.khata.post = (...args) => {
      posts++;
      const other = instead;
      instead = null;
      const { [EARLY]: early, ...by } = args[1];
      if (other || !early || !announced) return other === null ? store.khata.post(...args) : other();
      early.durable = announced;
      announced = undefined;
      return store.khata.post(args[0], by);
    };
    const watched = { ...shop.shop, store: { ...store, khata: { ...store.khata, post } } };
    const logger = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    app = await openWatchedApp({ ...shop, shop: watched }, () => ({ logger }));
  });
  after(async () => {
    await app.close();
    await shop.close();
  });

  const ask = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${shop.adminToken}`, ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  const key = () => ({ 'idempotency-key': shop.shop.newId() });
  const loggedLine = async (id: string | undefined) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return lines.filter((line) => line.request_id === id);
  };
  /** A refusal with the id that stands in it apart. */
  const refusal = ({ answer, id }: WatchedAnswer) => {
    const { request_id, ...error } = JSON.parse(answer.text).error;
    assert.equal(request_id, id);
    return { ...answer, headers: { ...answer.headers, 'content-length': '' }, text: error };
  };

  it('have the bytes and headers of the routes, from pages of every origin', async () => {
    for (const [path, body] of Object.entries(bodies)) {
      for (const from of [{}, { origin: ORIGINS[0] }, { origin: ORIGINS[1] }, { origin: 'null' }]) {
        const headers = { ...(from as Record<string, string>), ...key() };
        const slow = await ask(path, body, { ...headers, ...ROUTED });
        await ask(path, body, { ...headers, ...key() });
        const again = await ask(path, body, headers);
        assert.deepEqual([slow.isRouted, again.isRouted, slow.answer.status], [true, false, 201], path);
        assert.deepEqual(again.answer, slow.answer);
        // Made here, and repeated by the routes.
        const others = { ...headers, ...key() };
        const quick = await ask(path, body, others);
        assert.equal(quick.isRouted, false);
        assert.deepEqual(quick.answer, (await ask(path, body, { ...others, ...ROUTED })).answer);
        assert.notEqual(quick.answer.text, slow.answer.text);
      }
    }
  });

  it('are refused by the store as on the way through the routes, and are known again', async () => {
    await ask(KHATA, entry);
    const nobody = { ...entry, customer_id: shop.shop.newId() };
    const slow = await ask(KHATA, nobody, ROUTED);
    const quick = await ask(KHATA, nobody);
    assert.deepEqual([quick.isRouted, quick.answer.status], [false, 404]);
    assert.deepEqual(refusal(quick), refusal(slow));
    const mine = key();
    const first = await ask(KHATA, nobody, mine);
    const repeated = await ask(KHATA, nobody, mine);
    assert.equal(repeated.isRouted, false);
    assert.equal(JSON.parse(repeated.answer.text).error.request_id, first.id);
    const other = await ask(KHATA, entry, mine);
    assert.deepEqual(refusal(other), refusal(await ask(KHATA, entry, { ...mine, ...ROUTED })));
    assert.equal(other.isRouted, false);
  });

  it('are asked of the store once, whatever it answers', async () => {
    await ask(KHATA, entry);
    const failures = [
      refuse('outcome_unknown', { retryAfterSeconds: 1 }),
      refuse('busy', { retryAfterSeconds: 1 }),
      new Error('a defect'),
    ];
    for (const failure of failures) {
      const fail = () => Promise.reject(failure);
      instead = fail;
      const slow = await ask(KHATA, entry, ROUTED);
      instead = fail;
      const before = posts;
      const quick = await ask(KHATA, entry);
      assert.equal(posts, before + 1);
      assert.equal(quick.isRouted, false);
      assert.deepEqual(refusal(quick), refusal(slow));
      const said = await loggedLine(quick.id);
      const expected = await loggedLine(slow.id);
      const facts = (line: Record<string, unknown>) => ({ ...line, time: 0, ms: 0, request_id: '' });
      assert.deepEqual(said.map(facts), expected.map(facts));
    }
  });

  it('are answered once they are durable, and are refused where they could not become it', async () => {
    await ask(KHATA, entry);
    const durable = Promise.withResolvers<void>();
    announced = durable.promise;
    let isAnswered = false;
    const waiting = ask(KHATA, entry);
    void waiting.then(() => {
      isAnswered = true;
    });
    while (announced) await new Promise((resolve) => setTimeout(resolve, 5));
    // Another one comes and goes meanwhile.
    await ask(KHATA, entry);
    assert.equal(isAnswered, false);
    durable.resolve();
    assert.deepEqual([(await waiting).isRouted, (await waiting).answer.status], [false, 201]);
    instead = () => Promise.reject(refuse('storage_full'));
    const slow = await ask(KHATA, entry, ROUTED);
    announced = Promise.reject(refuse('storage_full'));
    announced.catch(() => undefined);
    const quick = await ask(KHATA, entry);
    assert.deepEqual([quick.isRouted, quick.answer.status], [false, slow.answer.status]);
    assert.deepEqual(refusal(quick), refusal(slow));
  });

  it('are refused to whoever may not make them, and for what was sent, by the routes', async () => {
    await ask(KHATA, entry);
    const staff = await shop.signIn('staff', ['catalogue.write']);
    const tokens = ['', 'Bearer', 'Bearer nonsense', `Bearer ${staff}`];
    const wrong: [unknown, Record<string, string>][] = [
      ...tokens.map((authorization): [unknown, Record<string, string>] => [entry, { authorization }]),
      ['{"amount": ', {}],
      ['[]', {}],
      ['{}', {}],
      ['null', {}],
      ['{"__proto__": {}}', {}],
      [Buffer.from(JSON.stringify({ ...entry, description: 'Caf\xe9' }), 'latin1'), {}],
      [{ ...entry, amount: -1 }, {}],
      [{ ...entry, amount: null, transaction_type: 'gift' }, {}],
      [entry, { 'idempotency-key': 'ä' }],
      [JSON.stringify(entry).padEnd(600_000), {}],
    ];
    const before = posts;
    for (const [body, headers] of wrong) {
      const slow = await ask(KHATA, body, { ...headers, ...ROUTED });
      const quick = await ask(KHATA, body, headers);
      assert.ok(quick.isRouted && quick.answer.status >= 400, JSON.stringify(headers));
      assert.deepEqual(refusal(quick), refusal(slow));
    }
    assert.equal(posts, before);
  });

  it('see at once that an account may not any more', async () => {
    const token = await shop.signIn('staff', ['khata.post']);
    const authorization = `Bearer ${token}`;
    await ask(KHATA, entry);
    assert.equal((await ask(KHATA, entry, { authorization })).isRouted, false);
    const users = await shop.shop.store.users.list();
    const id = users.find(({ permissions }) => permissions.join() === 'khata.post')?.id ?? '';
    await shop.shop.store.users.change(id, { permissions: [] }, shop.by());
    assert.equal((await ask(KHATA, entry, { authorization })).answer.status, 403);
    await shop.shop.store.users.change(id, { isActive: false }, shop.by());
    assert.equal((await ask(KHATA, entry, { authorization })).answer.status, 401);
  });

  it('keep the id that the caller gave, are counted, and leave one line', async () => {
    await ask(KHATA, entry);
    const count = () => shop.shop.meters.requests.countOf('POST', KHATA, 201);
    const before = count();
    const { id, isRouted } = await ask(KHATA, entry, { 'x-request-id': 'mine-12345678' });
    const [line, ...others] = await loggedLine('mine-12345678');
    assert.deepEqual([id, isRouted, count(), others], ['mine-12345678', false, before + 1, []]);
    const { time, ms, ...said } = line as Record<string, unknown>;
    assert.ok(typeof time === 'number' && typeof ms === 'number');
    assert.deepEqual(said, {
      level: 30,
      request_id: 'mine-12345678',
      method: 'POST',
      path: KHATA,
      status: 201,
      msg: 'request',
    });
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await ask(KHATA, entry)).id));
    assert.equal(new Set(ids).size, 20);
  });

  it('go the whole way with whatever is special about them', async () => {
    await ask(KHATA, entry);
    const special: [string, unknown, Record<string, string>][] = [
      [KHATA, entry, { 'if-match': 'x' }],
      [KHATA, entry, { 'content-type': 'text/plain' }],
      [KHATA, JSON.stringify(entry).padEnd(17_000), {}],
      [`${KHATA}?x=1`, entry, {}],
      [`${KHATA}/`, entry, {}],
    ];
    for (const [path, body, headers] of special)
      assert.ok((await ask(path, body, headers)).isRouted, JSON.stringify([path, headers]));
  });

  it('that are cut off harm nobody and take no place', async () => {
    await ask(KHATA, entry);
    const open = () =>
      shop.shop.meters.read().find(({ name }) => name === 'swati_requests_open')?.samples[0]?.value;
    const before = posts;
    const head = `POST ${KHATA} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${shop.adminToken}\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"amount"`;
    await new Promise<void>((resolve) => {
      const socket = connect(Number(new URL(app.origin).port), '127.0.0.1', () => {
        socket.write(head, () => setTimeout(() => socket.destroy(), 50));
      });
      socket.on('close', () => resolve());
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual([open(), posts], [0, before]);
    assert.equal((await ask(KHATA, entry)).isRouted, false);
  });

  it('are only those whose handlers look at nothing but the body and who asks', async () => {
    const often = allRoutes(shop.shop).filter((route) => route.often);
    assert.deepEqual(often.map(({ path }) => path).sort(), Object.keys(bodies).sort());
    const mayBeRead = ['body', 'by', 'wrote', 'versioned'];
    for (const { path, handle, ...route } of often) {
      assert.ok(route.method === 'POST' && route.access.includes('.') && route.body && route.reply, path);
      const { rate, bodyOptional, ticket, untilChanged, repeatable, bodyLimit } = route;
      const special = [rate, bodyOptional, ticket, untilChanged, repeatable, bodyLimit];
      assert.ok(
        special.every((value) => value === undefined),
        path,
      );
      const by = shop.by();
      let reads = 0;
      const call = new Proxy(
        { body: bodies[path], wrote: ({ value }: { value: unknown }) => value, versioned: () => undefined },
        {
          get: (target, name) => {
            assert.ok(mayBeRead.includes(String(name)), `${path} looks at ${String(name)}`);
            if (name !== 'by') return target[name as keyof typeof target];
            reads++;
            return by;
          },
        },
      );
      await (handle as (call: unknown) => unknown)(call);
      assert.equal(reads, 1, path);
    }
  });

  it('close their connection once the shop stops, and are left to the routes', async () => {
    await ask(KHATA, entry);
    instead = () => {
      app.stop();
      return Promise.reject(refuse('busy'));
    };
    const last = await ask(KHATA, entry);
    assert.deepEqual([last.isRouted, last.answer.headers.connection], [false, 'close']);
    assert.ok((await ask(KHATA, entry)).isRouted);
  });
});
