// What monitors ask again and again, in one round trip: of each collection the few rows that say it.

import type { Db } from 'mongodb';
import type { BackupMark } from '../../../domain/backup.ts';
import type { Vitals } from '../../store.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { JobRow, JournalRow, ShopRow } from '../rows.ts';
import { inRunningOrder, toJob } from './jobs.ts';

export async function readVitals(db: Db, shopId: string): Promise<Vitals> {
  const newest = (action: string): Document => ({
    $unionWith: {
      coll: 'journal',
      pipeline: [{ $match: { shop_id: shopId, action } }, { $sort: { seq: -1 } }, { $limit: 1 }],
    },
  });
  const found = await db
    .collection('shops')
    .aggregate<Document>([
      { $match: { _id: shopId, shop_id: shopId } },
      newest('backup.made'),
      newest('backup.failed'),
      { $unionWith: { coll: 'training_jobs', pipeline: [{ $match: { shop_id: shopId, open: true } }] } },
    ])
    .toArray();
  const shop = found.find(({ _id }) => _id === shopId);
  const { seq, modelGeneration } = shop ? fromDocument<ShopRow>(shop) : { seq: 0, modelGeneration: 0 };
  const jobs = found.filter((document) => 'fence' in document);
  return {
    position: seq,
    modelGeneration,
    openJobs: inRunningOrder(jobs.map((document) => toJob(fromDocument<JobRow>(document)))),
    backupMade: markOf(found, 'backup.made'),
    backupFailed: markOf(found, 'backup.failed'),
  };
}

function markOf(found: readonly Document[], action: string): BackupMark | null {
  const entry = found.find((document) => document.action === action);
  if (!entry) return null;
  const { seq, at } = fromDocument<JournalRow>(entry);
  return { seq, at };
}
