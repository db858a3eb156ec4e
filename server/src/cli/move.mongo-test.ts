// A shop goes from a folder into a cluster and back, as archives and by a move, with equal digests all the way.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { MongoClient } from 'mongodb';
import { type Run, runSwati, runSwatiWith } from '../../test/kill-anywhere.ts';
import { newDatabaseUri } from '../../test/mongo-database.ts';
import { makeShopOfSchema } from '../../test/older-schema-shop.ts';
import { newTestFolder } from '../../test/test-database.ts';
import { checkArchive, readArchive, writeArchive } from '../store/archive/archive-file.ts';
import { differences, summarise } from '../store/archive/archive-page.ts';
import { openMongoLanding } from '../store/mongo/archive/landing.ts';
import { dumpDatabase } from '../store/sqlite/archive/dump.ts';

/** Without two-step sign-in, and with a table that is gone since. */
const OLDER_SCHEMA = 14;
const JWT_SECRET_KEY = 'b7c4a1f09e2d4c6fa3518d7be0692f41';

describe('a shop in MongoDB', () => {
  let root: string;
  let shop: string;
  let archive: string;
  let made = 0;
  const used: string[] = [];
  const fresh = (): string => join(root, `place-${++made}`);
  const cluster = (): Record<string, string> & { MONGODB_URI: string } => {
    const MONGODB_URI = newDatabaseUri();
    used.push(MONGODB_URI);
    return { DATA_DIR: fresh(), MONGODB_URI, JWT_SECRET_KEY };
  };
  const backUp = async (environment: Record<string, string>): Promise<string> => {
    const folder = fresh();
    succeeded(await runSwatiWith(environment, 'backup', '--to', folder));
    const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.backup'));
    return join(folder, name);
  };
  before(async () => {
    root = newTestFolder();
    shop = fresh();
    succeeded(await runSwati(shop, 'seed'));
    archive = await backUp({ DATA_DIR: shop });
  });
  after(async () => {
    for (const uri of used) await dropAll(uri);
    rmSync(root, { recursive: true, force: true });
  });

  it('SQLite, archive, MongoDB, archive, SQLite: the same rows but for what tells of the restoring', async () => {
    const there = cluster();
    assert.match(
      succeeded(await runSwatiWith(there, 'restore', archive)).out,
      /compared and verified: equal/,
    );
    succeeded(await runSwatiWith(there, 'verify'));
    const second = await backUp(there);
    const back = fresh();
    succeeded(await runSwati(back, 'restore', second));
    succeeded(await runSwati(back, 'verify'));
    const third = await backUp({ DATA_DIR: back });
    // The backup is journalled after its rows were read, so each archive has one restoring and one backup more.
    for (const other of [second, third]) {
      const changed = differences(await sumsOf(archive), await sumsOf(other));
      assert.deepEqual(
        changed.map((line) => line.split(':')[0]),
        ['journal', 'journal_payloads'],
      );
    }
  });

  it('an older program’s archive is the same shop in the cluster as in a folder', async () => {
    const folder = fresh();
    await makeShopOfSchema(OLDER_SCHEMA, folder, dumpDatabase(join(shop, 'shop.db')));
    const older = join(root, 'older.backup');
    const facts = {
      madeAt: '2026-01-15T05:30:00.000Z',
      program: '0.9.0',
      schema: OLDER_SCHEMA,
      store: 'sqlite',
    };
    await writeArchive(older, facts, dumpDatabase(join(folder, 'shop.db')), null);
    const there = cluster();
    succeeded(await runSwatiWith(there, 'restore', older));
    succeeded(await runSwatiWith(there, 'verify'));
    const here = fresh();
    succeeded(await runSwati(here, 'restore', older));
    const changed = differences(
      await sumsOf(await backUp(there)),
      await sumsOf(await backUp({ DATA_DIR: here })),
    );
    // Each journal tells of its own restoring.
    assert.deepEqual(
      changed.map((line) => line.split(':')[0]),
      ['journal', 'journal_payloads'],
    );
  });

  it('moves into the cluster and out of it, each time with an equal digest', async () => {
    const from = fresh();
    succeeded(await runSwati(from, 'restore', archive));
    const there = cluster();
    const moved = succeeded(await runSwati(from, 'move', '--to', there.MONGODB_URI));
    assert.match(moved.out, /^shop {7}mongodb:\/\/[^@]*\/swati_test_/m);
    const key = `with that place as MONGODB_URI and the key in ${join(from, 'secrets.json')} as JWT_SECRET_KEY`;
    assert.ok(moved.out.includes(`start it   npm start, ${key} (`), moved.out);
    assert.equal((await runSwati(from, 'seed')).code, 1);
    succeeded(await runSwatiWith(there, 'verify'));
    assert.match((await runSwati(from, 'move', '--to', there.MONGODB_URI)).out, /nothing is left to do/);

    const back = fresh();
    const returned = succeeded(await runSwatiWith(there, 'move', '--to', `sqlite:${back}`));
    // Whoever has the cluster in .env would else start what was left.
    const start = `start it   MONGODB_URI= MONGODB_ADMIN_URI= DATA_DIR=${back} npm start (`;
    assert.ok(returned.out.includes(start), returned.out);
    assert.equal(existsSync(join(back, 'secrets.json')), false, 'the key is a setting');
    succeeded(await runSwati(back, 'verify'));
    const refused = await runSwatiWith(there, 'train', 'gold');
    assert.equal(refused.code, 1);
    assert.match(refused.err, /The shop has moved to sqlite:/);
    succeeded(await runSwatiWith(there, 'move', '--undo'));
    const status = JSON.parse((await runSwati(back, 'status', '--json')).out) as {
      rows: { customers: number };
    };
    assert.equal(status.rows.customers, 12);
  });

  it('takes no second shop, and opens none that has not fully arrived', async () => {
    const from = fresh();
    succeeded(await runSwati(from, 'restore', archive));
    const there = cluster();
    const landing = await openMongoLanding(there.MONGODB_URI, `sqlite:${from}`, Date.now());
    await landing.load((async function* () {})());
    await landing.close();
    const early = await runSwatiWith(there, 'verify');
    assert.equal(early.code, 78);
    assert.match(early.err, /has not finished: run the same swati move again/);
    assert.equal((await runSwati(shop, 'move', '--to', there.MONGODB_URI)).code, 78);
    const moved = succeeded(await runSwati(from, 'move', '--to', there.MONGODB_URI));
    assert.match(moved.out, /an earlier move did not finish: the shop stayed here, and is copied anew/);
    const second = await runSwati(shop, 'move', '--to', there.MONGODB_URI);
    assert.match(second.err, /there is a shop in \S+ already: name an empty database/);
  });

  it('is replaced by an archive only when told to; what runs on the old one then takes no changes', async () => {
    const there = cluster();
    succeeded(await runSwatiWith(there, 'restore', archive));
    const refused = await runSwatiWith(there, 'restore', archive);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /--replace/);
    const replaced = succeeded(await runSwatiWith(there, 'restore', archive, '--replace'));
    assert.match(replaced.out, /refuse changes: start them again/);
    succeeded(await runSwatiWith(there, 'verify'));
    const old = /^kept {7}[^/]*\/(\S+);/m.exec(replaced.out)?.[1] ?? '';
    const client = await MongoClient.connect(there.MONGODB_URI);
    const left = await client.db(old).collection('shops').findOne({});
    await client.close();
    assert.match(String(left?.moved_to), /^mongodb:\/\/.*_g\d{8}T/);
  });

  it('goes back from the wrong archive to the shop that was there, which takes changes again', async () => {
    const there = cluster();
    succeeded(await runSwatiWith(there, 'restore', archive));
    succeeded(await runSwatiWith(there, 'create-admin', '--email', 'a@example.com'));
    const accounts = async (): Promise<number> => {
      succeeded(await runSwatiWith(there, 'verify'));
      return JSON.parse((await runSwatiWith(there, 'status', '--json')).out).accounts.length;
    };
    const right = await accounts();
    let said = succeeded(await runSwatiWith(there, 'restore', archive, '--replace')).out;
    assert.equal(await accounts(), right - 1);
    for (const expected of [right, right - 1, right]) {
      const [, words = ''] = /stop the shop and go back to it with: swati (.*)$/m.exec(said) ?? [];
      said = succeeded(await runSwatiWith(there, ...words.split(' '))).out;
      assert.equal(await accounts(), expected);
    }
    succeeded(await runSwatiWith(there, 'create-admin', '--username', 'second', '--email', 'b@example.com'));
    const unknown = await runSwatiWith(there, 'restore', '--back-to', 'first');
    assert.deepEqual(
      [unknown.code, /no shop is kept as first: there is \S+_g\d{8}T/.test(unknown.err)],
      [1, true],
    );
  });

  it('is the restored one after a kill between the leaving of the old one and the switch', async () => {
    const there = cluster();
    succeeded(await runSwatiWith(there, 'restore', archive));
    const current = { _id: 'current' as never };
    // Read with majority by whoever opens the shop, so written for one, too.
    const client = await MongoClient.connect(there.MONGODB_URI, { writeConcern: { w: 'majority' } });
    const pointers = client.db().collection('swati_generations');
    const before = await pointers.findOne(current);
    succeeded(await runSwatiWith(there, 'restore', archive, '--replace'));
    const after = await pointers.findOne(current);
    await pointers.updateOne(current, { $set: { database: before?.database } });
    await pointers.insertOne({ _id: 'restoring' as never, database: after?.database });
    const { out } = succeeded(await runSwatiWith(there, 'status', '--json'));
    const { location, moved_to: movedTo } = JSON.parse(out) as { location: string; moved_to: string | null };
    assert.deepEqual([location.split('/')[1], movedTo], [after?.database, null]);
    const again = succeeded(await runSwatiWith(there, 'restore', archive, '--replace'));
    assert.match(again.out, /an earlier restore was cut off at its very end: the shop was the restored one/);
    assert.equal(await pointers.findOne({ _id: 'restoring' as never }), null);
    await client.close();
  });

  it('is not replaced by what is no archive', async () => {
    const there = cluster();
    mkdirSync(there.DATA_DIR as string);
    const refused = await runSwatiWith(there, 'restore', join(root, 'none'));
    assert.equal(refused.code, 1);
    assert.match(refused.err, /there is no such file. Nothing was changed/);
  });
});

function succeeded(run: Run): Run {
  assert.equal(run.code, 0, run.err);
  return run;
}

async function sumsOf(file: string) {
  return summarise(readArchive(file, await checkArchive(file), null));
}

/** The database and the generations beside it. */
async function dropAll(uri: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  const { databaseName } = client.db();
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.startsWith(databaseName)) await client.db(name).dropDatabase();
  await client.close();
}
