// Whoever takes a file slowly gets all of it, or a connection that breaks off: never a short file that looks whole. On a
// server of its own, whose transactions end after a second, and which a test may make fail.

import assert from 'node:assert/strict';
import { PassThrough, type Readable } from 'node:stream';
import { after, before, describe, it } from 'node:test';
import { MongoClient, ObjectId } from 'mongodb';
import type { ExportJob } from '../src/domain/export.ts';
import { MAX_PAGE_ROWS } from '../src/domain/page.ts';
import { exportRunner } from '../src/serving/run-export.ts';
import { aBy, aCustomer, aDebit, anOrder, aProduct, START } from '../src/store/contract-suite/builders.ts';
import { type OpenDatabase, openDatabase, shopOf } from '../src/store/mongo/mongo-store.ts';
import { endAbandoned } from '../src/store/mongo/writes/abandoned.ts';
import type { Store } from '../src/store/store.ts';
import { installedServer, type Servers, startReplicaSet } from './mongo-servers.ts';
import { newTestFolder } from './test-database.ts';
import { openTestShop, type TestShop } from './test-shop.ts';

/** Some pages of them, and more than a chunk that the exporting thread hands over. */
const ENTRIES = 3 * MAX_PAGE_ROWS;
const ORDERS = 30;
const LEDGER = 'khata_transactions';
/** The rows; their reversals came before them. */
const FINDS_A_PAGE = 1;
const NOT_PRIMARY = { errorCode: 10107 };

describe('a slow download from MongoDB', {
  skip: installedServer() === null && 'no mongod on the PATH',
}, () => {
  let servers: Servers;
  let admin: MongoClient;
  let database: OpenDatabase;
  let store: Store;
  let shop: TestShop;
  let customer: string;
  let product: string;
  before(async () => {
    servers = await startReplicaSet(newTestFolder(), 1);
    admin = await MongoClient.connect(servers.uri);
    await admin.db('admin').command({ setParameter: 1, transactionLifetimeLimitSeconds: 1 });
    const uri = servers.uri.replace('/?', '/slow?');
    database = await openDatabase({ uri });
    store = shopOf(database, 'main');
    shop = await openTestShop({}, undefined, {}, store);
    const place = { dataDir: newTestFolder(), cluster: { uri, shopId: 'main' } };
    Object.assign(shop.shop, { runExport: exportRunner(place) });
    customer = (await store.customers.add(aCustomer(), aBy())).value.id;
    product = (await store.products.add(aProduct(), aBy())).value.product.id;
    await Promise.all(Array.from({ length: ORDERS }, () => addOrder()));
    await fillLedger();
  });
  after(async () => {
    await shop.close();
    await admin.close();
    await servers.stop();
  });

  const addOrder = () =>
    store.orders.add(anOrder(customer, [{ productId: product, quantity: 1, unitPricePaise: 100 }]), aBy());

  /** Entries like the first one: to post so many would take a minute. */
  async function fillLedger(): Promise<void> {
    await store.khata.post(aDebit(customer, 100), aBy());
    const ledger = database.db.collection(LEDGER);
    const entry = await ledger.findOne({});
    const first = Number(entry?.position);
    const others = Array.from({ length: ENTRIES - 1 }, (_, n) => ({
      ...entry,
      _id: new ObjectId(),
      position: first + 1 + n,
    }));
    await ledger.insertMany(others);
    // As a whole, which is how the door writes.
    const shops = database.db.collection<{ _id: string }>('shops');
    const { _id, ...head } = (await shops.findOne({ _id: 'main' })) ?? { _id: 'main' };
    await shops.replaceOne({ _id }, { ...head, seq: first + ENTRIES });
  }

  /** Nobody reads on, for longer than a process of ours would let a transaction stand. */
  const stall = () => endAbandoned(admin, 0);

  async function read(bytes: Readable, onFirst: () => Promise<void>): Promise<Record<string, unknown>[]> {
    const chunks: Buffer[] = [];
    for await (const chunk of bytes) {
      // Its memory is taken back when the next one comes.
      chunks.push(Buffer.from(chunk));
      if (chunks.length === 1) await onFirst();
    }
    return JSON.parse(Buffer.concat(chunks).toString()).data;
  }

  for (const table of ['orders', 'khata'] as const) {
    it(`gets all ${table} of when it began, though it stalls and the shop goes on`, async () => {
      const job: ExportJob = { table, filter: {}, format: 'json', at: START };
      const { total: count } = await store[table].list({}, { skip: 0, limit: 1 });
      const bytes = shop.shop.runExport(job, new PassThrough());
      const rows = await read(bytes, async () => {
        await stall();
        await addOrder();
        await store.khata.post(aDebit(customer, 7), aBy());
        await stall();
      });
      assert.ok(count >= (table === 'khata' ? ENTRIES : ORDERS));
      assert.equal(rows.length, count);
      assert.equal(new Set(rows.map(({ id }) => id)).size, count);
    });
  }

  it('of a moment is read on after a pause between two of its pages', async () => {
    const reader = await store.exports.open('moment');
    const amounts: number[] = [];
    for await (const page of reader.pages('khata', {})) {
      await stall();
      amounts.push(...page.map(({ amountPaise }) => amountPaise));
    }
    await stall();
    const customers: string[] = [];
    for await (const page of reader.pages('customers', {})) customers.push(...page.map(({ id }) => id));
    await reader.close();
    assert.deepEqual(customers, [customer]);
    assert.ok(amounts.length >= ENTRIES);
    // What the pause would have ended: a transaction that waits for whoever reads on.
    const session = database.client.startSession();
    session.startTransaction();
    const readInside = () => database.db.collection('shops').findOne({}, { session });
    await readInside();
    await stall();
    await assert.rejects(readInside, /aborted|in-progress/);
    await session.endSession();
  });

  it('breaks off where the servers fail in the middle, and never ends as if it were whole', async () => {
    const failing = { failCommands: ['find'], namespace: `slow.${LEDGER}`, ...NOT_PRIMARY };
    await admin.db('admin').command({
      configureFailPoint: 'failCommand',
      mode: { skip: FINDS_A_PAGE * 2 },
      data: failing,
    });
    try {
      const response = await fetch(`${shop.origin}/api/khata/transactions?format=json`, {
        headers: { authorization: `Bearer ${shop.adminToken}` },
      });
      assert.equal(response.status, 200);
      let received = 0;
      await assert.rejects(async () => {
        for await (const chunk of response.body ?? []) received += chunk.length;
      }, /terminated/);
      assert.ok(received > 0, 'it broke off before the first byte');
    } finally {
      await admin.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    }
  });
});
