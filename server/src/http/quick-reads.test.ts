// A read that is answered past the framework gets the answer of the routes: the same bytes and headers.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { addPiece } from '../../test/builders.ts';
import { openSharedTestShop } from '../../test/shared-test-shop.ts';
import type { TestShop } from '../../test/test-shop.ts';
import { ORIGINS, openWatchedApp, ROUTED, type WatchedApp } from '../../test/watched-app.ts';
import { allRoutes } from '../app.ts';
import { LiveCatalogue } from '../features/products/live-catalogue.ts';
import { RATES } from './rate-limit.ts';

const PATH = '/api/products';
const BROWSERS = { 'accept-encoding': 'gzip, deflate, br' };

let number = 0;
/** What nobody asked before, with the same pieces in its answer. */
const unasked = (query: string): string => `${PATH}?${query}${query === '' ? '' : '&'}n=${number++}`;

describe('reads past the framework', () => {
  let shop: TestShop;
  let app: WatchedApp;

  before(async () => {
    shop = await openSharedTestShop({ rateLimit: true, trustedProxies: ['127.0.0.1'] });
    for (const name of ['Ring & chain', 'अंगूठी', 'Ring 100%', 'Band'])
      await addPiece(shop, { name, description: 'सोने की अंगूठी '.repeat(20) });
    app = await openReadApp();
  });
  after(async () => {
    await app.close();
    await shop.close();
  });

  /** With the catalogue in its memory, and the heads of its answers known. */
  async function openReadApp(watch: (made: LiveCatalogue) => void = () => undefined): Promise<WatchedApp> {
    let catalogue: LiveCatalogue | undefined;
    const opened = await openWatchedApp(shop, ({ shop: given, logger }) => {
      catalogue = new LiveCatalogue(given, logger);
      watch(catalogue);
      return { catalogue };
    });
    await opened.ask(PATH);
    await catalogue?.settled();
    for (const from of [{}, { origin: ORIGINS[0] }, { origin: ORIGINS[1] }, { origin: 'null' }])
      await opened.ask(unasked(''), { headers: from as Record<string, string> });
    return opened;
  }

  const ask = (path: string, headers: Record<string, string> = {}) => app.ask(path, { headers });
  /** Of pieces that nobody changes; each time that the shop looks whether another machine did, one goes the whole way. */
  async function askQuick(query: string, headers: Record<string, string> = {}) {
    for (let n = 0; n < 5; n++) {
      const path = unasked(query);
      const answer = await ask(path, headers);
      if (!answer.isRouted) return { ...answer, path };
    }
    return assert.fail(`no answer to ${query} but by the routes`);
  }

  it('have the bytes and headers of the routes, in every form that callers take', async () => {
    for (const query of ['', 'search=ring', 'min_price=1&include_price=false', 'page=9', 'search=nothing']) {
      for (const encoding of ['gzip, br', 'gzip', 'br;q=0', 'identity']) {
        for (const from of [{}, { origin: ORIGINS[0] }, { origin: ORIGINS[1] }, { origin: 'null' }]) {
          const headers = { 'accept-encoding': encoding, ...from } as Record<string, string>;
          const quick = await askQuick(query, headers);
          const slow = await ask(quick.path, { ...headers, ...ROUTED });
          assert.equal(slow.isRouted, true, `${query} ${encoding}`);
          assert.deepEqual(quick.answer, slow.answer);
          assert.match(quick.id ?? '', /^[\w-]{36}$/);
        }
      }
    }
  });

  it('read an address as the routes do, however it is written', async () => {
    const texts = [
      'search=ring+%26+chain',
      'search=%E0%A4%85%E0%A4%82%E0%A4%97%E0%A5%82%E0%A4%A0%E0%A5%80',
      'search=band&search=ring',
      'search=ring%20100%25',
      'search=100%',
      'search=%E0%A4',
      'search',
      'search=&&=&ring',
      'search=ring?page=0',
      'page=1&page=2&per_page=1',
      '__proto__=1&constructor=2&toString=3',
      '?search=ring',
      Array.from({ length: 1_200 }, (_, n) => `a${n}=`)
        .join('&')
        .concat('&search=band'),
    ];
    for (const text of texts) {
      const quick = await askQuick(text);
      const slow = await ask(unasked(text), ROUTED);
      assert.equal(slow.isRouted, true, text);
      assert.deepEqual(quick.answer, slow.answer, text);
    }
  });

  it('leave to the routes what is asked again, which is then remembered', async () => {
    const { path, answer } = await askQuick('search=ring');
    const again = await ask(path);
    assert.deepEqual([again.isRouted, again.answer], [true, answer]);
    let remembered = await ask(path);
    for (let n = 0; remembered.isRouted && n < 5; n++) remembered = await ask(path);
    assert.deepEqual([remembered.isRouted, remembered.answer], [false, answer]);
  });

  it('show a change to the next request', async () => {
    const path = unasked('search=brand-new');
    assert.doesNotMatch((await ask(path)).answer.text, /Brand-new/);
    const id = await addPiece(shop, { name: 'Brand-new' });
    assert.match((await ask(path)).answer.text, /Brand-new/);
    assert.match((await ask(unasked('search=brand-new'))).answer.text, /Brand-new/);
    await shop.shop.store.products.remove(id, null, shop.by());
    assert.doesNotMatch((await ask(unasked('search=brand-new'))).answer.text, /Brand-new/);
  });

  it('are refused as the routes refuse, with the id in the answer', async () => {
    for (const query of ['page=0', 'page=-3&search=ring']) {
      const [quick, slow] = [await ask(unasked(query)), await ask(unasked(query), ROUTED)].map(
        ({ answer, id, isRouted }) => {
          const { request_id, ...error } = JSON.parse(answer.text).error;
          assert.deepEqual([request_id, isRouted, answer.status], [id, true, 400]);
          return { ...answer, text: error };
        },
      );
      assert.deepEqual(quick, slow);
    }
  });

  it('go the whole way with whatever is special about them', async () => {
    const special: Record<string, string>[] = [
      { authorization: 'Bearer nonsense' },
      { 'if-none-match': '"another"' },
      { 'x-forwarded-for': '203.0.113.9' },
      ROUTED,
      { origin: 'https://never-seen.example' },
    ];
    for (const headers of special)
      assert.ok((await ask(unasked(''), headers)).isRouted, JSON.stringify(headers));
    for (const path of [`${PATH}/?page=1`, `${PATH}/categories`]) assert.ok((await ask(path)).isRouted, path);
    const head = await app.ask(unasked(''), { method: 'HEAD' });
    assert.deepEqual([head.isRouted, head.answer.status, head.answer.text], [true, 200, '']);
  });

  it('keep the id that the caller gave, and are counted as requests of their route', async () => {
    const count = () => shop.shop.meters.requests.countOf('GET', PATH, 200);
    await askQuick('search=ring', BROWSERS);
    const before = count();
    const answer = await ask(unasked('search=ring'), { 'x-request-id': 'mine-12345678', ...BROWSERS });
    assert.deepEqual([answer.id, count()], ['mine-12345678', before + 1]);
  });

  it('hold a place while they are under way alone, and those that are cut off harm nobody', async () => {
    const open = () =>
      shop.shop.meters.read().find(({ name }) => name === 'swati_requests_open')?.samples[0]?.value;
    const port = Number(new URL(app.origin).port);
    await new Promise<void>((resolve) => {
      const lines = `GET ${unasked('')} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n`;
      const socket = connect(port, '127.0.0.1', () => socket.write(lines, () => socket.destroy()));
      socket.on('close', () => resolve());
    });
    await Promise.all(Array.from({ length: 30 }, () => ask(unasked('search=ring'), BROWSERS)));
    for (let n = 0; open() !== 0 && n < 400; n++) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(open(), 0);
    await askQuick('');
  });

  it('keep the order of requests that came at once on one connection', async () => {
    const port = Number(new URL(app.origin).port);
    const asked = ['search=ring&per_page=1', 'per_page=2', 'page=0', 'search=band&per_page=3'].map(unasked);
    const sent = asked.map((path, n) => {
      const encoding = n === 0 ? 'Accept-Encoding: br\r\n' : '';
      const end = n === asked.length - 1 ? 'Connection: close\r\n' : '';
      return `GET ${path} HTTP/1.1\r\nHost: x\r\nX-Request-Id: order-${n}-12345\r\n${encoding}${end}\r\n`;
    });
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(sent.join('')));
      socket.setEncoding('latin1').on('data', (part) => {
        received += part;
      });
      socket.on('end', () => resolve(received)).on('error', reject);
    });
    const ids = [...text.matchAll(/^x-request-id: (.*)\r$/gim)].map(([, id]) => id);
    assert.deepEqual(ids, ['order-0-12345', 'order-1-12345', 'order-2-12345', 'order-3-12345']);
  });

  it('are counted once where searching is limited, whichever way they went', async () => {
    const limited = await openReadApp();
    const search = (n: number, headers = {}) => limited.ask(unasked(`search=ring${n}`), { headers });
    let quick = 0;
    for (let n = 0; n < RATES.search.burst; n++) {
      // The routes refuse a page that is none after they have counted it.
      const { answer, isRouted } = await (n % 3 === 0
        ? limited.ask(unasked(`search=ring${n}&page=0`))
        : search(n, n % 3 === 1 ? {} : { 'if-none-match': '"another"' }));
      assert.equal(answer.status, n % 3 === 0 ? 400 : 200, `${n} of ${RATES.search.burst}`);
      if (!isRouted) quick++;
    }
    assert.ok(quick > RATES.search.burst / 4, `${quick} past the framework`);
    const refused = await search(999);
    assert.deepEqual([refused.answer.status, refused.isRouted], [429, true]);
    assert.equal((await limited.ask(unasked(''))).answer.status, 200);
    await limited.close();
  });

  it('are answered by the database while the memory has nothing, with no head kept from it', async () => {
    const limits = { pieces: 1, bytesPerPiece: 1, bytesInAll: 1 };
    const large = await openWatchedApp(shop, ({ shop: given, logger }) => ({
      catalogue: new LiveCatalogue(given, logger, limits),
    }));
    for (let n = 0; n < 3; n++) {
      const { isRouted, answer } = await large.ask(unasked('search=band'));
      assert.deepEqual([isRouted, answer.status], [true, 200]);
    }
    await large.close();
  });

  it('are only those that are open to all and the same for all', () => {
    const quick = allRoutes(shop.shop).filter(({ atOnce }) => atOnce);
    assert.deepEqual(
      quick.map(({ path }) => path),
      [PATH],
    );
    for (const { method, access, optionalUser, ticket, untilChanged, path } of quick) {
      assert.deepEqual([method, access], ['GET', 'public'], path);
      assert.deepEqual([optionalUser, ticket, untilChanged], [undefined, undefined, undefined], path);
    }
  });

  it('close their connection once the shop stops, and are left to the routes', async () => {
    let onListed = (): void => undefined;
    const stopped = await openReadApp((catalogue) => {
      const list = catalogue.listAtOnce.bind(catalogue);
      catalogue.listAtOnce = (...asked) => {
        const kept = list(...asked);
        if (kept) onListed();
        return kept;
      };
    });
    const read = () => stopped.ask(unasked('search=ring'), { headers: BROWSERS });
    onListed = () => stopped.stop();
    let last = await read();
    for (let n = 0; last.isRouted && n < 5; n++) last = await read();
    assert.deepEqual([last.isRouted, last.answer.headers.connection], [false, 'close']);
    for (let n = 0; n < 5; n++) assert.ok((await read()).isRouted);
    await stopped.close();
  });
});
