// Contract 2.3: publishing, removing, restoring, many at once, and who may do what.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addProduct, NEW_PIECE } from '../../../test/catalogue.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

const UNKNOWN = '0123456789abcdef01234567';
type Row = { id: string; status: string; success: boolean };

describe('publishing, removing and restoring pieces', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('publishes once, keeps the first instant, and clears it when taken off', async () => {
    const { id } = await addProduct(shop);
    const post = (verb: string) => shop.send('POST', `/api/products/${id}/${verb}`);
    const first = await post('publish');
    assert.equal(first.status, 200);
    assert.equal(first.body.message, 'Product published successfully');
    assert.equal(first.body.data.status, 'published');
    assert.equal(first.body.data.published_at, '2026-01-15T10:30:00.123Z');
    assert.equal(typeof first.body.data.current_price, 'number');
    shop.clock.now += 60_000;
    const again = await post('publish');
    assert.equal(again.body.data.published_at, '2026-01-15T10:30:00.123Z');
    assert.equal(again.body.data.version, first.body.data.version);
    const off = await post('unpublish');
    assert.equal(off.body.message, 'Product unpublished successfully');
    assert.equal(off.body.data.status, 'draft');
    assert.equal(off.body.data.published_at, null);
    const on = await shop.send('PUT', `/api/products/${id}`, { body: { status: 'published' } });
    assert.equal(on.body.data.published_at, '2026-01-15T10:31:00.123Z');
    const kept = await shop.send('PUT', `/api/products/${id}`, { body: { status: 'published', name: 'N' } });
    assert.equal(kept.body.data.published_at, '2026-01-15T10:31:00.123Z');
    const draft = await shop.send('PUT', `/api/products/${id}`, { body: { status: 'draft' } });
    assert.equal(draft.body.data.published_at, null);
    for (const bad of [UNKNOWN, 'abc']) {
      for (const verb of ['publish', 'unpublish', 'restore']) {
        const refused = await shop.send('POST', `/api/products/${bad}/${verb}`);
        assert.equal(refused.status, 404);
        assert.equal(refused.body.error.message, 'Product not found');
      }
    }
  });

  it('removes once, hides everywhere, and restores as it was', async () => {
    const { id } = await addProduct(shop, { name: 'Removed', status: 'published' });
    const path = `/api/products/${id}`;
    const done = await shop.send('DELETE', path);
    assert.equal(done.status, 200);
    assert.deepEqual(done.body, { success: true, message: 'Product deleted successfully' });
    assert.equal((await shop.send('DELETE', path)).status, 404);
    assert.equal((await shop.send('DELETE', '/api/products/abc')).status, 404);
    assert.equal((await shop.send('GET', path)).status, 404);
    assert.equal((await shop.send('PUT', path, { body: { name: 'x' } })).status, 404);
    assert.equal((await shop.send('POST', `${path}/publish`)).status, 404);
    for (const list of ['/api/products?search=Removed', '/api/products/admin?search=Removed&status=all']) {
      assert.equal((await shop.send('GET', list)).body.pagination.total, 0);
    }
    const removed = async (list: string) =>
      (await shop.send('GET', `${list}?removed=true`)).body.data.map((piece: { id: string }) => piece.id);
    assert.deepEqual(await removed('/api/products/admin'), [id]);
    // Nobody but who may see drafts.
    assert.ok(!(await removed('/api/products')).includes(id));
    const back = await shop.send('POST', `${path}/restore`);
    assert.equal(back.status, 200);
    assert.equal(back.body.message, 'Product restored successfully');
    assert.equal(back.body.data.is_active, true);
    assert.equal(back.body.data.status, 'published');
    assert.equal(back.body.data.version, 3);
    assert.equal((await shop.send('POST', `${path}/restore`)).body.data.version, 3);
    assert.equal((await shop.send('GET', path, { token: null })).status, 200);
  });

  it('lists by status for those who may read drafts', async () => {
    const total = async (query: string) =>
      (await shop.send('GET', `/api/products/admin${query}`)).body.pagination.total;
    const draft = await total('?status=draft');
    const published = await total('?status=published');
    assert.ok(draft > 0 && published > 0);
    for (const query of ['', '?status=', '?status=all']) assert.equal(await total(query), draft + published);
    for (const status of ['Draft', 'deleted', '1', '$ne', "' OR 1=1"]) {
      const refused = await shop.send('GET', `/api/products/admin?status=${encodeURIComponent(status)}`);
      assert.equal(refused.status, 400);
      assert.equal(refused.body.error.message, 'Invalid status filter');
      assert.match(refused.body.error.details, /draft.*published/);
    }
    assert.equal(
      (await shop.send('GET', '/api/products/admin?page=0')).body.error.message,
      'Invalid page number',
    );
  });

  it('does the same to many, answering for each', async () => {
    const pieces = await Promise.all([addProduct(shop), addProduct(shop), addProduct(shop)]);
    const ids = pieces.map((piece) => piece.id);
    const bulk = (body: unknown) => shop.send('POST', '/api/products/bulk', { body });
    assert.equal((await bulk({ ids: ids.slice(0, 1), action: 'publish' })).body.data[0].changed, true);
    const published = await bulk({ ids: [...ids, UNKNOWN], action: 'publish' });
    assert.deepEqual(
      published.body.data.map((row: { changed?: boolean }) => row.changed),
      [false, true, true, undefined],
      'the first stood so already',
    );
    assert.equal(published.status, 200);
    assert.equal(published.body.count, 3);
    assert.equal(published.body.message, '3 of 4 products published');
    assert.deepEqual(
      published.body.data.map((row: Row) => [row.id, row.success, row.status]),
      [...ids.map((id) => [id, true, 'published']), [UNKNOWN, false, undefined]],
    );
    assert.deepEqual(published.body.data[3].error, {
      code: 404,
      type: 'product_not_found',
      message: 'Product not found',
    });
    for (const id of ids)
      assert.equal((await shop.send('GET', `/api/products/${id}`, { token: null })).status, 200);
    assert.equal((await bulk({ ids, action: 'unpublish' })).body.count, 3);
    assert.equal((await bulk({ ids, action: 'delete' })).body.count, 3);
    const twice = await bulk({ ids: ids.map((id) => id.toUpperCase()), action: 'delete' });
    assert.equal(twice.body.count, 0);
    assert.equal((await bulk({ ids, action: 'publish' })).body.count, 0);
    assert.equal((await bulk({ ids, action: 'restore' })).body.count, 3);
  });

  it('edits many at once, each with its own answer, and takes every field back by the values of before', async () => {
    const [a, b] = [
      await addProduct(shop, { category: 'Ring' }),
      await addProduct(shop, { category: 'Tika' }),
    ];
    const edit = (ids: string[], changes: object) =>
      shop.send('POST', '/api/products/bulk', { body: { ids, action: 'edit', changes } });
    const gone = 'f'.repeat(24);
    const changes = {
      category: 'Necklace',
      making_charge: { type: 'percent', value: 12.5 },
      stock_quantity: 3,
    };
    const { status, body } = await edit([a.id, gone, b.id], changes);
    assert.equal(status, 200);
    assert.equal(body.message, '2 of 3 products changed');
    assert.deepEqual(
      body.data.map((result: { success: boolean; error?: { type: string } }) => result.error?.type ?? true),
      [true, 'product_not_found', true],
    );
    for (const { id } of [a, b]) {
      const { data } = (await shop.send('GET', `/api/products/${id}`)).body;
      assert.deepEqual(
        [data.weight, data.category, data.making_charge, data.stock_quantity],
        [NEW_PIECE.weight, ...Object.values(changes)],
      );
    }
    // Another status needs another permission, and is no part of an edit.
    assert.equal((await edit([a.id], { making_charge: null, status: 'published' })).status, 200);
    assert.equal((await shop.send('GET', `/api/products/${a.id}`)).body.data.status, 'draft');
    assert.equal((await shop.send('GET', `/api/products/${a.id}`)).body.data.making_charge, null);
  });

  it('refuses an edit of nothing, of what is each piece own, and of what no piece may have', async () => {
    const { id } = await addProduct(shop);
    for (const [changes, field] of [
      [undefined, 'changes'],
      [{}, 'changes'],
      [{ name: 'All alike', weight: 1, status: 'published' }, 'changes'],
      [{ category: 'Hat' }, 'changes.category'],
      [{ stock_quantity: -1 }, 'changes.stock_quantity'],
      [{ base_price: 'much' }, 'changes.base_price'],
      [[], 'changes'],
    ] as const) {
      const { status, body } = await shop.send('POST', '/api/products/bulk', {
        body: { ids: [id], action: 'edit', ...(changes === undefined ? {} : { changes }) },
      });
      assert.equal(status, 400, JSON.stringify(changes));
      assert.ok(body.error.details[field], `${field}: ${JSON.stringify(body.error.details)}`);
    }
    assert.equal((await shop.send('GET', `/api/products/${id}`)).body.data.version, 1);
  });

  it('refuses a bulk request that says not what to whom', async () => {
    const { id } = await addProduct(shop);
    for (const [body, field] of [
      [{ action: 'publish' }, 'ids'],
      [{ ids: [], action: 'publish' }, 'ids'],
      [{ ids: id, action: 'publish' }, 'ids'],
      [{ ids: Array.from({ length: 501 }, () => id), action: 'publish' }, 'ids'],
      [{ ids: [id, 'abc'], action: 'publish' }, 'ids.1'],
      [{ ids: [id, { $ne: 1 }], action: 'publish' }, 'ids.1'],
      [{ ids: [id] }, 'action'],
      [{ ids: [id], action: 'burn' }, 'action'],
    ] as const) {
      const { status, body: refused } = await shop.send('POST', '/api/products/bulk', { body });
      assert.equal(status, 400, JSON.stringify(body).slice(0, 80));
      assert.equal(refused.error.message, 'Validation error');
      assert.ok(refused.error.details[field], field);
    }
    assert.equal((await shop.send('GET', `/api/products/${id}`)).body.data.version, 1);
  });

  it('writes to the journal who did what, with the changed fields only', async () => {
    const { id } = await addProduct(shop, { name: 'Journalled' });
    await shop.send('PUT', `/api/products/${id}`, { body: { name: 'Renamed', base_price: 25000 } });
    await shop.send('POST', `/api/products/${id}/publish`);
    await shop.send('POST', '/api/products/bulk', { body: { ids: [id], action: 'delete' } });
    await shop.send('POST', `/api/products/${id}/restore`);
    const entries = await shop.shop.store.journal.list({ subject: `product:${id}` }, 10);
    assert.deepEqual(
      entries.map((entry) => entry.action),
      ['product.restored', 'product.removed', 'product.published', 'product.changed', 'product.created'],
    );
    assert.deepEqual(entries[3]?.before, { name: 'Journalled' });
    assert.deepEqual(entries[3]?.after, { name: 'Renamed' });
  });
});

