// Takes over a database of the older backend: what it holds is written into a database of its own beside it, verified,
// and then switched to. The older one is only read.

import type { Db, MongoClient } from 'mongodb';
import type { By } from '../../../domain/actor.ts';
import { SHOP_ID } from '../../shop-id.ts';
import { StoreRefused } from '../../store-refused.ts';
import { verifyBooks } from '../checks/verify-books.ts';
import { type ConnectOptions, connect, hostsOf } from '../connect.ts';
import { currentDatabase, namedDatabase, newGeneration } from '../generations.ts';
import { prepareSchema } from '../schema/prepare.ts';
import { Door } from '../writes/door.ts';
import type { Command } from '../writes/run-members.ts';
import { beginAdoption, dropAdoption, finishAdoption, unfinishedAdoption } from './adoption-mark.ts';
import { ADOPTION, type AdoptionChange } from './changes.ts';
import { OLDER_COLLECTIONS } from './older-collections.ts';
import { digestOlder } from './older-digest.ts';
import { type AdoptedRows, type AdoptionReport, planAdoption } from './plan.ts';
import { saveOlder } from './save-older.ts';

const ROWS_AT_ONCE = 128;
const PRICES_AT_ONCE = 500;

export interface OlderShop {
  location: string;
  report: AdoptionReport;
  /** Whether an earlier taking over was cut off. */
  wasBegun: boolean;
  /** Writes all that it holds into a file, reads that back, and answers how many documents it has. */
  save: (file: string) => Promise<number>;
  /** Makes the shop of it and answers where it is. Throws where anything is not as planned; then nothing was changed. */
  adopt: (by: By) => Promise<string>;
  close: () => Promise<void>;
}

/** Throws StoreRefused where there is nothing of the older backend. */
export async function openOlderShop(options: ConnectOptions): Promise<OlderShop> {
  const client = await connect(options);
  try {
    const older = await findOlder(client);
    const digest = await digestOlder(older);
    const { rows, report } = await planAdoption(older);
    return {
      location: `${hostsOf(client)}/${older.databaseName}`,
      report,
      wasBegun: (await unfinishedAdoption(older)) !== null,
      save: (file) => saveOlder(older, file),
      adopt: (by) => adopt(client, older, { rows, digest }, by),
      close: () => client.close(),
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function findOlder(client: MongoClient): Promise<Db> {
  const named = namedDatabase(client);
  const name = named.databaseName;
  if ((await currentDatabase(client)).databaseName !== name) {
    throw new StoreRefused(
      `the database ${name} was taken over already: swati status says where the shop is`,
    );
  }
  if ((await named.collection('schema_info').findOne({})) !== null) {
    throw new StoreRefused(`the database ${name} is this program's own: there is nothing to take over`);
  }
  for (const collection of OLDER_COLLECTIONS) {
    if ((await named.collection(collection).findOne({})) !== null) return named;
  }
  throw new StoreRefused(
    `the database ${name} holds nothing of the older backend: name its database in MONGODB_URI`,
  );
}

/** What was read of the older database, and the digest of what stood there then. */
interface Reading {
  rows: AdoptedRows;
  digest: string;
}

async function adopt(client: MongoClient, older: Db, { rows, digest }: Reading, by: By): Promise<string> {
  const db = newGeneration(client, by.at);
  await beginAdoption(client, older, db.databaseName);
  try {
    await prepareSchema(db);
    const door = new Door({ client, db, table: ADOPTION });
    for (const group of groupsOf(rows, by)) await runAll(door, group);
    const { problems } = await verifyBooks(db, SHOP_ID);
    if (problems.length > 0) {
      throw new Error(`the books that were made do not agree: ${problems.slice(0, 3).join('; ')}`);
    }
    // What it wrote since it was read would be nowhere.
    if ((await digestOlder(older)) !== digest) {
      throw new StoreRefused(
        `the older program wrote into ${older.databaseName} meanwhile: stop it, and run this again; nothing was changed`,
      );
    }
    await finishAdoption(client, older, db.databaseName);
    return `${hostsOf(client)}/${db.databaseName}`;
  } catch (error) {
    await dropAdoption(client, older, db.databaseName);
    throw error;
  }
}

function* groupsOf(rows: AdoptedRows, by: By): Generator<Command[]> {
  const each = (name: AdoptionChange, list: readonly unknown[][]): Command[] =>
    list.map((args) => ({ name, args, by }));
  const shared = new Set(
    rows.customers.filter(({ row }) => row.phoneE164.includes('/')).map(({ row }) => row.id),
  );
  const single = [
    ...each(
      'adopt.user',
      rows.users.map((row) => [row]),
    ),
    ...each(
      'adopt.product',
      rows.products.map((row) => [row]),
    ),
    ...each(
      'adopt.customer',
      rows.customers.map((one) => [one, shared.has(one.row.id)]),
    ),
    ...each(
      'adopt.entry',
      rows.entries.map((one) => [one]),
    ),
    ...each(
      'adopt.order',
      rows.orders.map((row) => [row]),
    ),
    ...each(
      'adopt.sale',
      rows.sales.map((row) => [row]),
    ),
  ];
  yield* chunks(single, ROWS_AT_ONCE);
  for (const part of chunks(rows.rates, PRICES_AT_ONCE)) yield each('adopt.rates', [[part]]);
  for (const part of chunks(rows.stones, PRICES_AT_ONCE)) yield each('adopt.stones', [[part]]);
}

function* chunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}

/** Every row was looked at before, so a refusal here is a reason to stop. */
async function runAll(door: Door, group: readonly Command[]): Promise<void> {
  for (const [index, answer] of (await door.runGroup(SHOP_ID, group)).entries()) {
    if ('defect' in answer) throw answer.defect;
    if (answer.outcome.ok) continue;
    const { code, fields } = answer.outcome.refusal;
    throw new Error(
      `${group[index]?.name}: ${code} ${fields?.map(({ field, limit }) => `${field} ${limit}`) ?? ''}`,
    );
  }
}
