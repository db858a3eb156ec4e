// A whole shop goes from SQLite to MongoDB and back, and is the same: equal data has an equal digest.

import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { newDatabaseUri, openMongoDatabase } from '../../../../test/mongo-database.ts';
import { openTestShop, type TestShop } from '../../../../test/test-shop.ts';
import { imageName } from '../../../domain/image-name.ts';
import { seedDemoShop } from '../../../features/demo/seed-demo-shop.ts';
import { differences, IMAGE_BYTES, summarise, toArchiveLine } from '../../archive/archive-page.ts';
import { watchPictures } from '../../archive/watch-pictures.ts';
import type { ArchivePage } from '../../backup-store.ts';
import { aBy, aCustomer, START } from '../../contract-suite/builders.ts';
import { StoreRefused } from '../../store-refused.ts';
import { connect } from '../connect.ts';
import {
  currentDatabase,
  dropOldGenerations,
  namedDatabase,
  newGeneration,
  POINTERS,
} from '../generations.ts';
import { openMongoStore } from '../mongo-store.ts';
import { SCHEMA } from '../schema/prepare.ts';
import { loadDatabase } from './load.ts';
import { makeShop } from './make-shop.ts';

async function* pagesOf(pages: readonly ArchivePage[]): AsyncGenerator<ArchivePage> {
  yield* pages;
}

describe('a shop that moves to MongoDB', () => {
  let source: TestShop;
  const pages: ArchivePage[] = [];
  before(async () => {
    // One of SQLite, also in a run whose other shops are not.
    Reflect.deleteProperty(process.env, 'TEST_STORE');
    source = await openTestShop();
    await fill(source);
    for await (const page of source.shop.store.backups.dump()) pages.push(page);
  });
  after(() => source.close());

  it('is the same there: every row, every figure, its journal and its ledger', async () => {
    const uri = newDatabaseUri();
    const facts = { schema: SCHEMA, at: source.clock.now, shopId: 'main' };
    const made = await makeShop({ uri }, pagesOf(pages), facts);
    const expected = await summarise(pagesOf(pages));
    assert.deepEqual(differences(expected, made.summary), []);
    assert.equal(made.summary.digest, expected.digest);
    assert.deepEqual(made.problems, []);
    const empty = await openMongoStore({ uri });
    assert.equal(await empty.journal.position(), 0, 'nobody uses it yet');
    await empty.close();
    await made.use();
    await made.close();
    const moved = await openMongoStore({ uri });
    const { customers } = source.shop.store;
    const all = { skip: 0, limit: 500 };
    assert.deepEqual(await moved.customers.list({}, all), await customers.list({}, all));
    assert.match((await moved.info()).location, new RegExp(made.location));
    // And it goes on: the next entry follows the last one.
    const before = await moved.journal.position();
    const { position } = await moved.customers.add(aCustomer(), aBy());
    assert.equal(position, before + 1);
    assert.deepEqual((await moved.journal.verify()).problems, []);
    await moved.close();
    await removeAll(uri);
  });

  it('one that is not used leaves nothing behind', async () => {
    const uri = newDatabaseUri();
    const facts = { schema: SCHEMA, at: source.clock.now, shopId: 'main' };
    await (await makeShop({ uri }, pagesOf(pages), facts)).close();
    const client = await connect({ uri });
    assert.equal(await namedDatabase(client).collection(POINTERS).countDocuments(), 0);
    const there = newGeneration(client, facts.at);
    assert.deepEqual(await there.listCollections().toArray(), []);
    await client.close();
  });

  it('a picture that is missing or damaged keeps nobody from it, and is told of as where it comes from', async () => {
    const uri = newDatabaseUri();
    const given = picturePages();
    const facts = { schema: SCHEMA, at: source.clock.now, shopId: 'main' };
    const told: string[] = [];
    const made = await makeShop({ uri }, watchPictures(pagesOf(given), told), facts);
    assert.deepEqual(made.summary, await summarise(pagesOf(given)));
    assert.deepEqual(
      told.map((line) => /^picture \w+\.webp: its (file|bytes)/.exec(line)?.[1]),
      ['file', 'bytes'],
    );
    await made.use();
    await made.close();
    const store = await openMongoStore({ uri });
    const client = await connect({ uri });
    try {
      assert.deepEqual((await store.journal.verify()).pictures, told);
      await (await currentDatabase(client)).collection('image_files.chunks').deleteMany({});
      const missing: string[] = [];
      await summarise(watchPictures(store.backups.dump(), missing));
      assert.equal(missing.filter((line) => line.includes('its file is missing')).length, 3);
    } finally {
      await store.close();
      await (await currentDatabase(client)).dropDatabase();
      await namedDatabase(client).dropDatabase();
      await client.close();
    }
  });

  it('a dump of a newer schema, or with a table that nobody knows, is refused', async () => {
    const there = await openMongoDatabase();
    try {
      const load = (given: readonly ArchivePage[], schema: number) =>
        loadDatabase(pagesOf(given), { db: there.db, schema, at: START });
      await assert.rejects(load(pages, SCHEMA + 1), StoreRefused);
      await assert.rejects(load([{ table: 'rubies', lines: ['{"id":"x"}'] }], SCHEMA), /rubies/);
    } finally {
      await there.close();
    }
  });
});

/** Three pictures: one is as it was uploaded, one has no bytes, one has others. */
function picturePages(): ArchivePage[] {
  const sha256 = hash('sha256', 'as uploaded');
  const bytes = ['as uploaded', '', 'something else'];
  const names = bytes.map((_, n) => imageName(`${n}`.repeat(32), START, 'webp'));
  const row = { shop_id: 'main', content_type: 'image/webp', byte_count: 11, sha256, created_at: START };
  const base64 = bytes.map((text) => Buffer.from(text).toString('base64'));
  return [
    { table: IMAGE_BYTES, lines: names.map((name, n) => toArchiveLine({ name, base64: base64[n] })) },
    { table: 'images', lines: names.map((name) => toArchiveLine({ ...row, name })) },
  ];
}

/** The shop, and what it replaced. */
async function removeAll(uri: string): Promise<void> {
  const client = await connect({ uri });
  const shop = await currentDatabase(client);
  await dropOldGenerations(client);
  assert.notEqual(await shop.collection('customers').countDocuments(), 0, 'the shop in use was dropped');
  await shop.dropDatabase();
  await namedDatabase(client).dropDatabase();
  await client.close();
}

/** The sample shop, a cancelled order, a model and a result under a key. */
async function fill({ shop, by, clock }: TestShop): Promise<void> {
  const { store } = shop;
  await seedDemoShop(shop);
  const [order] = (await store.orders.list({ status: 'pending' }, { skip: 0, limit: 1 })).rows;
  assert.ok(order);
  await store.orders.changeStatus(order.id, 'cancelled', shop.newId(), null, by());
  const card = { version: 'x', trainedAt: clock.now, dataPoints: 3, basis: 'shop' } as const;
  const facts = { ...card, metrics: { a: 1 }, details: {}, seenPosition: 1, name: 'gold-916' } as const;
  for (const byte of [1, 2]) {
    await store.models.put([{ card: facts, bytes: new Uint8Array([byte]) }], null, by());
  }
  const claim = { userId: shop.newId(), key: 'k', fingerprint: 'f', retryCount: 0 };
  await store.customers.add(aCustomer(), { ...by(), claim });
}
