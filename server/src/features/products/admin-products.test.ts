// Contract 2.3: adding and changing pieces.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addProduct, NEW_PIECE } from '../../../test/catalogue.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import type { ProductChangesBody } from '../../contract/product.ts';

const UNKNOWN = '0123456789abcdef01234567';

describe('adding and changing pieces', () => {
  let shop: TestShop;
  const add = (body: unknown) => shop.send('POST', '/api/products', { body });
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('adds a draft with the defaults, ignoring what is not for the caller to say', async () => {
    const { status, body, headers } = await add({
      ...NEW_PIECE,
      name: '  Plain ring ',
      id: UNKNOWN,
      is_active: false,
      current_price: 1,
      version: 77,
      published_at: '2020-01-01',
      shop_id: 'other',
      __proto__x: 1,
    });
    assert.equal(status, 201);
    assert.equal(body.message, 'Product created successfully');
    assert.notEqual(body.data.id, UNKNOWN);
    assert.equal(body.data.name, 'Plain ring');
    assert.equal(body.data.version, 1);
    assert.equal(body.data.status, 'draft');
    assert.equal(body.data.published_at, null);
    assert.equal(body.data.is_active, true);
    assert.equal(body.data.gold_purity, '916');
    assert.equal(body.data.current_price, 25000);
    assert.ok(Number(headers.get('x-journal-position')) > 0);
    assert.match(headers.get('etag') ?? '', /^"1-/);
  });

  it('takes every field as sent, and changes each alone', async () => {
    const fields: Required<Omit<ProductChangesBody, 'version'>> = {
      name: 'नथ "Peshwai" — 100% gold',
      category: 'Bridal Set',
      base_price: 10_000_000_000,
      weight: 0.001,
      gold_purity: 750,
      description: 'x'.repeat(5000),
      image_url: 'HTTPS://example.com/a.jpg?x=1',
      stock_quantity: 3,
      status: 'published',
      making_charge: { type: 'percent', value: 12.5 },
      stones_amount: 0.1,
    };
    const { status, body } = await add(fields);
    assert.equal(status, 201, JSON.stringify(body));
    const bare = (await add(NEW_PIECE)).body.data;
    for (const [field, value] of Object.entries({ ...fields, gold_purity: '750' })) {
      assert.deepEqual(body.data[field], value, field);
      assert.notDeepEqual(bare[field], value, field);
      const path = `/api/products/${bare.id}`;
      const changed = await shop.send('PUT', path, { body: { [field]: value } });
      assert.deepEqual(changed.body.data[field], value, field);
      assert.deepEqual((await shop.send('GET', path)).body.data[field], value, field);
    }
    assert.equal(body.data.published_at, '2026-01-15T10:30:00.123Z');
    assert.equal((await add({ ...NEW_PIECE, description: null, image_url: null })).body.data.description, '');
    // Older clients put the server's address before any path.
    const older = await add({ ...NEW_PIECE, image_url: '/images/ring.jpg' });
    assert.equal(older.body.data.image_url, '/images/ring.jpg');
    assert.equal((await add({ ...NEW_PIECE, base_price: 0 })).status, 201);
  });

  it('refuses a body that is no object with fields', async () => {
    for (const [body, message, type] of [
      ['{}', 'Request body is required', 'body_required'],
      ['[]', 'Request body is required', 'body_required'],
      ['null', 'Request body is required', 'body_required'],
      ['0', 'Request body is required', 'body_required'],
      ['[1]', 'Invalid JSON format', 'malformed_json'],
      ['7', 'Invalid JSON format', 'malformed_json'],
      ['"x"', 'Invalid JSON format', 'malformed_json'],
      ['{', 'Invalid JSON format', 'malformed_json'],
      ['', 'Invalid JSON format', 'malformed_json'],
    ] as const) {
      const answer = await shop.send('POST', '/api/products', {
        body,
        headers: { 'content-type': 'application/json' },
      });
      assert.equal(answer.status, 400, body);
      assert.equal(answer.body.error.message, message, body);
      assert.equal(answer.body.error.type, type, body);
      assert.ok(answer.body.error.details, body);
    }
    const form = new FormData();
    form.set('name', 'x');
    const { status, body } = await shop.send('POST', '/api/products', { body: form });
    assert.equal(status, 400);
    assert.equal(body.error.message, 'Invalid JSON format');
  });

  it('names every field that is wrong and what is allowed', async () => {
    const cases: [string, unknown, RegExp][] = [
      ['name', undefined, /given/],
      ['name', '', /given/],
      ['name', '   ', /blank/],
      ['name', 'x'.repeat(201), /200/],
      ['name', 7, /text/],
      ['name', { $ne: null }, /text/],
      ['category', undefined, /given/],
      [
        'category',
        'ring',
        /Nath, Pendant Set, Tika, Necklace, Earrings, Bangles, Ring, Bracelet, Bridal Set/,
      ],
      ['category', null, /./],
      ['category', ['Ring'], /./],
      ['base_price', undefined, /given/],
      ['weight', undefined, /given/],
      ['weight', 0, /greater than 0/],
      ['gold_purity', null, /916, 750, 585$/],
      ['gold_purity', '999', /916/],
      ['gold_purity', 916.5, /916/],
      ['gold_purity', true, /916/],
      ['description', 7, /text/],
      ['description', 'x'.repeat(5001), /5000/],
      ['image_url', 7, /text/],
      ['image_url', 'javascript:alert(1)', /http/],
      ['image_url', 'data:text/html,x', /http/],
      ['image_url', '//evil.example/x.png', /http/],
      ['image_url', 'https://x.example/a b', /http/],
      ['image_url', `/uploads/${'x'.repeat(500)}`, /500/],
      ['status', 'sold', /draft, published/],
      ['status', null, /text/],
      ['making_charge', 15, /object/],
      ['making_charge', {}, /./],
      ['making_charge', { type: 'free', value: 1 }, /./],
      ['making_charge', { type: 'percent', value: 1000.01 }, /1000/],
      ['making_charge', { type: 'fixed', value: 1.234 }, /2 decimals/],
    ];
    for (const [field, value, limit] of cases) {
      const { status, body } = await add({ ...NEW_PIECE, [field]: value });
      const about = `${field} ${JSON.stringify(value)}`.slice(0, 80);
      assert.equal(status, 400, about);
      const message = field === 'status' ? 'Database validation error' : 'Validation error';
      assert.equal(body.error.message, message, about);
      const named = Object.keys(body.error.details).find((key) => key.split('.')[0] === field);
      assert.ok(named, about);
      assert.match(body.error.details[named], limit, about);
    }
    const many = await add({ name: '', status: 'sold', weight: -1 });
    assert.equal(many.body.error.message, 'Validation error');
    assert.deepEqual(Object.keys(many.body.error.details).sort(), [
      'base_price',
      'category',
      'name',
      'status',
      'weight',
    ]);
  });

  it('refuses what is no number where a number is due, and never rounds what was typed', async () => {
    const wrong: unknown[] = [null, true, '1', '1.5', [1], {}, 'NaN', '1e3', '-0', -1, -0.01];
    const bad: Record<string, unknown[]> = {
      base_price: [...wrong, 0.001, 1e-7, 10_000_000_000.01, 2 ** 53],
      weight: [...wrong, 0, 0.0001, 1e-7, 1e-10, 5e-324, 100_000.001, 2 ** 53],
      stones_amount: [...wrong, 0.001, 1e-7, 10_000_000_000.01],
      stock_quantity: [...wrong, 0.5, 1e-7, 1_000_001, 2 ** 53],
    };
    for (const [field, values] of Object.entries(bad)) {
      for (const value of values) {
        const { status, body } = await add({ ...NEW_PIECE, [field]: value });
        assert.equal(status, 400, `${field} ${JSON.stringify(value)}`);
        assert.ok(body.error.details[field], `${field} ${JSON.stringify(value)}`);
      }
      for (const text of ['1e308', '1e309', '-1e308', 'NaN', 'Infinity']) {
        const body = JSON.stringify({ ...NEW_PIECE, [field]: 0 }).replace(
          `"${field}":0`,
          `"${field}":${text}`,
        );
        const { status } = await shop.send('POST', '/api/products', {
          body,
          headers: { 'content-type': 'application/json' },
        });
        assert.equal(status, 400, `${field} ${text}`);
      }
    }
    const noise = await add({ ...NEW_PIECE, base_price: 0.1 + 0.2, weight: 1.1 + 2.2, stock_quantity: 2 });
    assert.equal(noise.status, 201);
    assert.equal(noise.body.data.base_price, 0.3);
    assert.equal(noise.body.data.weight, 3.3);
    const zero = await shop.send('POST', '/api/products', {
      body: JSON.stringify({ ...NEW_PIECE, base_price: 0 }).replace('"base_price":0', '"base_price":-0'),
      headers: { 'content-type': 'application/json' },
    });
    assert.equal(zero.status, 201);
    assert.ok(!zero.text.includes(':-0'));
  });

  it('keeps hostile text as text', async () => {
    for (const name of [
      "Robert'); DROP TABLE products;--",
      '<script>alert(1)</script>',
      '{"$gt": ""}',
      '__proto__',
      'constructor',
      '%s%n%x',
      '../../etc/passwd',
      '#{7*7}',
      'a\u0000b',
      'é 👩‍💎 ‮ abc',
      'NEAR("a" "b") OR *',
    ]) {
      const { body } = await add({ ...NEW_PIECE, name, description: name });
      const read = await shop.send('GET', `/api/products/${body.data.id}`);
      assert.equal(read.body.data.name, name);
      assert.equal(read.body.data.description, name);
      const found = await shop.send('GET', `/api/products/admin?search=${encodeURIComponent(name)}`);
      assert.equal(found.body.data[0]?.id, body.data.id, name);
    }
  });

  it('changes any subset of the fields, and only those', async () => {
    const { id } = await addProduct(shop, { name: 'Before', description: 'kept', stock_quantity: 4 });
    const path = `/api/products/${id}`;
    shop.clock.now += 5000;
    const { status, body } = await shop.send('PUT', path, {
      body: { name: 'After', gold_purity: '585', is_active: false, current_price: 1, id: UNKNOWN },
    });
    assert.equal(status, 200);
    assert.equal(body.message, 'Product updated successfully');
    assert.deepEqual(
      { name: body.data.name, purity: body.data.gold_purity, active: body.data.is_active, id: body.data.id },
      { name: 'After', purity: '585', active: true, id },
    );
    assert.equal(body.data.description, 'kept');
    assert.equal(body.data.stock_quantity, 4);
    assert.equal(body.data.version, 2);
    assert.notEqual(body.data.updated_at, body.data.created_at);
    const nothing = await shop.send('PUT', path, { body: { is_active: false } });
    assert.equal(nothing.status, 200);
    assert.equal(nothing.body.data.version, 2);
    const empty = await shop.send('PUT', path, { body: {} });
    assert.equal(empty.body.error.message, 'Request body is required');
    assert.ok(empty.body.error.details);
    for (const bad of [
      { name: null },
      { base_price: '5' },
      { status: 'x' },
      { gold_purity: null },
      { weight: 0 },
    ]) {
      assert.equal((await shop.send('PUT', path, { body: bad })).status, 400, JSON.stringify(bad));
    }
    const cleared = await shop.send('PUT', path, { body: { description: null } });
    assert.equal(cleared.body.data.description, '');
    for (const unknown of [UNKNOWN, 'abc']) {
      const refused = await shop.send('PUT', `/api/products/${unknown}`, { body: { name: 'x' } });
      assert.equal(refused.status, 404);
      assert.equal(refused.body.error.message, 'Product not found');
    }
  });

  it('refuses a change made on an outdated version, and lets one of two at once win', async () => {
    const { id } = await addProduct(shop);
    const path = `/api/products/${id}`;
    const change = (base_price: number, version: number) =>
      shop.send('PUT', path, { body: { base_price, version } });
    const answers = await Promise.all([change(1, 1), change(2, 1), change(3, 1)]);
    assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 412, 412]);
    const late = await shop.send('PUT', path, { body: { name: 'x' }, headers: { 'if-match': '"1-abc"' } });
    assert.equal(late.status, 412);
    assert.equal(late.body.error.type, 'stale_version');
    assert.equal((await shop.send('DELETE', path, { headers: { 'if-match': '1' } })).status, 412);
    assert.equal(
      (await shop.send('POST', `${path}/publish`, { headers: { 'if-match': '"1"' } })).status,
      412,
    );
    assert.equal(
      (await shop.send('PUT', path, { body: { name: 'x' }, headers: { 'if-match': '*' } })).status,
      200,
    );
  });
});
