// What the primary process and its workers say to each other, over the channel that Node opens between parent and child.
// Plain data only; a connection travels beside its message.

import type { By } from '../domain/actor.ts';
import type { Metric } from '../domain/metric.ts';
import type { Refusal } from '../domain/shop-error.ts';
import type { MeterReading } from '../http/meters.ts';

/** A change that a worker asks for. */
export interface AskedChange {
  id: number;
  name: string;
  args: readonly unknown[];
  by: By;
}
/** What came of it. `defect`: the text of an unexpected error, for the log only. */
export type ChangeAnswer = { id: number } & (
  | { ok: true; value: unknown; position: number; requestId: string }
  | { ok: false; refusal: Refusal; requestId: string | undefined }
  | { defect: string }
);

export type ToWorker =
  /** The database is open and its first account is there: the worker may open it too. */
  | { kind: 'open'; setupCode: string | null }
  /** Comes with a connection. */
  | { kind: 'connection' }
  | { kind: 'answers'; answers: ChangeAnswer[] }
  /** Says what it has counted. */
  | { kind: 'read-meters'; id: number }
  /** What all have counted, for the worker that asked. */
  | { kind: 'all-meters'; id: number; readings: MeterReading[] }
  /** This worker does what only one of them does: upkeep. */
  | { kind: 'lead' }
  /** `roll`: another one serves already, so there is time until the last connection has ended. */
  | { kind: 'stop'; roll: boolean };

export type ToPrimary =
  | { kind: 'ready' }
  /** The connection was taken over: there may be another. */
  | { kind: 'taken' }
  /** It was told from outside to stop: another one is to take its place first. */
  | { kind: 'resigned' }
  | { kind: 'meters'; id: number; metrics: Metric[] }
  /** Somebody asks this worker what all have counted. */
  | { kind: 'ask-meters'; id: number }
  | { kind: 'changes'; changes: AskedChange[] };
