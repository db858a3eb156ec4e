// Whatever replaces a whole shop (taking over an older database, a move, a restore) writes a database of its own beside
// the one that MONGODB_URI names, and then switches one pointer there. Without a pointer the shop is the named database.

import type { Db, MongoClient } from 'mongodb';
import { StoreRefused } from '../store-refused.ts';
import { findArrival } from './arrivals.ts';
import { COMMITTED, DURABLE } from './concerns.ts';

/** Where the URI names no database. */
const DATABASE = 'swati';
/** Stands in the named database, also where that is another program's. */
export const POINTERS = 'swati_generations';
const STAMP = /_g\d{8}T\d{9}Z$/;
const LONGEST_NAME = 63;

interface Pointer {
  _id: 'current';
  database: string;
}

/** The database that the URI names, whatever it holds. */
export function namedDatabase(client: MongoClient): Db {
  const { dbName } = client.options;
  return client.db(dbName !== undefined && dbName !== 'test' ? dbName : DATABASE);
}

function pointers(named: Db) {
  return named.collection<Pointer>(POINTERS, { readConcern: COMMITTED, writeConcern: DURABLE });
}

interface Restoration {
  _id: 'restoring';
  database: string;
}

/** The database that a restore is making, or was making when it was killed. */
export function restorations(named: Db) {
  return named.collection<Restoration>(POINTERS, { readConcern: COMMITTED, writeConcern: DURABLE });
}

/** Where the shop is now. Throws StoreRefused where the pointer leads nowhere. */
export async function currentDatabase(client: MongoClient): Promise<Db> {
  const named = namedDatabase(client);
  const [pointer, arrival, restoration] = await Promise.all([
    pointers(named).findOne({ _id: 'current' }),
    findArrival(named),
    restorations(named).findOne({ _id: 'restoring' }),
  ]);
  if (arrival && pointer?.database !== arrival.database) {
    throw new StoreRefused(
      `a move from ${arrival.from} into ${named.databaseName} has not finished: run the same swati move again, or use the shop where it was`,
    );
  }
  const db = client.db(pointer?.database ?? named.databaseName);
  // Killed after the old shop had left, and before the switch.
  if (restoration && (await hasLeftFor(db, restoration.database))) return client.db(restoration.database);
  if (db.databaseName !== named.databaseName && !(await isMade(db))) {
    throw new StoreRefused(
      `${named.databaseName}.${POINTERS} names the database ${db.databaseName}, which is not there: restore it, or remove that document to go back to ${named.databaseName}`,
    );
  }
  return db;
}

async function isMade(db: Db): Promise<boolean> {
  return (await db.collection('schema_info').findOne({})) !== null;
}

async function hasLeftFor(db: Db, database: string): Promise<boolean> {
  const shop = await db.collection('shops').findOne({ moved_to: { $type: 'string' } });
  return shop !== null && String(shop.moved_to).endsWith(`/${database}`);
}

/** A database that nobody uses yet. */
export function newGeneration(client: MongoClient, at: number): Db {
  const stamp = `_g${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}`;
  const { databaseName } = namedDatabase(client);
  return client.db(databaseName.slice(0, LONGEST_NAME - stamp.length) + stamp);
}

/** From here on the shop is this database: one document decides. Processes that run must be started again. */
export async function switchTo(client: MongoClient, db: Db): Promise<void> {
  const pointer = { database: db.databaseName };
  await pointers(namedDatabase(client)).updateOne({ _id: 'current' }, { $set: pointer }, { upsert: true });
}

/** The databases of earlier generations, the named one among them where it holds anything. */
export async function oldGenerations(client: MongoClient): Promise<string[]> {
  const named = namedDatabase(client);
  const current = (await currentDatabase(client)).databaseName;
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  const prefix = newGeneration(client, 0).databaseName.replace(STAMP, '');
  const isOurs = (name: string): boolean => name === prefix + (STAMP.exec(name)?.[0] ?? ' ');
  return databases
    .map(({ name }) => name)
    .filter((name) => name !== current && (name === named.databaseName || isOurs(name)));
}

/** Those of them that were a shop, which left for the one in its place: neither remains nor an older backend's database. */
export async function keptShops(client: MongoClient): Promise<string[]> {
  const kept: string[] = [];
  for (const name of await oldGenerations(client)) {
    const left = await client
      .db(name)
      .collection('shops')
      .findOne({ moved_to: { $type: 'string' } });
    if (left) kept.push(name);
  }
  return kept;
}

/** Removes what is not the shop any more, and answers its names. */
export async function dropOldGenerations(client: MongoClient): Promise<string[]> {
  const named = namedDatabase(client);
  const dropped: string[] = [];
  for (const name of await oldGenerations(client)) {
    if (name !== named.databaseName) {
      await client.db(name).dropDatabase();
      dropped.push(name);
      continue;
    }
    // The pointer stands here, so the database stays, and with it this one collection.
    for (const collection of await named.listCollections({}, { nameOnly: true }).toArray()) {
      if (collection.name === POINTERS || collection.name.startsWith('system.')) continue;
      await named.collection(collection.name).drop();
      dropped.push(`${name}.${collection.name}`);
    }
  }
  return dropped;
}
