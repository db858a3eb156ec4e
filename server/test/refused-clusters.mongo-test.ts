// The program on a cluster that it cannot use: one line that says what to do, exit code 78, and nothing is changed;
// 1 where nobody answers, for the start to be tried again.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MongoClient } from 'mongodb';
import { openMongoStore } from '../src/store/mongo/mongo-store.ts';
import { dropTestDatabase, newDatabaseUri } from './mongo-database.ts';
import { startStandalone } from './mongo-servers.ts';
import { startOlderServer } from './older-server.ts';
import { fillOlderShop } from './older-shop.ts';
import { runToEnd, temporaryFolder } from './running-server.ts';

const UNUSABLE = 78;
const UNREACHABLE = 1;
/** Read with majority by the program, so written for one, too. */
const MAJORITY = { writeConcern: { w: 'majority' } } as const;

/** What the program says of it. */
async function refusalOf(uri: string, exitCode = UNUSABLE): Promise<string> {
  const folder = temporaryFolder();
  try {
    const settings = { MONGODB_URI: uri, JWT_SECRET_KEY: 'b7c4a1f09e2d4c6fa3518d7be0692f41' };
    const { code, out, err } = await runToEnd(folder.path, settings);
    assert.equal(code, exitCode, out + err);
    assert.equal(out, '');
    assert.equal(err.trimEnd().split('\n').length, 1, err);
    assert.doesNotMatch(err, /wrong-secret| at .*\.(ts|js):/);
    return err;
  } finally {
    folder.remove();
  }
}

/** All documents of a database, by collection. */
async function everything(uri: string): Promise<unknown> {
  const client = await MongoClient.connect(uri);
  try {
    const names = (await client.db().listCollections().toArray()).map(({ name }) => name).sort();
    return await Promise.all(
      names.map(async (name) => [
        name,
        await client.db().collection(name).listIndexes().toArray(),
        await client.db().collection(name).find({}).toArray(),
      ]),
    );
  } finally {
    await client.close();
  }
}

async function refusedUnchanged(uri: string, says: RegExp): Promise<void> {
  const before = await everything(uri);
  try {
    assert.match(await refusalOf(uri), says);
    assert.deepEqual(await everything(uri), before);
  } finally {
    await dropTestDatabase(uri);
  }
}

// Side by side: each waits most of its time, for a server that is not there or for the program to begin.
describe('the program refuses', { concurrency: true }, () => {
  it('an address where nobody is', async () => {
    const says = await refusalOf(
      'mongodb://swati:wrong-secret@127.0.0.1:9/shop?replicaSet=none',
      UNREACHABLE,
    );
    assert.match(says, /no primary answered at 127\.0\.0\.1:9 .*: start the servers, or mend the address/);
  });

  it('an address that is none', async () => {
    assert.match(await refusalOf('postgres://wrong-secret@x'), /MONGODB_URI cannot be read: it must be like/);
  });

  it('a wrong password, and a server that stands alone', async () => {
    const guarded = await startStandalone(true);
    const alone = await startStandalone();
    try {
      const uri = guarded.uri.replace('mongodb://', 'mongodb://swati:wrong-secret@');
      assert.match(await refusalOf(uri), /refuses the user name or the password/);
      assert.match(await refusalOf(alone.uri), /stands alone.*--replSet and run rs\.initiate/);
      const client = await MongoClient.connect(`${alone.uri}?directConnection=true`);
      const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
      await client.close();
      assert.deepEqual(databases.map(({ name }) => name).sort(), ['admin', 'config', 'local']);
    } finally {
      await guarded.stop();
      await alone.stop();
    }
  });

  it('an older server', async () => {
    const older = await startOlderServer('4.2.24', 8);
    try {
      assert.match(await refusalOf(older.uri), /version 4\.4 or newer is needed: upgrade the server/);
    } finally {
      await older.stop();
    }
  });

  it('a newer schema', async () => {
    const uri = newDatabaseUri();
    await (await openMongoStore({ uri })).close();
    const client = await MongoClient.connect(uri, MAJORITY);
    await client
      .db()
      .collection('schema_info')
      .updateOne({}, { $set: { version: 99, oldest_writer: 99 } });
    await client.close();
    await refusedUnchanged(uri, /has schema 99, this program knows \d+: install the newer program/);
  });

  it('the older backend’s database', async () => {
    const uri = newDatabaseUri();
    const client = await MongoClient.connect(uri, MAJORITY);
    await fillOlderShop(client.db());
    await client.close();
    await refusedUnchanged(uri, /of another program: take it over with swati migrate adopt/);
  });
});
