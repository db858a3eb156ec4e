// Contract 2.3: what the public sees of the catalogue.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addProduct, recordRate } from '../../../test/catalogue.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { CATEGORIES } from '../../domain/product.ts';

const UNKNOWN = '0123456789abcdef01234567';

describe('products, as the public sees them', () => {
  let shop: TestShop;
  const publicly = (path: string) => shop.send('GET', path, { token: null });
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('lists the categories', async () => {
    const { status, body } = await publicly('/api/products/categories');
    assert.equal(status, 200);
    assert.deepEqual(body, { success: true, data: [...CATEGORIES] });
  });

  it('answers an empty page', async () => {
    const { status, body } = await publicly('/api/products');
    assert.equal(status, 200);
    assert.deepEqual(body, {
      success: true,
      data: [],
      pagination: { page: 1, per_page: 20, total: 0, total_pages: 0, has_next: false, has_prev: false },
    });
  });

  it('shows published pieces only, newest first, by every route', async () => {
    const draft = await addProduct(shop, { name: 'Hidden' });
    const first = await addProduct(shop, { name: 'First', status: 'published' });
    shop.clock.now += 1000;
    const second = await addProduct(shop, { name: 'Second', status: 'published' });
    const { body } = await publicly('/api/products');
    assert.deepEqual(
      body.data.map((row: { id: string }) => row.id),
      [second.id, first.id],
    );
    assert.ok(!JSON.stringify(body).includes('Hidden'));
    const user = await shop.signIn('user');
    const reader = await shop.signIn('staff', ['catalogue.read_drafts']);
    for (const path of [`/api/products/${draft.id}`, `/api/products/${draft.id}/price`]) {
      for (const token of [null, user, 'forged.token.here']) {
        const { status, body: refused } = await shop.send('GET', path, { token });
        assert.equal(status, 404);
        assert.equal(refused.error.message, 'Product not found');
        assert.ok(refused.error.details.includes(draft.id));
      }
      assert.equal((await shop.send('GET', path, { token: reader })).status, 200);
    }
    for (const query of ['search=hidden', 'status=draft', 'status=all', 'category=Ring']) {
      const found = await publicly(`/api/products?${query}`);
      assert.ok(!found.text.includes('Hidden'), query);
    }
  });

  it('has every field of the contract, with its type', async () => {
    const { id } = await addProduct(shop, { name: 'Shape', status: 'published', stones_amount: 12.34 });
    const { body, headers } = await publicly(`/api/products/${id}/`);
    assert.deepEqual(body.data, {
      id,
      version: 1,
      name: 'Shape',
      category: 'Ring',
      base_price: 25000,
      weight: 5,
      gold_purity: '916',
      description: '',
      image_url: '',
      stock_quantity: 0,
      status: 'published',
      published_at: '2026-01-15T10:30:01.123Z',
      is_active: true,
      making_charge: null,
      stones_amount: 12.34,
      created_at: '2026-01-15T10:30:01.123Z',
      updated_at: '2026-01-15T10:30:01.123Z',
      current_price: 25000,
    });
    assert.match(headers.get('etag') ?? '', /^"1-/);
    const again = await shop.send('GET', `/api/products/${id}`, {
      token: null,
      headers: { 'if-none-match': headers.get('etag') ?? '' },
    });
    assert.equal(again.status, 304);
  });

  it('answers 404 for a bad, unknown or removed id', async () => {
    const removed = await addProduct(shop, { status: 'published' });
    await shop.send('DELETE', `/api/products/${removed.id}`);
    for (const id of ['abc', UNKNOWN, removed.id, 'constructor', "1' OR '1'='1"]) {
      for (const tail of ['', '/price']) {
        const { status, body } = await publicly(`/api/products/${encodeURIComponent(id)}${tail}`);
        assert.equal(status, 404, id);
        assert.equal(body.error.message, 'Product not found');
        assert.ok(body.error.details.includes(id));
      }
    }
    const upper = await addProduct(shop, { status: 'published' });
    assert.equal((await publicly(`/api/products/${upper.id.toUpperCase()}`)).status, 200);
  });

  it('pages, caps per_page and refuses a page below 1', async () => {
    const two = await publicly('/api/products?page=2&per_page=1');
    assert.equal(two.body.data.length, 1);
    assert.equal(two.body.pagination.has_prev, true);
    const beyond = await publicly('/api/products?page=999');
    assert.deepEqual(beyond.body.data, []);
    assert.equal(beyond.body.pagination.has_next, false);
    assert.equal(beyond.body.pagination.has_prev, true);
    for (const [sent, got] of [
      ['0', 20],
      ['-5', 20],
      ['1000', 100],
      ['x', 20],
      ['7', 7],
    ] as const) {
      assert.equal((await publicly(`/api/products?per_page=${sent}`)).body.pagination.per_page, got);
    }
    assert.equal((await publicly('/api/products?page=x')).body.pagination.page, 1);
    for (const page of ['0', '-1']) {
      const { status, body } = await publicly(`/api/products?page=${page}`);
      assert.equal(status, 400);
      assert.equal(body.error.message, 'Invalid page number');
      assert.equal(body.error.details, 'Page number must be greater than 0');
    }
  });

  it('filters by category, price and weight in both spellings, inclusive', async () => {
    await addProduct(shop, {
      name: 'Filtered',
      category: 'Tika',
      base_price: 1000.5,
      weight: 2.125,
      status: 'published',
    });
    const names = async (query: string): Promise<string[]> =>
      (await publicly(`/api/products?category=Tika&${query}`)).body.data.map(
        (row: { name: string }) => row.name,
      );
    for (const query of [
      '',
      'min_price=1000.5',
      'price_min=1000.50',
      'max_price=1000.5',
      'price_max=1000.501',
      'min_weight=2.125',
      'weight_min=2.1249999',
      'max_weight=2.125',
      'weight_max=1e3',
      'min_price=abc',
      'min_price=NaN',
      'max_price=Infinity',
      'max_price=-Infinity',
      'max_price=1e308',
      'min_price=-1e308',
      'min_price=0x7fffffff',
      'min_price=',
      'min_price=$gt',
    ]) {
      assert.deepEqual(await names(query), ['Filtered'], query);
    }
    for (const query of [
      'min_price=1000.51',
      'min_price=1000.501',
      'price_max=1000.49',
      'max_price=1000.499',
      'weight_min=2.126',
      'max_weight=2.124',
      'min_price=1e308',
      'max_price=-1',
    ]) {
      assert.deepEqual(await names(query), [], query);
    }
    for (const category of ['tika', 'Unknown', '%', "' OR 1=1 --"]) {
      const { status, body } = await publicly(`/api/products?category=${encodeURIComponent(category)}`);
      assert.equal(status, 200);
      assert.deepEqual(body.data, []);
    }
  });

  it('has current_price in lists and details unless it is not wanted', async () => {
    const { id } = await addProduct(shop, { name: 'Priced', status: 'published' });
    for (const path of [`/api/products/${id}`, '/api/products?search=Priced']) {
      const joiner = path.includes('?') ? '&' : '?';
      const one = (body: { data: unknown }) => [body.data].flat()[0] as Record<string, unknown>;
      assert.equal(one((await publicly(path)).body).current_price, 25000);
      assert.equal(one((await publicly(`${path}${joiner}include_price=true`)).body).current_price, 25000);
      assert.ok(!('current_price' in one((await publicly(`${path}${joiner}include_price=FALSE`)).body)));
    }
  });

  it('never fails on a query sent twice or with odd names', async () => {
    for (const query of [
      'search=a&search=b',
      'category=Ring&category=Tika',
      'page=1&page=2',
      'page[$gt]=1',
      '__proto__=1',
      'search[]=a',
      'search=%00',
      'search=%F0%9F%92%8D',
      'search=%ED%A0%80',
    ]) {
      const { status } = await publicly(`/api/products?${query}`);
      assert.ok(status === 200 || status === 400, `${query}: ${status}`);
    }
  });
});

describe('the price of a piece over HTTP', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('is the list price while no rate is recorded, and follows the rate from then on', async () => {
    const { id } = await addProduct(shop, { status: 'published' });
    const before = await shop.send('GET', `/api/products/${id}/price`, { token: null });
    assert.equal(before.status, 200);
    assert.equal(before.body.data.current_price, 25000);
    assert.equal(before.body.data.rate, null);
    assert.match(before.body.data.lines[0].rule, /no gold rate is recorded/);
    const oldTag = (await shop.send('GET', `/api/products/${id}`)).headers.get('etag');

    await recordRate(shop, '916', 6500);
    const { body } = await shop.send('GET', `/api/products/${id}/price`, { token: null });
    assert.equal(body.data.current_price, 37375);
    assert.equal(body.data.rate.price_per_gram, 6500);
    assert.equal(body.data.fine_weight, 4.58);
    assert.equal(body.data.currency, 'INR');
    assert.deepEqual(
      body.data.lines.map((line: { part: string; amount: number }) => [line.part, line.amount]),
      [
        ['metal', 32500],
        ['making', 4875],
      ],
    );
    const read = await shop.send('GET', `/api/products/${id}`);
    assert.equal(read.body.data.current_price, 37375);
    assert.notEqual(read.headers.get('etag'), oldTag, 'the ETag changes with the rate');
    const list = await shop.send('GET', '/api/products', { token: null });
    assert.equal(list.body.data[0].current_price, 37375);
    const changed = await shop.send('PUT', `/api/products/${id}`, {
      body: { stones_amount: 0.01 },
      headers: { 'if-match': oldTag ?? '' },
    });
    assert.equal(changed.status, 200, 'If-Match compares the version of the piece alone');
    assert.equal(changed.body.data.current_price, 37375.01);
  });

  it('takes the making charge of the piece or of the shop', async () => {
    const { id } = await addProduct(shop, {
      status: 'published',
      making_charge: { type: 'per_gram', value: 450.5 },
    });
    const path = `/api/products/${id}`;
    assert.equal((await shop.send('GET', path)).body.data.current_price, 32500 + 2252.5);
    await shop.send('PUT', path, { body: { making_charge: { type: 'fixed', value: 0 } } });
    assert.equal((await shop.send('GET', path)).body.data.current_price, 32500);
    await shop.send('PUT', path, { body: { making_charge: null } });
    const { value: settings } = await shop.shop.store.settings.change(
      { makingCharge: { kind: 'percent', basisPoints: 1000 } },
      null,
      shop.by(),
    );
    assert.equal(settings.version, 2);
    assert.equal((await shop.send('GET', path)).body.data.current_price, 35750);
    assert.match(
      (await shop.send('GET', `${path}/price`)).body.data.lines[1].rule,
      /10% of the metal value \(the shop's rule\)/,
    );
  });

  it('answers a repeat with the price of the first time', async () => {
    const send = () =>
      shop.send('POST', '/api/products', {
        body: { name: 'Once', category: 'Ring', base_price: 1, weight: 5 },
        headers: { 'idempotency-key': 'once' },
      });
    const first = await send();
    await recordRate(shop, '916', 6600);
    shop.clock.now += 60_000;
    const second = await send();
    assert.equal(first.status, 201);
    assert.equal(second.text, first.text);
    assert.equal((await shop.send('GET', '/api/products/admin?search=once')).body.pagination.total, 1);
  });

  it('is not sent again to whoever has it, though the time has gone on', async () => {
    const { id } = await addProduct(shop, { status: 'published' });
    const ask = async (tag = '') => {
      const headers = { 'if-none-match': tag };
      const answer = await shop.send('GET', `/api/products/${id}/price`, { token: null, headers });
      return { ...answer, tag: answer.headers.get('etag') ?? '' };
    };
    const first = await ask();
    assert.match(first.tag, /^W\/"/, 'the time in it is another one');
    shop.clock.now += 60_000;
    const same = await ask(first.tag);
    assert.deepEqual([same.status, same.text, same.tag], [304, '', first.tag]);
    assert.ok((await ask()).body.data.as_of > first.body.data.as_of);
    await recordRate(shop, '916', 6501);
    assert.equal((await ask(first.tag)).status, 200);
  });
});
