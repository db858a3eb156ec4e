// No program rewrites the documents of the one before. What a collection does not ask for is taken out of every document
// here, and every row must have the same fields as before: one that is absent is no answer that a route can give.

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openMongoDatabase } from '../../../test/mongo-database.ts';
import {
  aBy,
  aCustomer,
  aDebit,
  aDiamondPrice,
  aGoldRate,
  anOrder,
  aProduct,
  aSale,
  aUser,
  START,
} from '../contract-suite/builders.ts';
import type { Store } from '../store.ts';
import { COLLECTIONS } from './schema/collections.ts';

it('what an older program did not write is told as something, never as nothing', async () => {
  const database = await openMongoDatabase();
  try {
    const store = database.newShop();
    const customer = aCustomer();
    const piece = aProduct();
    const lines = [{ productId: piece.id, quantity: 1, unitPricePaise: 100 }];
    await store.customers.add(customer, aBy());
    await store.products.add(piece, aBy());
    await store.khata.post(aDebit(customer.id, 100), aBy());
    await store.orders.add(anOrder(customer.id, lines), aBy());
    await store.sales.add(aSale(customer.id, lines), aBy());
    await store.prices.record(aGoldRate(700_000, START), aBy());
    await store.prices.recordDiamond(aDiamondPrice(), aBy());
    await store.users.add(aUser(), aBy());
    const before = await fieldsIn(store);
    for (const { name, validator } of COLLECTIONS) {
      const { properties, required } = validator.$jsonSchema as { properties: object; required: string[] };
      const newer = Object.keys(properties).filter((field) => !required.includes(field));
      if (newer.length === 0) continue;
      const gone = Object.fromEntries(newer.map((field) => [field, '']));
      await database.db.collection(name).updateMany({}, { $unset: gone });
    }
    assert.deepEqual(await fieldsIn(store), before);
  } finally {
    await database.close();
  }
});

/** Of the newest row of each table: the names of the fields that have a value, null too. */
async function fieldsIn(store: Store): Promise<Record<string, string[]>> {
  const page = { skip: 0, limit: 1 };
  const { customers, products, khata, orders, sales, prices, users } = store;
  const rows = {
    customers: (await customers.list({}, page)).rows,
    products: (await products.list({}, page)).rows,
    khata: (await khata.list({}, page)).rows,
    orders: (await orders.list({}, page)).rows,
    sales: (await sales.list({}, page)).rows,
    rates: (await prices.list({ metal: 'gold', includeHeld: true }, page)).rows,
    stones: (await prices.listDiamonds({}, page)).rows,
    users: await users.list(),
  };
  return Object.fromEntries(
    Object.entries(rows).map(([table, [row]]) => {
      assert.ok(row, `no row of ${table}`);
      return [table, Object.entries(row).flatMap(([name, value]) => (value === undefined ? [] : [name]))];
    }),
  );
}