describe('who may do what in the catalogue', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('keeps out strangers (401) and accounts without the permission (403), before looking at the body', async () => {
    const { id } = await addProduct(shop);
    const calls: [string, string][] = [
      ['GET', '/api/products/admin'],
      ['POST', '/api/products'],
      ['PUT', `/api/products/${id}`],
      ['DELETE', `/api/products/${id}`],
      ['POST', `/api/products/${id}/publish`],
      ['POST', `/api/products/${id}/unpublish`],
      ['POST', `/api/products/${id}/restore`],
      ['POST', '/api/products/bulk'],
    ];
    const tokens = [await shop.signIn('user'), await shop.signIn('staff')];
    for (const [method, path] of calls) {
      const stranger = await shop.send(method, path, { token: null });
      assert.equal(stranger.status, 401, `${method} ${path}`);
      assert.equal(stranger.body.error.message, 'Authentication required');
      for (const token of tokens) {
        const refused = await shop.send(method, path, { token });
        assert.equal(refused.status, 403, `${method} ${path}`);
        assert.equal(refused.body.error.message, 'Admin access required');
        assert.match(refused.body.error.details, /catalogue\./);
      }
    }
    assert.equal((await shop.send('GET', `/api/products/${id}`)).body.data.version, 1);
  });

  it('lets a writer write drafts but not publish, by any way', async () => {
    const token = await shop.signIn('staff', ['catalogue.write', 'catalogue.read_drafts']);
    const send = (method: string, path: string, body?: unknown) => shop.send(method, path, { token, body });
    const { body } = await send('POST', '/api/products', { ...NEW_PIECE, status: 'draft' });
    const path = `/api/products/${body.data.id}`;
    const refusals = [
      await send('POST', '/api/products', { ...NEW_PIECE, status: 'published' }),
      await send('PUT', path, { status: 'published' }),
      await send('POST', `${path}/publish`),
      await send('POST', '/api/products/bulk', { ids: [body.data.id], action: 'publish' }),
    ];
    for (const refused of refusals) {
      assert.equal(refused.status, 403);
      assert.match(refused.body.error.details, /catalogue\.publish/);
    }
    assert.equal((await send('PUT', path, { ...NEW_PIECE, name: 'Form', status: 'draft' })).status, 200);
    await shop.send('POST', `${path}/publish`);
    assert.equal((await send('PUT', path, { status: 'draft' })).status, 403);
    assert.equal((await send('PUT', path, { name: 'Form 2', status: 'published' })).status, 200);
    assert.equal(
      (await send('POST', '/api/products/bulk', { ids: [body.data.id], action: 'unpublish' })).status,
      403,
    );
    assert.equal(
      (await send('POST', '/api/products/bulk', { ids: [body.data.id], action: 'delete' })).status,
      200,
    );
  });

  it('lets a publisher publish but not write', async () => {
    const { id } = await addProduct(shop);
    const token = await shop.signIn('staff', ['catalogue.publish']);
    const bulk = (action: string) =>
      shop.send('POST', '/api/products/bulk', { token, body: { ids: [id], action } });
    assert.equal((await bulk('publish')).status, 200);
    assert.equal((await bulk('delete')).status, 403);
    assert.equal((await shop.send('PUT', `/api/products/${id}`, { token, body: { name: 'x' } })).status, 403);
    assert.equal((await shop.send('POST', `/api/products/${id}/unpublish`, { token })).status, 200);
  });
});
