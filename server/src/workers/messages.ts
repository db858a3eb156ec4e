// What the primary process and its workers say to each other, over the channel that Node opens between parent and child.
// Plain data only; a connection travels beside its message.

import type { By } from '../domain/actor.ts';
import type { Refusal } from '../domain/shop-error.ts';

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
  /** So many changes were made so far. Comes before the answers to them. */
  | { kind: 'changes'; changes: number }
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
  | { kind: 'changes'; changes: AskedChange[] };
