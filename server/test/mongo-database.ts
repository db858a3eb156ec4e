// A MongoDB database for tests, with as many shops as they ask for, on the servers that MONGODB_TEST_URI names.

import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { TestDatabase } from '../src/store/contract-suite/store-contract.ts';
import { type OpenDatabase, openDatabase, shopOf } from '../src/store/mongo/mongo-store.ts';
import { type ChangeTable, SHOP_CHANGES } from '../src/store/mongo/writes/changes.ts';
import type { Store } from '../src/store/store.ts';

/** Where the servers are. test/run-mongo-tests.ts starts some where nobody names any. */
function serversUri(): string {
  const uri = process.env.MONGODB_TEST_URI;
  if (uri === undefined) throw new Error('MONGODB_TEST_URI is not set: run these with npm run test:mongo');
  return uri;
}

/** The URI with a database of its own. */
export function newDatabaseUri(): string {
  const name = `swati_test_${randomBytes(6).toString('hex')}`;
  // Not by `new URL`, which takes one host only.
  return serversUri().replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${name}`);
}

export async function dropTestDatabase(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  await client.db().dropDatabase();
  await client.close();
}

/** One shop of a database that others share. */
export async function openShopIn({ uri, shopId }: { uri: string; shopId: string }): Promise<Store> {
  return shopOf(await openDatabase({ uri }), shopId);
}

/** `appName`: where a test makes the servers fail for itself alone. */
export async function openMongoDatabase(
  table: ChangeTable = SHOP_CHANGES,
  uri = newDatabaseUri(),
  appName = 'swati',
): Promise<TestDatabase & OpenDatabase> {
  const database = await openDatabase({ uri, appName }, table);
  let shops = 0;
  return {
    ...database,
    newShop: () => shopOf(database, `shop-${++shops}`),
    close: async () => {
      await database.db.dropDatabase();
      await database.client.close();
    },
  };
}

/** Where a database is, as a URI. */
export function uriOf({ db, client }: OpenDatabase): string {
  const hosts = client.options.hosts.map(String).join(',');
  return `mongodb://${hosts}/${db.databaseName}?replicaSet=${client.options.replicaSet ?? 'swati'}`;
}
