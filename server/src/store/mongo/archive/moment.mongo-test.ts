import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openMongoDatabase } from '../../../../test/mongo-database.ts';
import { aBy, aCustomer } from '../../contract-suite/builders.ts';

test('a copy tells what somebody changed just before it, and does not take it for a change beside it', async () => {
  const database = await openMongoDatabase();
  try {
    const store = database.newShop();
    await store.customers.add(aCustomer(), aBy());
    // Not by our door, which writes whole documents.
    await database.db.collection('customers').updateOne({}, { $inc: { balance_paise: 1 } });
    const { problems } = await store.journal.verify();
    assert.match(problems.join(), /balance/);
  } finally {
    await database.close();
  }
});
