// `swati migrate adopt` as somebody runs it who comes from the older backend.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { MongoClient } from 'mongodb';
import { swati } from '../src/cli/swati.ts';
import { aBy } from '../src/store/contract-suite/builders.ts';
import { openOlderShop } from '../src/store/mongo/adopt/adopt.ts';
import { openMongoStore } from '../src/store/mongo/mongo-store.ts';
import { loadDatabase } from '../src/store/sqlite/archive/load.ts';
import { verifyDatabase } from '../src/store/sqlite/verify.ts';
import { newDatabaseUri } from './mongo-database.ts';
import { damageOlderShop, fillOlderShop, id, roughenOlderShop } from './older-shop.ts';

const ALL = { skip: 0, limit: 100 };

describe('taking over a database of the older backend', () => {
  let uri: string;
  let folder: string;
  const clients: MongoClient[] = [];
  const older = () => (clients.at(-1) as MongoClient).db();
  beforeEach(async () => {
    uri = newDatabaseUri();
    folder = mkdtempSync(join(tmpdir(), 'swati-adopt-'));
    // Read with majority by the program, so written for one, too.
    clients.push(await MongoClient.connect(uri, { writeConcern: { w: 'majority' } }));
    await fillOlderShop(older());
  });
  after(async () => {
    for (const client of clients) {
      const { databaseName } = client.db();
      const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
      for (const { name } of databases)
        if (name.startsWith(databaseName)) await client.db(name).dropDatabase();
      await client.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const environment = { MONGODB_URI: uri, DATA_DIR: folder, JWT_SECRET_KEY: 'k'.repeat(40) };
    const code = await swati(['migrate', ...args], environment, {
      out: (line) => void lines.push(line),
      err: (line) => void lines.push(line),
      progress: () => undefined,
      askSecret: async () => null,
      readInput: async () => '',
    });
    return { code, said: lines.join('\n') };
  };
  const everything = async () => {
    const { databases } = await (clients.at(-1) as MongoClient)
      .db('admin')
      .admin()
      .listDatabases({ nameOnly: true });
    const names = databases.map(({ name }) => name).filter((name) => name.startsWith(older().databaseName));
    return [names, await older().collection('customers').find({}).toArray()];
  };

  it('names every damage and changes nothing until it is told to go on', async () => {
    await damageOlderShop(older());
    const before = await everything();
    for (const args of [['--dry-run'], [], ['--accept-folds'], ['--accept-skipped']]) {
      const { code, said } = await run('adopt', ...args);
      assert.equal(code, 1, said);
      const folds = /balance {4}6+15 Asha: stored ₹207.00, entries ₹522.00, difference -₹315.00/;
      const skipped = /left out {3}products 6+0?d: category is "Rubies", it must be one of/;
      assert.match(said, folds);
      assert.match(said, skipped);
      assert.match(said, /published {2}pieces without a status.*: 1/);
      assert.match(said, /halves away from zero/);
      assert.match(said, /\+919820098200: .*Asha and .*Asha P stay apart/);
      assert.match(said, /that of ravi cannot be checked here/);
      assert.deepEqual(await everything(), before);
    }
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.includes('older')),
      [],
    );
  });

  it('takes everything over: ids and passwords stay, the entries make the balances', async () => {
    const { code, said } = await run('adopt', '--accept-folds', '--to', folder);
    assert.equal(code, 0, said);
    assert.equal(readdirSync(folder).filter((name) => name.endsWith('.ejson.gz')).length, 1);
    const store = await openMongoStore({ uri });
    try {
      const customers = (await store.customers.list({}, ALL)).rows;
      const balances = Object.fromEntries(customers.map(({ name, balancePaise }) => [name, balancePaise]));
      assert.deepEqual(balances, { Asha: 522_00, Bina: 30, 'Asha P': 0, 'No phone': 0 });
      const entries = await store.khata.listFrom(id(21).toHexString(), 0, 10);
      assert.deepEqual(
        entries.map((entry) => entry.balanceAfterPaise),
        [-100_00, 400_00, 522_00],
      );
      const ring = await store.products.find(id(11).toHexString());
      assert.deepEqual(
        [ring?.status, ring?.publishedAt, ring?.basePricePaise],
        ['published', ring?.createdAt, 25_000_51],
      );
      const { rows: orders } = await store.orders.list({}, ALL);
      const paid = orders.find(({ paymentStatus }) => paymentStatus === 'paid');
      assert.deepEqual(
        [orders.length, paid?.payments[0]?.amountPaise, paid?.lines[0]?.unitPricePaise],
        [3, 154_50, 150_00],
      );
      const top = await store.analytics.topProducts(null, { source: 'both', by: 'quantity', limit: 5 });
      assert.deepEqual(
        top.map(({ name, quantity }) => [name, quantity]),
        [
          ['Ring', 2],
          ['Tika', 2],
        ],
      );
      const admin = await store.users.findForLogin('admin');
      assert.match(admin?.passwordHash ?? '', /^pbkdf2:sha256:1000\$salt\$/);
      assert.equal(admin?.email, 'admin@example.com');
      assert.deepEqual((await store.journal.verify()).problems, []);
      const scratch = join(folder, 'scratch');
      const { schemaVersion } = await store.info();
      await loadDatabase(store.backups.dump(), { folder: scratch, schema: schemaVersion, at: 0 });
      assert.deepEqual((await verifyDatabase(join(scratch, 'shop.db'), 'main')).problems, []);
    } finally {
      await store.close();
    }
    const again = await run('adopt');
    assert.equal(again.code, 78);
    assert.match(again.said, /was taken over already/);
    const dropped = await run('drop-old');
    assert.equal(dropped.code, 0);
    assert.match(dropped.said, /must be started again: no command can see/);
    assert.equal(await older().collection('customers').countDocuments(), 0);
    await (await openMongoStore({ uri })).close();
  });

  it('amounts of parts of paise and what was typed as text make a shop that any store takes', async () => {
    await roughenOlderShop(older());
    const { code, said } = await run('adopt', '--accept-folds', '--to', folder);
    assert.equal(code, 0, said);
    assert.match(said, /balance {4}6+19 Chitra: stored is no amount, entries ₹0.00/);
    assert.match(said, /typed {6}numbers and dates that were written as text, taken as what they say: 4/);
    const store = await openMongoStore({ uri });
    try {
      const order = await store.orders.find(id(44).toHexString());
      assert.deepEqual(
        order?.lines.map(({ quantity, unitPricePaise, totalPaise }) => [
          quantity,
          unitPricePaise,
          totalPaise,
        ]),
        [
          [1, 33_33, 33_33],
          [2, 33_34, 66_68],
        ],
      );
      assert.deepEqual([order?.subtotalPaise, order?.taxPaise, order?.totalPaise], [100_00, 3_01, 103_01]);
      const sale = await store.sales.find(id(52).toHexString());
      assert.deepEqual([sale?.totalPaise, sale?.discountPaise, sale?.finalPaise], [33_34, 1, 33_33]);
      const scratch = join(folder, 'scratch-rough');
      const { schemaVersion } = await store.info();
      await loadDatabase(store.backups.dump(), { folder: scratch, schema: schemaVersion, at: 0 });
      assert.deepEqual((await verifyDatabase(join(scratch, 'shop.db'), 'main')).problems, []);
    } finally {
      await store.close();
    }
  });

  it('is refused where the older program wrote meanwhile, and nothing is left of it', async () => {
    const shop = await openOlderShop({ uri });
    const before = await everything();
    await older()
      .collection('customers')
      .updateOne({ _id: id(21) }, { $set: { current_balance: 208 } });
    await assert.rejects(shop.adopt(aBy()), /the older program wrote into .* meanwhile: stop it/);
    await older()
      .collection('customers')
      .updateOne({ _id: id(21) }, { $set: { current_balance: 207 } });
    assert.deepEqual(await everything(), before);
    await shop.close();
    const again = await openOlderShop({ uri });
    assert.equal(again.wasBegun, false);
    assert.match(await again.adopt(aBy()), /_g\d{8}T/);
    await again.close();
  });

  it('rows that cannot be taken are left out when that is asked for', async () => {
    await damageOlderShop(older());
    const { code, said } = await run('adopt', '--accept-folds', '--accept-skipped', '--to', folder);
    assert.equal(code, 0, said);
    const store = await openMongoStore({ uri });
    assert.equal((await store.products.list({}, ALL)).total, 2);
    await store.close();
  });

  it('product-status publishes what has none, and only that', async () => {
    assert.match(
      (await run('product-status', '--dry-run')).said,
      /would be published {2}Ring\npieces without a status: 1/,
    );
    assert.equal(await older().collection('products').countDocuments({ status: null }), 1);
    assert.equal((await run('product-status')).code, 0);
    const [ring, tika] = await older().collection('products').find({}).sort({ _id: 1 }).toArray();
    assert.deepEqual(
      [ring?.status, ring?.published_at, tika?.status],
      ['published', ring?.created_at, 'draft'],
    );
    assert.match((await run('product-status')).said, /every piece has a status/);
  });

  it('an empty database, and one of this program, are refused', async () => {
    for (const name of ['users', 'products', 'customers', 'khata_transactions', 'orders', 'sales'])
      await older().collection(name).drop();
    for (const name of ['price_history', 'diamond_price_history', 'training_logs'])
      await older().collection(name).drop();
    assert.match((await run('adopt')).said, /holds nothing of the older backend/);
    await (await openMongoStore({ uri })).close();
    const { code, said } = await run('adopt');
    assert.deepEqual([code, /this program's own/.test(said)], [78, true]);
  });
});
