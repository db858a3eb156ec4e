// An answer that is sent before the routes is the answer of the routes: the same bytes and headers, or none.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { addPiece } from '../../test/builders.ts';
import { openSharedTestShop } from '../../test/shared-test-shop.ts';
import type { TestShop } from '../../test/test-shop.ts';
import { ORIGINS, openWatchedApp, ROUTED, type WatchedApp } from '../../test/watched-app.ts';
import { LiveCatalogue } from '../features/products/live-catalogue.ts';

describe('answers before the routes', () => {
  let shop: TestShop;
  let app: WatchedApp;

  before(async () => {
    shop = await openSharedTestShop();
    for (let n = 0; n < 5; n++) await addPiece(shop, { description: 'सोने की अंगूठी '.repeat(20) });
    let catalogue: LiveCatalogue | undefined;
    app = await openWatchedApp(shop, ({ shop: given, logger }) => {
      catalogue = new LiveCatalogue(given, logger);
      return { catalogue };
    });
    await ask('/api/products');
    await catalogue?.settled();
  });
  after(async () => {
    await app.close();
    await shop.close();
  });

  const ask = (path: string, headers: Record<string, string> = {}) => app.ask(path, { headers });

  it('have the bytes and headers of the routes, in every form that callers take', async () => {
    const piece = await addPiece(shop);
    for (const path of ['/api/products', '/api/products?page=2&per_page=2', `/api/products/${piece}`]) {
      for (const encoding of ['gzip, br', 'gzip', 'identity']) {
        for (const from of [{}, { origin: ORIGINS[0] }, { origin: ORIGINS[1] }, { origin: 'null' }]) {
          const headers = { 'accept-encoding': encoding, ...from } as Record<string, string>;
          const slow = await ask(path, { ...headers, ...ROUTED });
          await ask(path, headers);
          const early = await ask(path, headers);
          assert.deepEqual([slow.isRouted, early.isRouted], [true, false], `${path} ${encoding}`);
          assert.deepEqual(early.answer, slow.answer);
        }
      }
    }
  });

  it('say 304 as the routes do', async () => {
    const { answer } = await ask('/api/products');
    const seen = { 'if-none-match': String(answer.headers.etag) };
    const slow = await ask('/api/products', { ...seen, ...ROUTED });
    const early = await ask('/api/products', seen);
    assert.deepEqual([early.isRouted, early.answer.status, early.answer.text], [false, 304, '']);
    assert.deepEqual(early.answer, slow.answer);
    assert.equal((await ask('/api/products', { 'if-none-match': '"another"' })).answer.status, 200);
  });

  it('say 304 to every form of a tag that the routes take, and to none that they do not', async () => {
    const { etag } = (await ask('/api/products')).answer.headers;
    const tag = String(etag).replace('W/', '');
    const lists = [tag, `W/${tag}`, '*', `"a", ${tag}`, `W/"a" , W/${tag},"b"`, ` ${tag}`];
    for (const seen of [...lists, '"a", "b"', tag.slice(1), `${tag}-`, 'W/"a"', `w/${tag}`]) {
      const slow = await ask('/api/products', { 'if-none-match': seen, ...ROUTED });
      const early = await ask('/api/products', { 'if-none-match': seen });
      assert.equal(slow.answer.status, lists.includes(seen) ? 304 : 200, seen);
      assert.deepEqual([early.isRouted, early.answer], [false, slow.answer], seen);
    }
  });

  it('say 304 again where the routes have said nothing else, and leave the first 200 to them', async () => {
    const path = '/api/products?per_page=3';
    const { tag, whole } = await ask(path, ROUTED).then(({ answer }) => ({
      tag: String(answer.headers.etag),
      whole: answer,
    }));
    const seen = { 'if-none-match': tag };
    const first = await ask(path, seen);
    const again = await ask(path, seen);
    assert.deepEqual([first.isRouted, again.isRouted, again.answer.status], [true, false, 304]);
    assert.deepEqual(again.answer, first.answer);
    const other = await ask(path, { 'if-none-match': '"another"' });
    assert.deepEqual([other.isRouted, other.answer], [true, whole]);
    assert.deepEqual((await ask(path)).answer, whole);
    assert.equal((await ask(path, seen)).isRouted, false);
    await addPiece(shop, { name: 'Between two' });
    const next = await ask(path, seen);
    assert.deepEqual([next.isRouted, next.answer.status], [true, 200]);
  });

  it('are for GET alone', async () => {
    const { answer } = await ask('/api/products');
    const head = await app.ask('/api/products', { method: 'HEAD' });
    assert.deepEqual([head.isRouted, head.answer.status, head.answer.text], [true, 200, '']);
    assert.equal(head.answer.headers.etag, answer.headers.etag);
  });

  it('carry the id of their own request', async () => {
    await ask('/api/products');
    assert.equal((await ask('/api/products', { 'x-request-id': 'id-of-mine-1' })).id, 'id-of-mine-1');
    const [one, other] = [await ask('/api/products'), await ask('/api/products')];
    assert.notEqual(one.id, other.id);
    assert.equal(one.isRouted || other.isRouted, false);
  });

  it('end with a change: the routes answer the next request, with what is new', async () => {
    await ask('/api/products');
    assert.equal((await ask('/api/products')).isRouted, false);
    const id = await addPiece(shop, { name: 'Brand new' });
    const next = await ask('/api/products');
    assert.equal(next.isRouted, true);
    assert.match(next.answer.text, /Brand new/);
    await ask(`/api/products/${id}`);
    await shop.shop.store.products.remove(id, null, shop.by());
    assert.equal((await ask(`/api/products/${id}`)).answer.status, 404);
  });

  it('of the catalogue are remembered once they are asked for again', async () => {
    await addPiece(shop);
    for (const isRouted of [true, true, false, false])
      assert.equal((await ask('/api/products')).isRouted, isRouted);
  });

  it('are for those alone who would get the same: a token leads to the routes where it matters', async () => {
    const id = await addPiece(shop);
    const token = { authorization: `Bearer ${shop.adminToken}` };
    for (const path of ['/api/products', `/api/products/${id}`]) {
      await ask(path);
      await ask(path);
      assert.equal((await ask(path)).isRouted, false);
    }
    assert.equal((await ask('/api/products', token)).isRouted, false);
    const own = await ask(`/api/products/${id}`, token);
    assert.deepEqual([own.isRouted, own.answer.headers['cache-control']], [true, 'private, no-cache']);
    assert.equal((await ask(`/api/products/${id}`)).answer.headers['cache-control'], 'no-cache');
  });

  it('are not heaped up behind an answer that its caller may never read: the routes count what waits', async () => {
    for (let n = 0; n < 3; n++) await ask('/api/products');
    const early = () =>
      shop.shop.meters.read().find(({ name }) => name === 'swati_early_answers_total')?.samples[0]?.value;
    const before = early() ?? 0;
    // As `ask` sends them, so that all of them are remembered.
    const line = (end: string) =>
      `GET /api/products HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, deflate\r\n${end}\r\n`;
    const socket = connect(Number(new URL(app.origin).port), '127.0.0.1');
    socket.write(line('').repeat(4) + line('Connection: close\r\n'));
    const answers = (await text(socket)).match(/HTTP\/1\.1 200 OK\r\n/g);
    assert.deepEqual([answers?.length, early()], [5, before + 1]);
  });

  it('are not given once the server is about to stop', async () => {
    await ask('/api/products');
    assert.equal((await ask('/api/products')).isRouted, false);
    app.stop();
    assert.equal((await ask('/api/products')).isRouted, true);
  });
});
