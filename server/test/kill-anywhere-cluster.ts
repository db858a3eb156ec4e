// What a crash leaves behind in a cluster: `swati migrate adopt`, `swati move` into MongoDB, and a restore over a shop
// there, each killed at some moment.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { cpSync, mkdirSync } from 'node:fs';
import { BSON, type Db, MongoClient } from 'mongodb';
import { type Interruption, mustDo, runSwatiWith, type Sample, statusOf } from './kill-anywhere.ts';
import { newDatabaseUri } from './mongo-database.ts';
import { fillOlderShop } from './older-shop.ts';

const JWT_SECRET_KEY = 'b7c4a1f09e2d4c6fa3518d7be0692f41';
/** Of the older shop: enough that writing them takes longer than a blink. */
const MORE_ENTRIES = 2_000;

type Settings = Record<string, string> & { MONGODB_URI: string };

export function clusterInterruptions({ shop, archive }: Sample): Record<string, Interruption> {
  const databases = new Map<string, string>();
  const settings = (folder: string): Settings => {
    const MONGODB_URI = databases.get(folder) ?? newDatabaseUri();
    databases.set(folder, MONGODB_URI);
    return { MONGODB_URI, JWT_SECRET_KEY };
  };
  const cleanUp = (folder: string): Promise<void> => dropAll(settings(folder).MONGODB_URI);
  return {
    adopt: { ...adoption(settings), settings, cleanUp },
    'move to the cluster': { ...moveThere(settings, shop), cleanUp },
    'restore there': { ...restoration(settings, archive), settings, cleanUp },
  };
}

function adoption(settings: (folder: string) => Settings): Interruption {
  const digests = new Map<string, string>();
  return {
    words: () => ['migrate', 'adopt', '--accept-folds'],
    prepare: async (folder) => {
      mkdirSync(folder);
      await inDatabase(settings(folder).MONGODB_URI, async (db) => {
        await fillOlderShop(db);
        const entries = db.collection('khata_transactions');
        const { _id, ...entry } = (await entries.findOne({ transaction_type: 'debit' })) ?? {};
        await entries.insertMany(Array.from({ length: MORE_ENTRIES }, () => ({ ...entry })));
        digests.set(folder, await digestOf(db));
      });
    },
    says: /an earlier taking over did not finish|an earlier copy of the older database was cut off/,
    refusesAgain: /was taken over already: swati status says where the shop is/,
    sideOf: async (folder) => {
      const there = { DATA_DIR: folder, ...settings(folder) };
      // The older database is only read: it is the same on either side.
      const digest = await inDatabase(there.MONGODB_URI, digestOf);
      assert.equal(digest, digests.get(folder));
      const verified = await runSwatiWith(there, 'verify');
      if (verified.code === 0) {
        assert.match(verified.out, /^customers {2}4 balances/m);
        return 'after';
      }
      assert.match(verified.err, /of another program: take it over with swati migrate adopt/);
      return 'before';
    },
  };
}

function moveThere(settings: (folder: string) => Settings, shop: string): Interruption {
  return {
    words: (folder) => ['move', '--to', settings(folder).MONGODB_URI],
    prepare: (folder) => cpSync(shop, folder, { recursive: true }),
    says: /an earlier move (did not finish: the shop stayed here|was cut off)/,
    sideOf: async (folder) => {
      const there = { DATA_DIR: `${folder}-there`, ...settings(folder) };
      const verified = await runSwatiWith(there, 'verify');
      const { moved_to: movedTo } = await statusOf(folder);
      if (movedTo === null) {
        // Nobody can open a half of it; an empty new shop, where nothing was begun, is what an empty database becomes.
        assert.ok(verified.code === 78 || /journal {4}0 entries/.test(verified.out), verified.out);
        return 'before';
      }
      if (verified.code === 0) return 'after';
      assert.match(verified.err, /has not finished: run the same swati move again/);
      return 'left, not arrived';
    },
  };
}

/** Over a shop that holds an account and nothing else. */
function restoration(settings: (folder: string) => Settings, archive: string): Interruption {
  return {
    words: () => ['restore', archive, '--replace'],
    prepare: async (folder) => {
      mkdirSync(folder);
      const there = { DATA_DIR: folder, ...settings(folder) };
      await mustDo(there, 'create-admin', '--email', 'owner@example.com');
    },
    says: /an earlier restore (did not finish: the shop stayed as it was|was cut off at its very end)/,
    sideOf: async (folder) => {
      const there = settings(folder);
      await mustDo({ DATA_DIR: folder, ...there }, 'verify');
      const { location, moved_to: movedTo } = await statusOf(folder, there);
      assert.equal(movedTo, null, `the shop in ${location} takes no changes`);
      return /_g\d{8}T/.test(location) ? 'after' : 'before';
    },
  };
}

async function inDatabase<T>(uri: string, work: (db: Db, client: MongoClient) => Promise<T>): Promise<T> {
  // Read with majority by the program, so written for one, too.
  const client = await MongoClient.connect(uri, { writeConcern: { w: 'majority' } });
  try {
    return await work(client.db(), client);
  } finally {
    await client.close();
  }
}

/** Of all documents of the older program. */
async function digestOf(db: Db): Promise<string> {
  const all: string[] = [];
  const collections = await db.listCollections({}, { nameOnly: true }).toArray();
  for (const name of collections.map((one) => one.name).sort()) {
    if (name === 'swati_generations') continue;
    for await (const row of db.collection(name).find({}).sort({ _id: 1 }))
      all.push(BSON.EJSON.stringify(row));
  }
  return hash('sha256', all.join('\n'));
}

/** The database and the generations beside it. */
function dropAll(uri: string): Promise<void> {
  return inDatabase(uri, async (named, client) => {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    for (const { name } of databases)
      if (name.startsWith(named.databaseName)) await client.db(name).dropDatabase();
  });
}
