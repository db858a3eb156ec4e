import type { MongoClient } from 'mongodb';
import { DURABLE } from '../concerns.ts';
import { namedDatabase } from '../generations.ts';

/** The names of the older pieces without a status; each is published since it was made, unless this is a rehearsal. */
export async function publishWithoutStatus(client: MongoClient, isDry: boolean): Promise<string[]> {
  const products = namedDatabase(client).collection('products');
  // Our own pieces have a version, and always a status.
  const found = await products
    .find({ status: null, version: { $exists: false } })
    .sort({ _id: 1 })
    .toArray();
  const updates = found.map(({ _id, created_at: at = _id.getTimestamp() }) => ({
    // One by one: an update of many is not tried again when the primary goes away.
    updateOne: { filter: { _id, status: null }, update: { $set: { status: 'published', published_at: at } } },
  }));
  if (!isDry && updates.length > 0) await products.bulkWrite(updates, { writeConcern: DURABLE });
  return found.map(({ name }) => String(name));
}
