// A million khata entries on MongoDB as a CSV file, from the real server: how fast they come, what the server's threads
// and the primary use for a row, and how much the server's memory grows meanwhile. It has no goal, it only tells.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, MongoClient, ObjectId } from 'mongodb';
import { SHOP_ID } from '../src/store/shop-id.ts';
import { installedServer, startReplicaSet } from '../test/mongo-servers.ts';
import { startMeasuredServer } from './measured-server.ts';
import { download } from './year-exports.ts';

const ENTRIES = 1_000_000;
const AT_ONCE = 10_000;
/** One in so many takes the one before it back, as in a shop. */
const REVERSED_EVERY = 50;
const ROUNDS = 2;
const JWT_SECRET_KEY = 'a-secret-of-the-benchmark-only-32-bytes';

/** Prints the table. */
export async function benchMongoExports(): Promise<boolean> {
  const version = installedServer();
  if (version === null) {
    console.log('SKIPPED: there is no mongod on the PATH.');
    return true;
  }
  const base = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(base, { recursive: true });
  const folder = mkdtempSync(join(base, 'mongo-exports-'));
  const [members, dataDir] = [join(folder, 'members'), join(folder, 'data')];
  for (const one of [members, dataDir]) mkdirSync(one);
  // Only the primary is read: more members would take the time to fill them.
  const servers = await startReplicaSet(members, 1);
  const uri = servers.uri.replace('/?', '/bench?');
  const server = await startMeasuredServer(dataDir, false, { MONGODB_URI: uri, JWT_SECRET_KEY });
  try {
    await fillLedger(uri, server.customers);
    console.log(`mongod ${version}, one member: ${ENTRIES} khata entries as CSV`);
    await download(server, '/api/customers?format=csv', server.token);
    const rows = [];
    for (let round = 0; round < ROUNDS; round++) {
      const path = '/api/khata/transactions?format=csv';
      const { megabytes, seconds, busyMs, growth } = await download(server, path, server.token);
      rows.push({
        'rows/s, clock': Math.round(ENTRIES / seconds),
        'rows/s, processor': Math.round((ENTRIES / busyMs) * 1000),
        MB: Math.round(megabytes),
        'memory grew, MB': Math.round(growth),
      });
    }
    console.table(rows);
    return true;
  } finally {
    await server.stop();
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Entries like the one that a customer has: to post so many would take half an hour. */
async function fillLedger(uri: string, customers: readonly string[]): Promise<void> {
  const client = await MongoClient.connect(uri);
  const ledger = client.db().collection('khata_transactions');
  const amount = {
    amount_paise: 12_550,
    balance_after_paise: 12_550,
    created_at: new Date(),
    created_by: 'bench',
  };
  const texts = { description: null, payment_method: null, reference_number: null, source: null };
  let last: ObjectId | null = null;
  const entry = (n: number): Document => {
    const _id = new ObjectId();
    const reverses = n % REVERSED_EVERY === 0 ? last : null;
    last = _id;
    const customer_id = new ObjectId(customers[n % customers.length]);
    const type = n % 2 === 0 ? 'credit' : 'debit';
    return { _id, shop_id: SHOP_ID, position: n, customer_id, type, ...amount, ...texts, reverses };
  };
  for (let n = 1; n <= ENTRIES; n += AT_ONCE) {
    await ledger.insertMany(Array.from({ length: AT_ONCE }, (_, more) => entry(n + more)));
  }
  await client
    .db()
    .collection<{ _id: string }>('shops')
    .updateOne({ _id: SHOP_ID }, { $set: { seq: ENTRIES } });
  await client.close();
}
