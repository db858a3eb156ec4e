// Every list query must go through an index that begins with the shop, in the order in which it is shown: else a shop
// of a hundred thousand rows would be read and sorted for a page of twenty.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDatabase } from '../../../test/test-database.ts';
import { newId } from '../contract-suite/builders.ts';
import { LIST_CALLS } from '../contract-suite/list-calls.ts';
import type { TestDatabase } from '../contract-suite/store-contract.ts';
import type { Connection } from './database.ts';
import type { Params } from './positional.ts';
import { type OpenDatabase, shopOf } from './sqlite-store.ts';

interface Asked {
  sql: string;
  params: Params;
}

describe('plans of the list queries on SQLite', () => {
  let database: TestDatabase & OpenDatabase;
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());

  for (const { name, call, sorts } of LIST_CALLS) {
    it(name, async () => {
      const { db, asked } = listening(database.db);
      await call(shopOf({ ...database, db }, 'shop-1'), { customer: newId(), user: newId(), order: newId() });
      assert.notEqual(asked.length, 0, 'it asked the database nothing');
      const slow = asked.flatMap(({ sql, params }) => slowSteps(database.db, { sql, params }, sorts));
      assert.deepEqual(slow, []);
    });
  }

  it('customers are counted once, however many the periods are', async () => {
    const { db, asked } = listening(database.db);
    await shopOf({ ...database, db }, 'shop-1').analytics.conversions([{ from: 1, to: 2 }]);
    const counts = asked
      .flatMap(({ sql, params }) => stepsOf(database.db, { sql, params }))
      .filter((step) => step.includes('customers_newest'));
    assert.match(counts.join(), /created_at>\? AND created_at<\?/);
    assert.equal(counts.length, 1);
  });

  it('the money of a time is read from its first payment and entry to its last', async () => {
    const { db, asked } = listening(database.db);
    await shopOf({ ...database, db }, 'shop-1').analytics.moneyIn({ from: 1, to: 2 });
    const found = asked.flatMap(({ sql, params }) => stepsOf(database.db, { sql, params })).join();
    assert.match(found, /payments_at \(shop_id=\? AND at>\? AND at<\?\)/);
    assert.match(found, /khata_entries_created \(shop_id=\? AND created_at>\? AND created_at<\?\)/);
  });

  it('and a query without an index, or with a sort of its own, is noticed', () => {
    const params = { shopId: 'shop-1' };
    const scan = { sql: 'SELECT * FROM products WHERE shop_id || 1 = :shopId', params };
    assert.notDeepEqual(slowSteps(database.db, scan, undefined), []);
    const sort = { sql: 'SELECT * FROM products WHERE shop_id = :shopId ORDER BY name', params };
    assert.notDeepEqual(slowSteps(database.db, sort, undefined), []);
    assert.deepEqual(slowSteps(database.db, sort, 'few rows'), []);
  });
});

/** The connection, and what was asked of it. */
function listening(db: Connection): { db: Connection; asked: Asked[] } {
  const asked: Asked[] = [];
  const heard = (sql: string, params: Params = {}): void => {
    asked.push({ sql, params });
  };
  const listener: Connection = {
    ...db,
    isTransaction: false,
    get: (sql, params) => {
      heard(sql, params);
      return db.get(sql, params);
    },
    all: (sql, params) => {
      heard(sql, params);
      return db.all(sql, params);
    },
    lists: (sql, params) => {
      heard(sql, params);
      return db.lists(sql, params);
    },
  };
  Object.defineProperty(listener, 'isTransaction', { get: () => db.isTransaction });
  return { db: listener, asked };
}

function stepsOf(db: Connection, { sql, params }: Asked): string[] {
  return db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, params).map(({ detail }) => detail);
}

/** The steps of a plan that read a whole table, or sort its rows. */
function slowSteps(db: Connection, { sql, params }: Asked, sorts: string | undefined): string[] {
  const steps = stepsOf(db, { sql, params });
  // The rows of a page that a subquery found, and those of a parameter, are no table.
  const found = steps.flatMap((step) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(step)?.[1] ?? []);
  const isScan = (step: string): boolean => {
    const table = /^SCAN (\S+)/.exec(step)?.[1];
    return table !== undefined && ![...found, 'json_each', 'CONSTANT'].includes(table);
  };
  const isSort = (step: string): boolean => sorts === undefined && /TEMP B-TREE FOR .*ORDER BY/.test(step);
  return steps.filter((step) => isScan(step) || isSort(step)).map((step) => `${step}: ${sql}`);
}
