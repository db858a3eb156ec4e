// What memory answers is compared with what the store answers, byte for byte, after random changes by whoever can make
// them. The store's answers come from the same routes with a catalogue that may hold nothing.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { addPiece } from '../../../test/builders.ts';
import { addProduct, recordRate } from '../../../test/catalogue.ts';
import { CHANGES, type RandomShop, randomQuestion } from '../../../test/random-catalogue.ts';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { buildApp } from '../../app.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { aCustomer, aProduct } from '../../store/contract-suite/builders.ts';
import { dumpDatabase } from '../../store/sqlite/archive/dump.ts';
import { loadDatabase } from '../../store/sqlite/archive/load.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../store/store.ts';
import { seededRandom } from '../demo/seeded-random.ts';
import { LIMITS } from './catalogue-follower.ts';
import { LiveCatalogue } from './live-catalogue.ts';

const SILENT = pino({ level: 'silent' });
const NOTHING = { ...LIMITS, pieces: -1 };

interface Pair {
  catalogue: LiveCatalogue;
  memory: FastifyInstance;
  store: FastifyInstance;
}

async function openPair(shop: TestShop, overrides: Partial<TestShop['shop']> = {}): Promise<Pair> {
  const given = { ...shop.shop, ...overrides };
  const catalogue = new LiveCatalogue(given, SILENT);
  const pair = {
    catalogue,
    memory: await buildApp({ shop: given, logger: SILENT, catalogue }),
    store: await buildApp({
      shop: given,
      logger: SILENT,
      catalogue: new LiveCatalogue(given, SILENT, NOTHING),
    }),
  };
  await pair.store.inject('/api/products');
  return pair;
}

/** Until memory answers. */
async function warm({ catalogue, memory }: Pair): Promise<void> {
  for (let n = 0; n < 5 && catalogue.figures().state !== 'ready'; n++) {
    await memory.inject('/api/products');
    await catalogue.settled();
  }
  assert.equal(catalogue.figures().state, 'ready');
}

/** The parts of an answer that must not differ; the id of the request stands in refusals. */
async function ask(app: FastifyInstance, url: string) {
  const { statusCode, headers, body } = await app.inject({
    url,
    headers: { 'x-request-id': 'the-same-one' },
  });
  const { etag, 'cache-control': caching, 'content-type': type, 'content-length': length } = headers;
  return { statusCode, etag, caching, type, length, body };
}

async function compare(pair: Pair, url: string): Promise<void> {
  const memory = await ask(pair.memory, url);
  assert.deepEqual(memory, await ask(pair.store, url), url);
}

