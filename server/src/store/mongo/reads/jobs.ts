import type { Db } from 'mongodb';
import type { JobOutcome, TrainingJob } from '../../../domain/training-job.ts';
import { fromDocument, toId } from '../codec.ts';
import type { JobRow } from '../rows.ts';

export async function findJob(db: Db, shopId: string, id: string): Promise<TrainingJob | null> {
  const document = await db.collection('training_jobs').findOne({ _id: toId(id) as never, shop_id: shopId });
  return document && toJob(fromDocument<JobRow>(document));
}

export async function listJobs(db: Db, shopId: string, limit: number): Promise<TrainingJob[]> {
  const found = await db
    .collection('training_jobs')
    .find({ shop_id: shopId })
    .sort({ n: -1 })
    .limit(limit)
    .toArray();
  return found.map((document) => toJob(fromDocument<JobRow>(document)));
}

export async function openJobs(db: Db, shopId: string): Promise<TrainingJob[]> {
  const found = await db.collection('training_jobs').find({ shop_id: shopId, open: true }).toArray();
  return inRunningOrder(found.map((document) => toJob(fromDocument<JobRow>(document))));
}

/** What runs, then what waits. */
export function inRunningOrder(jobs: TrainingJob[]): TrainingJob[] {
  return jobs.sort((a, b) => (a.state < b.state ? -1 : 1));
}

export function toJob({ shopId: _shop, n: _n, open: _open, outcome, ...job }: JobRow): TrainingJob {
  return { ...job, outcome: JSON.parse(outcome) as JobOutcome };
}
