// The largest import that is allowed fits into a transaction of the smallest server.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openMongoDatabase } from '../../../../test/mongo-database.ts';
import { aBy, aCustomer, aDebit } from '../../contract-suite/builders.ts';
import type { TestDatabase } from '../../contract-suite/store-contract.ts';

describe('imports of the largest size', () => {
  let database: TestDatabase;
  before(async () => {
    database = await openMongoDatabase();
  });
  after(() => database.close());

  it('customers with opening balances', async () => {
    const rows = Array.from({ length: 2_000 }, () => {
      const customer = aCustomer();
      return { customer, opening: aDebit(customer.id, 100) };
    });
    const { value } = await database.newShop().imports.customers(rows, aBy());
    assert.equal(value, 2_000);
  });
});
