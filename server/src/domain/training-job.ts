// A training: one at a time in a shop, whichever process runs it. The lease says who; its number, the fence, rises
// with every owner, so that one that lost its lease can no longer write.

export const TRAINING_TARGETS = ['gold', 'diamond'] as const;
export type TrainingTarget = (typeof TRAINING_TARGETS)[number];

export const JOB_STATES = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];
export type EndState = Extract<JobState, 'done' | 'failed' | 'cancelled'>;

export const JOB_REASONS = ['asked', 'new_rows', 'first_start'] as const;
export type JobReason = (typeof JOB_REASONS)[number];

/** How a target ended: `models` were put in service; `error` is a text for people where it failed. */
export interface TargetOutcome {
  ok: boolean;
  models: string[];
  error: string | null;
  /** True: there were too few rows, which is the caller's business and no defect. */
  insufficient: boolean;
}
export type JobOutcome = Partial<Record<TrainingTarget, TargetOutcome>>;

export interface TrainingJob {
  id: string;
  targets: TrainingTarget[];
  reason: JobReason;
  state: JobState;
  requestedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  /** From 0 to 1. */
  progress: number;
  /** What is being done, a short English phrase; empty before it starts. */
  step: string;
  cancelRequested: boolean;
  /** 0 until it is claimed. */
  fence: number;
  leaseUntil: number | null;
  outcome: JobOutcome;
  /** Why a job as a whole failed, such as a process that ended; null otherwise. */
  error: string | null;
}

export interface NewJob {
  id: string;
  targets: TrainingTarget[];
  reason: JobReason;
}

/** Proof of being the one that runs a job. */
export interface Lease {
  jobId: string;
  fence: number;
}

/** A lease that is not renewed for so long has lost its owner. */
export const LEASE_MS = 15_000;

/** New rows of a series since its last training that ask for the next one. */
const RETRAIN_AFTER = 30;
/** The fewest rows to train from where there is no reference data, as in the older service. */
export const LEAST_ROWS = { gold: 30, diamond: 50 } as const satisfies Record<TrainingTarget, number>;

/** As far as the rule below counts rows: whoever counts may stop here. */
export const ROWS_THAT_COUNT = Math.max(RETRAIN_AFTER, ...Object.values(LEAST_ROWS));

/** Whether enough is new, enough is there, and no open job will learn from it anyway. */
export function isRetrainDue(
  target: TrainingTarget,
  { rows, newRows, hasReference }: { rows: number; newRows: number; hasReference: boolean },
  open: readonly TrainingJob[],
): boolean {
  if (newRows < RETRAIN_AFTER || (!hasReference && rows < LEAST_ROWS[target])) return false;
  return !open.some(({ targets }) => targets.includes(target));
}
