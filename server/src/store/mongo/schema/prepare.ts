// Brings the collections, validators and indexes to what this program knows. Everything can be done again and at the
// same time by another machine: what is there already stays, what is missing is made, what differs is refused or mended.

import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { type ClientSession, type Db, MongoServerError } from 'mongodb';
import { StoreRefused } from '../../store-refused.ts';
import { COMMITTED, DURABLE, PATIENT, PATIENT_COMMAND } from '../concerns.ts';
import { POINTERS } from '../generations.ts';
import { isPassing } from '../not-now.ts';
import { runTransaction, Unavailable } from '../writes/transaction.ts';
import { COLLECTIONS } from './collections.ts';
import type { CollectionSpec, IndexSpec } from './shapes.ts';

/** The schema that this program writes: the number of the portable form (store/archive) that tells all of it. */
export const SCHEMA = 22;
/** The oldest program, by its schema, that may write beside this one: earlier ones take opening balances for money. */
const OLDEST_WRITER = 21;
const NAMESPACE_EXISTS = 48;
const BUILDING_AN_INDEX = 12_587;
const LOOK_AGAIN_MS = 100;
/** By itself the server waits for all that vote: with one of three dead no index would ever be ready. */
const MOST_MEMBERS = { commitQuorum: 'majority' };

interface SchemaInfo {
  _id: 'schema';
  version: number;
  oldest_writer: number;
  /** New with every store and every restore. */
  epoch: string;
}

/**
 * Answers the store's epoch. Throws StoreRefused on a newer schema, a foreign database or a foreign index. `rows first`:
 * without the indexes, which are made with less work once the rows are there; call it again then.
 */
export async function prepareSchema(db: Db, order?: 'rows first'): Promise<string> {
  const info = await readInfo(db);
  if (info && info.oldest_writer > SCHEMA) {
    throw new StoreRefused(
      `the database ${db.databaseName} has schema ${info.version}, this program knows ${SCHEMA}: install the newer program`,
    );
  }
  const present = await presentCollections(db);
  // The rules of a newer program stay: ours may refuse what it writes.
  const keepsRules = info !== null && info.version > SCHEMA;
  if (!info) await refuseForeign(db, present);
  if (present.size > 0 || !(await makeTogether(db, order))) {
    await Promise.all(
      COLLECTIONS.map(async (spec) => {
        if (!keepsRules || !present.has(spec.name)) await prepareCollection(db, spec, present.get(spec.name));
        if (order === undefined) await prepareIndexes(db, spec);
      }),
    );
  }
  if (!info || info.version < SCHEMA || info.oldest_writer < OLDEST_WRITER) {
    const fresh = { version: SCHEMA, oldest_writer: OLDEST_WRITER };
    await db
      .collection<SchemaInfo>('schema_info', { readConcern: COMMITTED, writeConcern: DURABLE })
      .updateOne(
        { _id: 'schema' },
        { $max: fresh, $setOnInsert: { epoch: randomBytes(8).toString('hex') } },
        { upsert: true },
      );
  }
  return (info ?? (await readInfo(db)))?.epoch ?? '';
}

/** Throws StoreRefused where the schema is not there, or older than this program's. */
export async function refuseUnprepared(db: Db): Promise<void> {
  const info = await readInfo(db);
  if (!info) {
    await refuseForeign(db, await presentCollections(db));
    throw new StoreRefused(
      `there is no shop in the database ${db.databaseName}. MONGODB_URI says where it is; npx swati init-db makes a new one`,
    );
  }
  if (info.version < SCHEMA) {
    throw new StoreRefused(
      `the database ${db.databaseName} has schema ${info.version}, this program ${SCHEMA}: the program that it came ` +
        'with can read it and back it up; the start of this one, or npx swati init-db, brings it over',
    );
  }
}

export async function schemaVersion(db: Db): Promise<number> {
  return (await readInfo(db))?.version ?? 0;
}

function readInfo(db: Db): Promise<SchemaInfo | null> {
  return db.collection<SchemaInfo>('schema_info').findOne({ _id: 'schema' });
}

/** Validators by collection. */
async function presentCollections(db: Db): Promise<Map<string, unknown>> {
  const found = await db.listCollections().toArray();
  return new Map(
    found.map((one) => [one.name, (one as { options?: { validator?: unknown } }).options?.validator]),
  );
}

