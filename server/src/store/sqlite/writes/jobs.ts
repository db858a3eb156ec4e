// Trainings: bookkeeping through the door, without journal entries.

import { refuse } from '../../../domain/shop-error.ts';
import {
  type EndState,
  type JobOutcome,
  LEASE_MS,
  type Lease,
  type NewJob,
  TRAINING_TARGETS,
  type TrainingJob,
} from '../../../domain/training-job.ts';
import { findJob, findJobInState } from '../reads/jobs.ts';
import type { Tx } from './tx.ts';

/** Jobs that ended are kept this long. */
const KEPT_MS = 90 * 24 * 3_600_000;
const LOST = 'the process that trained ended, or was out of reach for too long';

export function requestJob(tx: Tx, job: NewJob): TrainingJob {
  const { shopId, by } = tx;
  const waiting = findJobInState(tx, shopId, 'waiting');
  if (waiting) {
    const asked = new Set([...waiting.targets, ...job.targets]);
    const targets = TRAINING_TARGETS.filter((target) => asked.has(target));
    // Whoever asks counts for more than the program's own wish: it decides how thoroughly is trained.
    const reason = waiting.reason === 'asked' ? waiting.reason : job.reason;
    tx.run(
      'UPDATE training_jobs SET targets = :targets, reason = :reason WHERE shop_id = :shopId AND id = :id',
      { shopId, id: waiting.id, targets: JSON.stringify(targets), reason },
    );
    return { ...waiting, targets, reason };
  }
  tx.run(
    `DELETE FROM training_jobs WHERE shop_id = :shopId AND ended_at IS NOT NULL AND ended_at < :before`,
    { shopId, before: by.at - KEPT_MS },
  );
  tx.run(
    `INSERT INTO training_jobs (shop_id, id, n, targets, reason, state, requested_at, progress, step,
       cancel_requested, fence, outcome)
     VALUES (:shopId, :id, (SELECT coalesce(max(n), 0) + 1 FROM training_jobs WHERE shop_id = :shopId), :targets,
       :reason, 'waiting', :at, 0, '', 0, 0, '{}')`,
    { shopId, id: job.id, targets: JSON.stringify(job.targets), reason: job.reason, at: by.at },
  );
  return findJob(tx, shopId, job.id) as TrainingJob;
}

export function claimJob(tx: Tx): TrainingJob | null {
  const { shopId, by } = tx;
  const running = findJobInState(tx, shopId, 'running');
  if (running && (running.leaseUntil ?? 0) > by.at) return null;
  if (running) endJob(tx, running.id, { state: 'failed', outcome: running.outcome, error: LOST });
  const waiting = findJobInState(tx, shopId, 'waiting');
  if (!waiting) return null;
  // The number rises over all jobs of the shop, so that it can be compared wherever it is shown.
  const { fence } = tx.get<{ fence: number }>(
    'SELECT coalesce(max(fence), 0) + 1 AS fence FROM training_jobs WHERE shop_id = :shopId',
    { shopId },
  ) as { fence: number };
  tx.run(
    `UPDATE training_jobs SET state = 'running', started_at = :at, fence = :fence, lease_until = :until
     WHERE shop_id = :shopId AND id = :id`,
    { shopId, id: waiting.id, at: by.at, fence, until: by.at + LEASE_MS },
  );
  return findJob(tx, shopId, waiting.id);
}

export function advanceJob(tx: Tx, lease: Lease, progress: number, step: string): TrainingJob {
  const job = requireLease(tx, lease);
  const leaseUntil = tx.by.at + LEASE_MS;
  tx.run(
    `UPDATE training_jobs SET progress = :progress, step = :step, lease_until = :leaseUntil
     WHERE shop_id = :shopId AND id = :id`,
    { shopId: tx.shopId, id: job.id, progress, step, leaseUntil },
  );
  return { ...job, progress, step, leaseUntil };
}

export function cancelJob(tx: Tx, id: string): TrainingJob {
  const { shopId } = tx;
  const job = findJob(tx, shopId, id);
  if (!job) throw refuse('job_not_found');
  if (job.state === 'waiting') {
    endJob(tx, id, { state: 'cancelled', outcome: {}, error: null });
  } else if (job.state === 'running') {
    tx.run('UPDATE training_jobs SET cancel_requested = 1 WHERE shop_id = :shopId AND id = :id', {
      shopId,
      id,
    });
  }
  return findJob(tx, shopId, id) as TrainingJob;
}

export function finishJob(
  tx: Tx,
  lease: Lease,
  end: { state: EndState; outcome: JobOutcome; error: string | null },
): TrainingJob {
  const { id } = requireLease(tx, lease);
  endJob(tx, id, end);
  return findJob(tx, tx.shopId, id) as TrainingJob;
}

/** The running job of the lease. A lease whose time ran out still holds while nobody else took the job. */
export function requireLease(tx: Tx, { jobId, fence }: Lease): TrainingJob {
  const job = findJob(tx, tx.shopId, jobId);
  if (job?.state !== 'running' || job.fence !== fence) throw refuse('job_lost');
  return job;
}

function endJob(
  tx: Tx,
  id: string,
  { state, outcome, error }: { state: EndState; outcome: JobOutcome; error: string | null },
): void {
  tx.run(
    `UPDATE training_jobs SET state = :state, outcome = :outcome, error = :error, ended_at = :at, lease_until = NULL,
       progress = CASE WHEN :state = 'done' THEN 1 ELSE progress END
     WHERE shop_id = :shopId AND id = :id`,
    { shopId: tx.shopId, id, state, outcome: JSON.stringify(outcome), error, at: tx.by.at },
  );
}
