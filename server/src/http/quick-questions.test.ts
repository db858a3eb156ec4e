// A question that is answered past the framework gets the answer of the routes: the same bytes and headers.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { openSharedTestShop } from '../../test/shared-test-shop.ts';
import { packedStoneModel, putStoneModel } from '../../test/stone-models.ts';
import type { TestShop } from '../../test/test-shop.ts';
import { ORIGINS, openWatchedApp, ROUTED, type WatchedApp } from '../../test/watched-app.ts';
import { allRoutes } from '../app.ts';

const PATH = '/api/predictions/diamond';
const STONE = { carat: 1, cut: 'Ideal', color: 'E', clarity: 'VS1' };

describe('questions past the framework', () => {
  let shop: TestShop;
  let app: WatchedApp;

  before(async () => {
    shop = await openSharedTestShop();
    await putStoneModel(shop, 'diamond-4c', await packedStoneModel('diamond-4c', true, 2));
    app = await openWatchedApp(shop);
  });
  after(async () => {
    await app.close();
    await shop.close();
  });

  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    app.ask(PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const open = () =>
    shop.shop.meters.read().find(({ name }) => name === 'swati_requests_open')?.samples[0]?.value;
  /** Sends all of a question but its last byte; `finish` sends it and answers all that comes back. */
  async function begin() {
    const body = JSON.stringify(STONE);
    const socket = connect(Number(new URL(app.origin).port), '127.0.0.1');
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    socket.write(head + body.slice(0, -1));
    for (let n = 0; open() !== 1 && n < 400; n++) await new Promise((resolve) => setTimeout(resolve, 5));
    return {
      finish: () => {
        socket.write(body.slice(-1));
        return text(socket);
      },
      cut: () => socket.destroy(),
    };
  }

  it('have the bytes and headers of the routes, from pages of every origin', async () => {
    for (const from of [{}, { origin: ORIGINS[0] }, { origin: ORIGINS[1] }, { origin: 'null' }]) {
      const headers = from as Record<string, string>;
      await ask(STONE, headers);
      for (const stone of [STONE, { ...STONE, carat: '2.10' }, { ...STONE, explain: true }]) {
        const slow = await ask(stone, { ...headers, ...ROUTED });
        const quick = await ask(stone, headers);
        assert.deepEqual([slow.isRouted, quick.isRouted], [true, false]);
        assert.deepEqual(quick.answer, slow.answer);
        assert.match(quick.id ?? '', /^[\w-]{36}$/);
      }
    }
  });

  it('keep the id that the caller gave, and give each its own where none is given', async () => {
    await ask(STONE);
    assert.equal((await ask(STONE, { 'x-request-id': 'mine-12345678' })).id, 'mine-12345678');
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await ask(STONE)).id));
    assert.equal(new Set(ids).size, 20);
  });

  it('are refused as the routes refuse, with the id in the answer', async () => {
    await ask(STONE);
    const wrong = [
      '{"carat": ',
      '[]',
      '{}',
      'null',
      '{"__proto__": {}}',
      `{"a":${'['.repeat(99)}${']'.repeat(99)}}`,
    ];
    for (const body of [
      ...wrong,
      { ...STONE, carat: 0 },
      { ...STONE, cut: 'Best' },
      { ...STONE, carat: '5g' },
    ]) {
      const slow = await ask(body, ROUTED);
      const quick = await ask(body);
      assert.equal(quick.answer.status, 400, JSON.stringify(body));
      const [routed, early] = [slow, quick].map(({ answer, id }) => {
        const { request_id, ...error } = JSON.parse(answer.text).error;
        assert.equal(request_id, id);
        return { ...answer, text: error };
      });
      assert.deepEqual(early, routed);
    }
  });

  it('go the whole way with whatever is special about them', async () => {
    await ask(STONE);
    const special: [unknown, Record<string, string>][] = [
      [STONE, { authorization: 'Bearer nonsense' }],
      [STONE, { 'if-match': 'x' }],
      [STONE, { 'content-type': 'text/plain' }],
      [JSON.stringify(STONE).padEnd(17_000), {}],
    ];
    for (const [body, headers] of special)
      assert.ok((await ask(body, headers)).isRouted, JSON.stringify(headers));
  });

  it('are counted as requests of their route', async () => {
    await ask(STONE);
    const count = () => shop.shop.meters.requests.countOf('POST', PATH, 200);
    const before = count();
    assert.equal((await ask(STONE)).isRouted, false);
    assert.equal(count(), before + 1);
  });

  it('hold a place while they are under way alone, and those that are cut off harm nobody', async () => {
    await ask(STONE);
    const { cut } = await begin();
    assert.equal(open(), 1);
    cut();
    for (let n = 0; open() !== 0 && n < 400; n++) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(open(), 0);
    assert.equal((await ask(STONE)).isRouted, false);
  });

  it('are only those whose handlers look at nothing but the body', async () => {
    const quick = allRoutes(shop.shop).filter(({ byBody }) => byBody);
    assert.ok(quick.length > 0);
    for (const { path, method, access, rate, bodyOptional, handle } of quick) {
      assert.deepEqual([method, access, rate, bodyOptional], ['POST', 'public', undefined, undefined], path);
      const call = new Proxy(
        { body: STONE },
        {
          get: (target, name) =>
            name === 'body' ? target.body : assert.fail(`${path} looks at ${String(name)}`),
        },
      );
      await (handle as (call: unknown) => unknown)(call);
    }
  });

  it('close their connection once the shop stops, and are left to the routes', async () => {
    await ask(STONE);
    const { finish } = await begin();
    app.stop();
    const last = await finish();
    assert.match(last, /^HTTP\/1\.1 200 OK\r\n/);
    assert.match(last, /\r\nconnection: close\r\n/i);
    assert.ok((await ask(STONE)).isRouted);
  });
});
