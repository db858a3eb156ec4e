// New prices ask for a training, in the same write that records them: so it is asked for once, whoever counts.

import type { Metal } from '../../../domain/price.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import { type ModelName, seriesModelName } from '../../../domain/trained-model.ts';
import { isRetrainDue, type TrainingTarget } from '../../../domain/training-job.ts';
import { openJobs } from '../reads/jobs.ts';
import { findModelCard } from '../reads/models.ts';
import { countStones, seriesMark } from '../reads/price-series.ts';
import { countReference } from '../reads/reference.ts';
import { requestJob } from './jobs.ts';
import type { Tx } from './tx.ts';

/** `id` becomes that of the job. True when these rows asked for a training. */
export function triggerOfRates(tx: Tx, metal: Metal, purity: string, id: string): boolean {
  const seen = seenPosition(tx, seriesModelName(metal, purity));
  const counts = seriesMark(tx, tx.shopId, metal, purity, dayOf(tx.by.at), seen);
  return request(tx, 'gold', { ...counts, hasReference: false }, id);
}

export function triggerOfStones(tx: Tx, id: string): boolean {
  const seen = seenPosition(tx, 'diamond-4c');
  const counts = countStones(tx, tx.shopId, dayOf(tx.by.at), seen);
  const hasReference = countReference(tx, tx.shopId).diamonds > 0;
  return request(tx, 'diamond', { ...counts, hasReference }, id);
}

function request(
  tx: Tx,
  target: TrainingTarget,
  counts: { rows: number; newRows: number; hasReference: boolean },
  id: string,
): boolean {
  const open = openJobs(tx, tx.shopId);
  if (!isRetrainDue(target, counts, open)) return false;
  requestJob(tx, { id, targets: [target], reason: 'new_rows' });
  return true;
}

function seenPosition(tx: Tx, name: ModelName): number {
  return findModelCard(tx, tx.shopId, name, 'current')?.seenPosition ?? 0;
}
