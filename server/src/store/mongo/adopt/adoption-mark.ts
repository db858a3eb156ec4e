// A taking over is marked where MONGODB_URI leads, beside the pointer of generations.ts: the next one knows what a killed
// one has left, and of two at the same time one alone makes the shop.

import type { Db, MongoClient } from 'mongodb';
import { COMMITTED, DURABLE, TRANSACTION } from '../concerns.ts';
import { POINTERS } from '../generations.ts';
import { dropRemains } from '../writes/abandoned.ts';

interface Mark {
  _id: 'adopting' | 'current';
  database: string;
}

function marks(named: Db) {
  return named.collection<Mark>(POINTERS, { readConcern: COMMITTED, writeConcern: DURABLE });
}

/** The database that a killed taking over was making, or null. */
export async function unfinishedAdoption(named: Db): Promise<string | null> {
  const mark = await marks(named).findOne({ _id: 'adopting' });
  return mark?.database ?? null;
}

/** From here on the taking over is ours; what an earlier one was making is removed. */
export async function beginAdoption(client: MongoClient, named: Db, database: string): Promise<void> {
  const earlier = await marks(named).findOneAndReplace({ _id: 'adopting' }, { database }, { upsert: true });
  // Asked after the mark is ours: whoever had it can switch no more.
  if ((await marks(named).findOne({ _id: 'current' })) !== null) throw tooLate();
  if (earlier) await dropRemains(client, earlier.database);
}

/** Makes the database the shop of the URI, unless somebody else began meanwhile. */
export async function finishAdoption(client: MongoClient, named: Db, database: string): Promise<void> {
  await client.withSession((session) =>
    session.withTransaction(async () => {
      const { deletedCount } = await marks(named).deleteOne({ _id: 'adopting', database }, { session });
      if (deletedCount === 0) throw tooLate();
      await marks(named).insertOne({ _id: 'current', database }, { session });
    }, TRANSACTION),
  );
}

/** After a failure: what was made goes again, unless the failure came after it had become the shop. */
export async function dropAdoption(client: MongoClient, named: Db, database: string): Promise<void> {
  await marks(named).deleteOne({ _id: 'adopting', database });
  const current = await marks(named).findOne({ _id: 'current' });
  if (current?.database !== database) await client.db(database).dropDatabase();
}

function tooLate(): Error {
  return new Error('somebody else took this database over meanwhile; swati status says where the shop is');
}
