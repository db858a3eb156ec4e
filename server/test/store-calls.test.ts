// What a page of a list asks of the store and of the database does not grow with its rows, and no total is counted.

import assert from 'node:assert/strict';
import { StatementSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import type { Store } from '../src/store/store.ts';
import { fillShop } from './filled-shop.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

const ROWS = 24;

type Method = (this: StatementSync, ...args: never[]) => unknown;

/** The statements that this thread runs, by their text; the writer has a thread of its own. */
function listenToStatements(): { asked: string[]; stop: () => void } {
  const asked: string[] = [];
  const { get, all } = StatementSync.prototype;
  const heard = (method: Method): Method =>
    function (...args) {
      asked.push(this.sourceSQL);
      return method.apply(this, args);
    };
  Object.assign(StatementSync.prototype, { get: heard(get as Method), all: heard(all as Method) });
  return { asked, stop: () => void Object.assign(StatementSync.prototype, { get, all }) };
}

/** The calls of the store's methods, by name. */
function listenToCalls(store: Store): string[] {
  const called: string[] = [];
  for (const [part, methods] of Object.entries(store)) {
    if (typeof methods !== 'object') continue;
    for (const [name, method] of Object.entries(methods as Record<string, unknown>)) {
      if (typeof method !== 'function') continue;
      Object.assign(methods, {
        [name]: (...args: unknown[]) => {
          called.push(`${part}.${name}`);
          return method(...args);
        },
      });
    }
  }
  return called;
}

describe('what a request asks of the store', () => {
  let shop: TestShop;
  let statements: ReturnType<typeof listenToStatements>;
  let called: string[];
  let customerId = '';

  before(async () => {
    shop = await openTestShop();
    customerId = (await fillShop(shop, ROWS)).customer;
    statements = listenToStatements();
    called = listenToCalls(shop.shop.store);
  });
  after(async () => {
    statements.stop();
    await shop.close();
  });

  /** What was asked for a page of so many rows. */
  async function pageOf(path: string, size: string, rows: number) {
    const headers = { authorization: `Bearer ${shop.adminToken}` };
    const url = `${path}${path.includes('?') ? '&' : '?'}${size}=${rows}`;
    // The account is read once for many requests: the first of them is not what is counted.
    await shop.app.inject({ url, headers });
    statements.asked.length = 0;
    called.length = 0;
    const { statusCode, body } = await shop.app.inject({ url, headers });
    assert.equal(statusCode, 200, body);
    const { data } = JSON.parse(body) as { data: unknown[] | { transactions?: unknown[] } };
    const list = Array.isArray(data) ? data : (data.transactions ?? []);
    assert.equal(list.length, rows, `${url} has no ${rows} rows`);
    return { statements: [...statements.asked], calls: [...called] };
  }

  const LISTS: [path: string, size: string][] = [
    ['/api/products', 'per_page'],
    ['/api/products/admin', 'per_page'],
    ['/api/products/admin?status=published', 'per_page'],
    ['/api/orders', 'per_page'],
    ['/api/orders?status=pending', 'per_page'],
    ['/api/orders/customer/ID', 'per_page'],
    ['/api/sales', 'per_page'],
    ['/api/customers', 'limit'],
    ['/api/khata/transactions', 'limit'],
    ['/api/khata/transactions?customer_id=ID', 'limit'],
    ['/api/customers/ID/khata', 'limit'],
    ['/api/prices/gold/history', 'limit'],
    ['/api/journal', 'limit'],
  ];
  for (const [path, size] of LISTS) {
    it(`${path}: as much for 20 rows as for 2`, async () => {
      const address = path.replace('ID', customerId);
      const [few, many] = [await pageOf(address, size, 2), await pageOf(address, size, 20)];
      assert.deepEqual(many, few);
    });
  }

  it('is no count of rows, for the lists without a search', async () => {
    const counting: string[] = [];
    for (const [path, size] of LISTS) {
      const { statements: asked } = await pageOf(path.replace('ID', customerId), size, 2);
      if (asked.some((sql) => /\bcount\(\*\)/i.test(sql))) counting.push(path);
    }
    assert.deepEqual(counting, []);
  });

  it('is nothing at all for the public catalogue but whether anything was written', async () => {
    for (const path of ['/api/products?per_page=5', '/api/products?category=Ring&search=ring']) {
      for (let n = 0; n < 20 && called.length !== 1; n++) {
        called.length = 0;
        assert.equal((await shop.app.inject(path)).statusCode, 200);
        await new Promise(setImmediate);
      }
      assert.deepEqual(called, ['journal.stamp'], path);
      called.length = 0;
    }
  });

  it('is found to grow where it does', async () => {
    const { products } = shop.shop.store;
    const { rows } = await products.list({}, { skip: 0, limit: 20 });
    statements.asked.length = 0;
    for (const { id } of rows) await products.find(id);
    assert.equal(statements.asked.length, rows.length);
  });
});
