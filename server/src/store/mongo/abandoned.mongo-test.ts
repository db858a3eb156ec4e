// A process that is killed in the middle of a transaction keeps its documents for a minute, if nobody does anything.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { MongoClient } from 'mongodb';
import { newDatabaseUri } from '../../../test/mongo-database.ts';
import { aBy, aCustomer } from '../contract-suite/builders.ts';
import type { Store } from '../store.ts';
import { openMongoStore } from './mongo-store.ts';
import { dropRemains } from './writes/abandoned.ts';

describe('a transaction that died with its process', () => {
  const uri = newDatabaseUri();
  let store: Store;
  let client: MongoClient;
  before(async () => {
    store = await openMongoStore({ uri });
    client = await MongoClient.connect(uri, { appName: 'swati' });
    await store.customers.add(aCustomer(), aBy());
  });
  after(async () => {
    await store.close();
    await client.db().dropDatabase();
    await client.close();
  });

  /** A write that nobody goes on with; answers what its owner would be told at the end. */
  async function leaveOpen(of: MongoClient, collection: string): Promise<() => Promise<string>> {
    const rows = of.db(client.db().databaseName).collection(collection);
    const session = of.startSession();
    session.startTransaction();
    await rows.updateMany({}, { $set: { left: 1 } }, { session });
    return async () => {
      const said = await session.commitTransaction().then(
        () => 'committed',
        (error: Error) => error.message,
      );
      await session.endSession();
      return said;
    };
  }

  it('is ended by the next writer who waits for it; that of another program is left alone', async () => {
    const stranger = await MongoClient.connect(uri, { appName: 'reports' });
    await stranger.db(client.db().databaseName).collection('reports').insertOne({ left: 0 });
    const commitOther = await leaveOpen(stranger, 'reports');
    const commit = await leaveOpen(client, 'shops');
    await store.customers.add(aCustomer(), aBy());
    assert.match(await commit(), /has been aborted|does not match any in-progress/);
    assert.equal(await commitOther(), 'committed');
    await stranger.close();
  });

  it('does not keep its database from being removed', async () => {
    const commit = await leaveOpen(client, 'shops');
    await dropRemains(client, client.db().databaseName);
    assert.notEqual(await commit(), 'committed');
  });
});
