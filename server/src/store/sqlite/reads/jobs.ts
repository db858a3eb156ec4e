import type {
  JobOutcome,
  JobReason,
  JobState,
  TrainingJob,
  TrainingTarget,
} from '../../../domain/training-job.ts';
import type { Db } from '../database.ts';

interface JobRow {
  id: string;
  targets: string;
  reason: string;
  state: string;
  requested_at: number;
  started_at: number | null;
  ended_at: number | null;
  progress: number;
  step: string;
  cancel_requested: number;
  fence: number;
  lease_until: number | null;
  outcome: string;
  error: string | null;
}

const COLUMNS = `id, targets, reason, state, requested_at, started_at, ended_at, progress, step, cancel_requested,
  fence, lease_until, outcome, error`;

export function findJob(db: Db, shopId: string, id: string): TrainingJob | null {
  const sql = `SELECT ${COLUMNS} FROM training_jobs WHERE shop_id = :shopId AND id = :id`;
  const row = db.get<JobRow>(sql, { shopId, id });
  return row ? toJob(row) : null;
}

export function findJobInState(db: Db, shopId: string, state: 'waiting' | 'running'): TrainingJob | null {
  const sql = `SELECT ${COLUMNS} FROM training_jobs
    WHERE shop_id = :shopId AND state = :state AND state IN ('waiting', 'running')`;
  const row = db.get<JobRow>(sql, { shopId, state });
  return row ? toJob(row) : null;
}

export function listJobs(db: Db, shopId: string, limit: number): TrainingJob[] {
  const sql = `SELECT ${COLUMNS} FROM training_jobs WHERE shop_id = :shopId ORDER BY n DESC LIMIT :limit`;
  return db.all<JobRow>(sql, { shopId, limit }).map(toJob);
}

export function openJobs(db: Db, shopId: string): TrainingJob[] {
  const states = ['running', 'waiting'] as const;
  return states.flatMap((state) => findJobInState(db, shopId, state) ?? []);
}

function toJob(row: JobRow): TrainingJob {
  return {
    id: row.id,
    targets: JSON.parse(row.targets) as TrainingTarget[],
    reason: row.reason as JobReason,
    state: row.state as JobState,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    progress: row.progress,
    step: row.step,
    cancelRequested: row.cancel_requested === 1,
    fence: row.fence,
    leaseUntil: row.lease_until,
    outcome: JSON.parse(row.outcome) as JobOutcome,
    error: row.error,
  };
}
