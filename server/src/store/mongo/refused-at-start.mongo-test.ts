// What cannot keep our promises is refused at the start, with a line that says what to do. Side by side: each waits most
// of its time, for a server to begin or for one that is not there.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newDatabaseUri, openMongoDatabase, uriOf } from '../../../test/mongo-database.ts';
import { startStandalone } from '../../../test/mongo-servers.ts';
import { startOlderServer } from '../../../test/older-server.ts';
import { StoreRefused, StoreUnreachable } from '../store-refused.ts';
import { openMongoStore, refuseAbsentCluster } from './mongo-store.ts';

describe('what cannot keep our promises is refused at the start', { concurrency: true }, () => {
  it('a server that stands alone', async () => {
    const alone = await startStandalone();
    try {
      await assert.rejects(openMongoStore({ uri: alone.uri }), refusal(/stands alone.*--replSet/));
    } finally {
      await alone.stop();
    }
  });

  it('a wrong password', async () => {
    const guarded = await startStandalone(true);
    try {
      const uri = guarded.uri.replace('mongodb://', 'mongodb://swati:wrong-secret@');
      await assert.rejects(
        openMongoStore({ uri }),
        refusal(/refuses the user name or the password/, /wrong-secret/),
      );
    } finally {
      await guarded.stop();
    }
  });

  it('an older server, whether the driver still talks to it or not', async () => {
    for (const [version, wireVersion, says] of [
      ['4.3.6', 9, /is version 4.3.6; version 4.4 or newer is needed: upgrade/],
      ['4.2.24', 8, /is too old; version 4.4 or newer is needed: upgrade/],
    ] as const) {
      const older = await startOlderServer(version, wireVersion);
      try {
        const opening = openMongoStore({ uri: older.uri, selectionTimeoutMs: 2000 });
        await assert.rejects(opening, refusal(says));
      } finally {
        await older.stop();
      }
    }
  });

  it('nobody there, a URI that is none', async () => {
    const started = performance.now();
    const uri = 'mongodb://swati:wrong-secret@127.0.0.1:9/shop?replicaSet=none';
    const nobody = openMongoStore({ uri, selectionTimeoutMs: 1000 });
    await assert.rejects(nobody, refusal(/no primary answered at 127.0.0.1:9/, /wrong-secret/));
    await assert.rejects(nobody, StoreUnreachable);
    // The name of no servers is refused at once.
    const unnamed = openMongoStore({ uri: 'mongodb+srv://swati:wrong-secret@nowhere.invalid/shop' });
    await assert.rejects(unnamed, refusal(/no primary answered at nowhere\.invalid/, /wrong-secret/));
    await assert.rejects(unnamed, StoreUnreachable);
    assert.ok(performance.now() - started < 5000);
    await assert.rejects(openMongoStore({ uri: 'postgres://x' }), refusal(/MONGODB_URI cannot be read/));
    for (const name of ['bad$name', 'bad%20name', 'bad.name'])
      await assert.rejects(
        openMongoStore({ uri: `mongodb://swati:wrong-secret@127.0.0.1:9/${name}` }),
        refusal(/MONGODB_URI (names no database|cannot be read)/, /wrong-secret/),
      );
  });

  it('a newer schema, another program’s documents, another index', async () => {
    const database = await openMongoDatabase();
    const uri = uriOf(database);
    try {
      const info = await database.db.collection('schema_info').findOne();
      assert.ok(info?.oldest_writer > 20, 'who takes an opening balance back as money spoils the figures');
      await database.db.collection('schema_info').updateOne({}, { $set: { version: 99, oldest_writer: 99 } });
      await assert.rejects(openMongoStore({ uri }), refusal(/has schema 99.*install the newer program/));
      await database.db.collection('schema_info').updateOne({}, { $set: { oldest_writer: 21 } });
      await (await openMongoStore({ uri })).close();
      await database.db.collection('orders').dropIndex('number');
      await database.db.collection('orders').createIndex({ shop_id: 1, order_number: 1 }, { name: 'number' });
      await assert.rejects(openMongoStore({ uri }), refusal(/the index number of .*orders/));
    } finally {
      await database.close();
    }
    const foreign = newDatabaseUri();
    const older = await openMongoDatabase(undefined, foreign);
    await older.db.dropDatabase();
    await older.db.collection('products').insertOne({ name: 'a ring of the older backend' });
    await assert.rejects(openMongoStore({ uri: foreign }), refusal(/holds products of another program/));
    assert.equal(await older.db.collection('products').countDocuments({}), 1);
    await older.close();
  });

  it('for who only looks: no shop, and one of an older schema, which stays as it is', async () => {
    const nowhere = refuseAbsentCluster({ uri: newDatabaseUri() });
    await assert.rejects(nowhere, refusal(/no shop in the database swati_test_\w+\. MONGODB_URI says where/));
    const database = await openMongoDatabase();
    try {
      const uri = uriOf(database);
      await refuseAbsentCluster({ uri });
      const info = database.db.collection('schema_info');
      await info.updateOne({}, { $set: { version: 14 } });
      await assert.rejects(refuseAbsentCluster({ uri }), refusal(/has schema 14, this program \d+: /));
      assert.equal((await info.findOne({}))?.version, 14);
    } finally {
      await database.close();
    }
  });

  it('but three machines that start at once on an empty database make it together', async () => {
    const uri = newDatabaseUri();
    const stores = await Promise.all([1, 2, 3].map(() => openMongoStore({ uri })));
    assert.equal(new Set(await Promise.all(stores.map(({ journal }) => journal.epoch()))).size, 1);
    for (const store of stores) await store.close();
    await (await openMongoDatabase(undefined, uri)).close();
  });

  it('a validator or an index that is missing is made again', async () => {
    const database = await openMongoDatabase();
    try {
      await database.db.command({ collMod: 'customers', validator: {} });
      await database.db.collection('customers').dropIndex('phone');
      await (await openMongoStore({ uri: uriOf(database) })).close();
      const names = (await database.db.collection('customers').listIndexes().toArray()).map(
        ({ name }) => name,
      );
      assert.ok(names.includes('phone'));
      const half = { shop_id: 'x', name: 'half a customer' };
      await assert.rejects(database.db.collection('customers').insertOne(half), /validation/);
    } finally {
      await database.close();
    }
  });
});

/** One line for people that says this and holds no secret. */
function refusal(says: RegExp, secret?: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof StoreRefused, String(error));
    assert.match(error.message, says);
    assert.doesNotMatch(error.message, /\n/);
    if (secret) assert.doesNotMatch(error.message, secret);
    return true;
  };
}