describe('the catalogue in memory', () => {
  let shop: TestShop;
  let pair: Pair;
  before(async () => {
    shop = await openTestShop({ accessTokenSeconds: 30 * 86_400 });
    pair = await openPair(shop);
  });
  after(async () => {
    await Promise.all([pair.memory.close(), pair.store.close()]);
    await shop.close();
  });

  for (const seed of [1, 2]) {
    it(`answers as the store does after random changes, also by another process (seed ${seed})`, async () => {
      const random = seededRandom(seed);
      const { store } = shop.shop;
      const other = await openSqliteStore({
        dataDir: shop.dataDir,
        now: shop.clock.now,
        onDeath: (error) => assert.fail(error),
      });
      const customer = aCustomer();
      await store.customers.add(customer, shop.by());
      const history: RandomShop = {
        random,
        store,
        clock: shop.clock,
        by: shop.by,
        products: [],
        customers: [customer.id],
        orders: [],
      };
      await warm(pair);
      const names = Object.keys(CHANGES);
      for (let step = 0; step < 80; step++) {
        const name = step < 8 ? 'new pieces' : random.pick(names);
        const writer = random.next() < 0.2 ? other : store;
        await CHANGES[name]?.({ ...history, store: writer }).catch((error: unknown) => {
          if (!(error instanceof ShopError)) throw error;
        });
        for (let n = 0; n < 3; n++) await compare(pair, randomQuestion(history));
        assert.equal(pair.catalogue.figures().state, 'ready', `after ${name}`);
      }
      await other.close();
    });
  }

  it('shows nothing of a draft or a removed piece, whoever asks', async () => {
    const { id } = await addProduct(shop, { name: 'Secret of the house', status: 'draft' });
    await warm(pair);
    for (const url of [`/api/products/${id}`, '/api/products?search=secret', '/api/products?per_page=100']) {
      assert.doesNotMatch((await pair.memory.inject(url)).body, /Secret/);
    }
    await shop.send('PUT', `/api/products/${id}`, { body: { status: 'published' } });
    assert.match((await pair.memory.inject(`/api/products/${id}`)).body, /Secret/);
    await shop.send('DELETE', `/api/products/${id}`);
    assert.equal((await pair.memory.inject(`/api/products/${id}`)).statusCode, 404);
    for (const url of ['/api/products?search=secret', '/api/products?removed=true&per_page=100']) {
      assert.doesNotMatch((await pair.memory.inject(url)).body, /Secret/);
    }
  });

  it('leaves a draft to those who may read it', async () => {
    const { id } = await addProduct(shop, { name: 'For the owner', status: 'draft' });
    const headers = { authorization: `Bearer ${shop.adminToken}` };
    const answer = await pair.memory.inject({ url: `/api/products/${id}`, headers });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['cache-control'], 'private, no-cache');
    assert.equal((await pair.memory.inject(`/api/products/${id}`)).statusCode, 404);
  });

  it('is found wrong by these comparisons when it does not hear of a change', async () => {
    const { store } = shop.shop;
    const stamp = store.journal.stamp();
    const deaf = await openPair(shop, {
      store: { ...store, journal: { ...store.journal, stamp: () => stamp } },
    });
    await warm(deaf);
    await addPiece(shop, { name: 'Unheard of' });
    await assert.rejects(compare(deaf, '/api/products'), assert.AssertionError);
    await Promise.all([deaf.memory.close(), deaf.store.close()]);
  });

  it('is another one after a restore: nothing of the replaced shop is shown', async () => {
    await addPiece(shop, { name: 'In the backup' });
    const dataDir = join(shop.dataDir, 'restored');
    const schema = (await shop.shop.store.info()).schemaVersion;
    await loadDatabase(dumpDatabase(join(shop.dataDir, 'shop.db')), { folder: dataDir, schema, at: 0 });
    await addPiece(shop, { name: 'After the backup' });
    const restored = await openSqliteStore({ dataDir, now: 0, onDeath: (error) => assert.fail(error) });
    let current: Store = shop.shop.store;
    const journal = {
      ...current.journal,
      stamp: () => `${current === restored} ${current.journal.stamp()}`,
      epoch: () => current.journal.epoch(),
      position: () => current.journal.position(),
      listAfter: (position: number, limit: number) => current.journal.listAfter(position, limit),
    };
    const store = new Proxy(current, {
      get: (_, name) => (name === 'journal' ? journal : Reflect.get(current, name)),
    });
    const restoring = await openPair(shop, { store });
    await warm(restoring);
    assert.match((await restoring.memory.inject('/api/products')).body, /After the backup/);
    current = restored;
    const url = '/api/products?per_page=100';
    assert.doesNotMatch((await restoring.memory.inject(url)).body, /After the backup/);
    await warm(restoring);
    await compare(restoring, url);
    await Promise.all([restoring.memory.close(), restoring.store.close()]);
    await restored.close();
  });

  it('follows in the background when it is far behind, and is right all the while', async () => {
    await warm(pair);
    const products = Array.from({ length: 600 }, () => aProduct());
    await shop.shop.store.imports.products(products, shop.by());
    await compare(pair, '/api/products?per_page=3');
    assert.equal(pair.catalogue.figures().state, 'behind');
    await warm(pair);
    await compare(pair, '/api/products?page=7&per_page=100');
  });

  it('leaves the answer to the store while it is being built, and where it is too large', async () => {
    const building = await openPair(shop);
    const first = await building.memory.inject('/api/products');
    assert.equal(first.statusCode, 200);
    assert.equal(building.catalogue.figures().state, 'building');
    await warm(building);
    await compare(building, '/api/products');
    const small = new LiveCatalogue(shop.shop, SILENT, { ...LIMITS, pieces: 2 });
    const app = await buildApp({ shop: shop.shop, logger: SILENT, catalogue: small });
    for (let n = 0; n < 3; n++) {
      assert.equal((await app.inject('/api/products')).body, (await pair.store.inject('/api/products')).body);
      await small.settled();
    }
    assert.deepEqual(small.figures(), { state: 'too large', pieces: 0 });
    await Promise.all([app.close(), building.memory.close(), building.store.close()]);
  });

  it('answers 304 where the caller has it, until a rate changes the prices', async () => {
    await warm(pair);
    for (const url of ['/api/products', `/api/products/${await addPiece(shop)}`]) {
      const { etag } = (await pair.memory.inject(url)).headers;
      const again = { url, headers: { 'if-none-match': String(etag) } };
      const same = await pair.memory.inject(again);
      assert.deepEqual([same.statusCode, same.body, same.headers.etag], [304, '', etag]);
      assert.equal((await pair.store.inject(again)).statusCode, 304);
      await recordRate(shop, '916', 6_000 + url.length);
      assert.equal((await pair.memory.inject(again)).statusCode, 200);
    }
  });

  it('is compressed as the caller takes it, with the same content', async () => {
    await warm(pair);
    const plain = await pair.memory.inject('/api/products');
    assert.equal(plain.headers['content-encoding'], undefined);
    const cases: [string, string | undefined][] = [
      ['gzip, deflate, br', 'br'],
      ['gzip;q=0.5, br;q=0', 'gzip'],
      ['deflate', undefined],
      ['br;q=0, gzip;q=0.0', undefined],
    ];
    for (const [accepted, expected] of cases) {
      const { headers, rawPayload } = await pair.memory.inject({
        url: '/api/products',
        headers: { 'accept-encoding': accepted },
      });
      assert.equal(headers['content-encoding'], expected, accepted);
      assert.match(String(headers.vary), /Accept-Encoding/);
      assert.equal(headers.etag, `${expected ? 'W/' : ''}${plain.headers.etag}`);
      assert.equal(headers['content-length'], String(rawPayload.length));
    }
    const fetched = await shop.send('GET', '/api/products', { token: null });
    assert.equal(fetched.text, (await pair.store.inject('/api/products')).body);
  });

  it('keeps no more answers than the memory has room for, under however many addresses a page is asked for', async () => {
    await addPiece(shop, { description: 'अ'.repeat(350_000) });
    await warm(pair);
    const numbers = { page: 1, perPage: 20, skip: 0, limit: 20 };
    let made = 0;
    const list = (key: string) =>
      pair.catalogue.list(key, () => {
        made++;
        return { filter: { status: 'published' }, numbers, withPrice: false };
      });
    for (let n = 0; n < 40; n++) await list(`/api/products?x=${n}`);
    assert.equal(made, 40);
    await list('/api/products?x=39');
    assert.equal(made, 40, 'the newest are kept');
    await list('/api/products?x=0');
    assert.equal(made, 41, 'the oldest made room');
  });
});
