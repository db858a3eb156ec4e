// Bytes of models and pictures whose process died before their row was written, or after it was removed.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Binary, ObjectId } from 'mongodb';
import { openMongoDatabase } from '../../../test/mongo-database.ts';
import { modelVersion, type NewModel } from '../../domain/trained-model.ts';
import { aBy, DAY, START } from '../contract-suite/builders.ts';
import type { TestDatabase } from '../contract-suite/store-contract.ts';
import { GridFiles } from './grid-files.ts';
import { type OpenDatabase, shopOf } from './mongo-store.ts';
import { upkeepOf } from './upkeep.ts';

const SHOP = 'shop-1';

describe('bytes that no row names', () => {
  let database: TestDatabase & OpenDatabase;
  before(async () => {
    database = await openMongoDatabase();
  });
  after(() => database.close());

  const aModel = (fill: number): NewModel => ({
    card: {
      ...{ name: 'gold-916', version: modelVersion(START), trainedAt: START, dataPoints: 60, basis: 'shop' },
      ...{ seenPosition: 7, metrics: {}, details: {} },
    },
    bytes: new Uint8Array(1000).fill(fill),
  });

  async function idsIn(collection: string, field: string): Promise<string[]> {
    const found = await database.db.collection(collection).distinct(field);
    return found.map(String).sort();
  }

  /** Three: of long ago one whose file has its document and one that was cut off before; and one of now. */
  async function leaveRemains(bucket: 'image_files' | 'model_files'): Promise<void> {
    const files = new GridFiles(database.db, bucket, SHOP);
    const { fileId } = await files.save('left', new Uint8Array(1000));
    const uploads = database.db.collection(`${bucket}.files`);
    await uploads.updateOne({ _id: new ObjectId(fileId) }, { $set: { uploadDate: new Date(START) } });
    const chunk = {
      files_id: ObjectId.createFromTime(START / 1000),
      n: 0,
      data: new Binary(new Uint8Array(9)),
    };
    await database.db.collection(`${bucket}.chunks`).insertOne(chunk);
    await files.save('under way', new Uint8Array(1000));
  }

  it('of models go with the upkeep of every day; the models that serve and served stay, and uploads under way', async () => {
    const { models } = shopOf(database, SHOP);
    await models.put([aModel(1)], null, aBy());
    await models.put([aModel(2)], null, aBy());
    assert.equal((await idsIn('model_files.files', '_id')).length, 2);
    await leaveRemains('model_files');
    const before = await idsIn('model_files.chunks', 'files_id');
    assert.equal(before.length, 5);

    const upkeep = upkeepOf(database.db);
    const done = async (at: number): Promise<void> => {
      upkeep.run(SHOP, at);
      await upkeep.settled();
    };
    await done(START + DAY);
    const after = await idsIn('model_files.chunks', 'files_id');
    assert.equal(after.length, 3);
    assert.deepEqual(await idsIn('model_files.files', '_id'), after);
    assert.equal((await models.read('gold-916'))?.bytes[0], 2);
    await models.rollback(await models.listPrevious(), aBy());
    assert.equal((await models.read('gold-916'))?.bytes[0], 1);

    await leaveRemains('model_files');
    await done(START + 2 * DAY - 1);
    assert.equal((await idsIn('model_files.chunks', 'files_id')).length, 6, 'once a day');
    await done(START + 2 * DAY);
    assert.equal((await idsIn('model_files.chunks', 'files_id')).length, 4);
  });

  it('of pictures go with those that no piece shows; those of another shop are its own', async () => {
    await leaveRemains('image_files');
    const bytes = () => idsIn('image_files.chunks', 'files_id');
    assert.equal((await bytes()).length, 3);
    const sweep = (shop: string) => shopOf(database, shop).images.removeOrphans(START + DAY, aBy());
    await sweep('another shop');
    assert.equal((await bytes()).length, 2);
    assert.deepEqual(await bytes(), await idsIn('image_files.files', '_id'));
    await sweep(SHOP);
    assert.equal((await bytes()).length, 1);
  });
});