/** Documents that this program did not write are never touched: they may be the older backend's. */
async function refuseForeign(db: Db, present: ReadonlyMap<string, unknown>): Promise<void> {
  for (const name of present.keys()) {
    if (
      name === POINTERS ||
      name.startsWith('system.') ||
      COLLECTIONS.some((spec) => spec.name === name && present.get(name))
    )
      continue;
    if ((await db.collection(name).findOne({})) === null) continue;
    throw new StoreRefused(
      `the database ${db.databaseName} holds ${name} of another program: take it over with swati migrate adopt, or name an empty database in MONGODB_URI`,
    );
  }
}

/**
 * Into an empty database everything in one transaction: half of the work of making one thing after another, each on the
 * disks of a majority. False where the cluster does not let us, or another machine is making it: then whatever is
 * missing is made one by one.
 */
async function makeTogether(db: Db, order?: 'rows first'): Promise<boolean> {
  const make = async (session: ClientSession): Promise<void> => {
    for (const { name, validator, indexes } of COLLECTIONS) {
      await db.createCollection(name, { validator, session });
      if (order !== undefined || indexes.length === 0) continue;
      const specs = indexes.map((one) => ({ ...one }));
      await db.collection(name).createIndexes(specs, { session });
    }
  };
  try {
    // The server makes collections with no other reading than this.
    await runTransaction(db.client, make, { readConcern: { level: 'local' }, writeConcern: PATIENT });
    return true;
  } catch (error) {
    if (error instanceof MongoServerError || error instanceof Unavailable) return false;
    throw error;
  }
}

async function prepareCollection(db: Db, spec: CollectionSpec, validator: unknown): Promise<void> {
  if (validator === undefined) await createCollection(db, spec);
  else if (!isDeepStrictEqual(validator, spec.validator)) await setValidator(db, spec);
}

async function prepareIndexes(db: Db, { name, indexes }: CollectionSpec): Promise<void> {
  const present = await db.collection(name).listIndexes().toArray();
  const missing = indexes.filter((wanted) => !isPresent(db, name, wanted, present));
  if (missing.length > 0) await buildIndexes(db, name, missing);
}

/** Asked again, a server goes on with what it builds already: of many rows that takes longer than it may keep silent. */
async function buildIndexes(db: Db, name: string, missing: readonly IndexSpec[]): Promise<void> {
  const rows = db.collection(name, { writeConcern: PATIENT });
  let quorum: { commitQuorum?: string } = MOST_MEMBERS;
  for (const until = performance.now() + PATIENT.wtimeoutMS; ; await sleep(LOOK_AGAIN_MS)) {
    try {
      await rows.createIndexes(
        missing.map((one) => ({ ...one })),
        quorum,
      );
      return;
    } catch (error) {
      const isUnknown = error instanceof MongoServerError && /commitQuorum/.test(error.message);
      if (isUnknown && quorum === MOST_MEMBERS) quorum = {};
      else if (!isPassing(error) || performance.now() > until) throw error;
    }
  }
}

async function createCollection(db: Db, spec: CollectionSpec): Promise<void> {
  try {
    await db.createCollection(spec.name, { validator: spec.validator, writeConcern: PATIENT });
  } catch (error) {
    // Another machine was quicker, or it was there without a validator.
    if (!(error instanceof MongoServerError) || error.code !== NAMESPACE_EXISTS) throw error;
    await setValidator(db, spec);
  }
}

/** Not beside an index that another machine is building there: the server refuses that until it is built. */
async function setValidator(db: Db, { name, validator }: CollectionSpec): Promise<void> {
  for (;;) {
    const present = await presentCollections(db);
    if (isDeepStrictEqual(present.get(name), validator)) return;
    try {
      await db.command({ collMod: name, validator, writeConcern: PATIENT_COMMAND });
      return;
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== BUILDING_AN_INDEX) throw error;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

function isPresent(db: Db, collection: string, wanted: IndexSpec, present: readonly unknown[]): boolean {
  const found = (present as IndexSpec[]).find(({ name }) => name === wanted.name);
  if (!found) return false;
  const facts = ({ key, unique = false, partialFilterExpression }: IndexSpec): unknown => [
    Object.entries(key),
    unique,
    partialFilterExpression,
  ];
  if (isDeepStrictEqual(facts(found), facts(wanted))) return true;
  throw new StoreRefused(
    `the index ${wanted.name} of ${db.databaseName}.${collection} is not this program's: drop it, the next start makes it anew`,
  );
}
