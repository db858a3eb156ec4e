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
import { toJob } from '../reads/jobs.ts';
import type { JobRow } from '../rows.ts';
import type { Tx } from './tx.ts';
import type { Query } from './view.ts';

export const OPEN_JOBS: Query<'training_jobs'> = {
  collection: 'training_jobs',
  name: 'training_jobs/open',
  filter: { open: true },
  matches: (row) => row.open,
};
const LOST = 'the process that trained ended, or was out of reach for too long';

export function requestJob(tx: Tx, job: NewJob): TrainingJob {
  const waiting = findOpen(tx, 'waiting');
  if (waiting) {
    const asked = new Set([...waiting.targets, ...job.targets]);
    const targets = TRAINING_TARGETS.filter((target) => asked.has(target));
    // Whoever asks counts for more than the program's own wish: it decides how thoroughly is trained.
    const reason = waiting.reason === 'asked' ? waiting.reason : job.reason;
    return keep(tx, { ...waiting, targets, reason });
  }
  return keep(tx, {
    id: job.id,
    shopId: tx.shopId,
    n: (newest(tx)?.n ?? 0) + 1,
    targets: job.targets,
    reason: job.reason,
    state: 'waiting',
    open: true,
    requestedAt: tx.by.at,
    startedAt: null,
    endedAt: null,
    progress: 0,
    step: '',
    cancelRequested: false,
    fence: 0,
    leaseUntil: null,
    outcome: '{}',
    error: null,
  });
}

export function claimJob(tx: Tx): TrainingJob | null {
  const { at } = tx.by;
  const running = findOpen(tx, 'running');
  if (running && (running.leaseUntil ?? 0) > at) return null;
  const outcome = running ? (JSON.parse(running.outcome) as JobOutcome) : {};
  if (running) end(tx, running, { state: 'failed', outcome, error: LOST });
  const waiting = findOpen(tx, 'waiting');
  if (!waiting) return null;
  // The number rises over all jobs of the shop, so that it can be compared wherever it is shown.
  const fence = highestFence(tx) + 1;
  return keep(tx, { ...waiting, state: 'running', startedAt: at, fence, leaseUntil: at + LEASE_MS });
}

export function advanceJob(tx: Tx, lease: Lease, progress: number, step: string): TrainingJob {
  const job = requireLease(tx, lease);
  return keep(tx, { ...job, progress, step, leaseUntil: tx.by.at + LEASE_MS });
}

export function cancelJob(tx: Tx, id: string): TrainingJob {
  const job = tx.get('training_jobs', id);
  if (!job) throw refuse('job_not_found');
  if (job.state === 'waiting') return end(tx, job, { state: 'cancelled', outcome: {}, error: null });
  return job.state === 'running' ? keep(tx, { ...job, cancelRequested: true }) : toJob(job);
}

export function finishJob(
  tx: Tx,
  lease: Lease,
  how: { state: EndState; outcome: JobOutcome; error: string | null },
): TrainingJob {
  return end(tx, requireLease(tx, lease), how);
}

/** The running job of the lease. A lease whose time ran out still holds while nobody else took the job. */
export function requireLease(tx: Tx, { jobId, fence }: Lease): JobRow {
  const job = tx.get('training_jobs', jobId);
  if (job?.state !== 'running' || job.fence !== fence) throw refuse('job_lost');
  return job;
}

function end(
  tx: Tx,
  job: JobRow,
  { state, outcome, error }: { state: EndState; outcome: JobOutcome; error: string | null },
): TrainingJob {
  const progress = state === 'done' ? 1 : job.progress;
  const ended = { endedAt: tx.by.at, leaseUntil: null, open: false };
  return keep(tx, { ...job, ...ended, state, outcome: JSON.stringify(outcome), error, progress });
}

function keep(tx: Tx, row: JobRow): TrainingJob {
  tx.put('training_jobs', row);
  return toJob(row);
}

function findOpen(tx: Tx, state: 'waiting' | 'running'): JobRow | null {
  return tx.find(OPEN_JOBS).find((row) => row.state === state) ?? null;
}

function newest(tx: Tx): JobRow | null {
  const rows = tx.find({
    collection: 'training_jobs',
    name: 'training_jobs/newest',
    filter: {},
    matches: () => true,
    first: { sort: { n: -1 }, limit: 1, compare: (a, b) => b.n - a.n },
  });
  return rows[0] ?? null;
}

function highestFence(tx: Tx): number {
  const rows = tx.find({
    collection: 'training_jobs',
    name: 'training_jobs/fence',
    filter: {},
    matches: () => true,
    first: { sort: { fence: -1 }, limit: 1, compare: (a, b) => b.fence - a.fence },
  });
  return rows[0]?.fence ?? 0;
}
