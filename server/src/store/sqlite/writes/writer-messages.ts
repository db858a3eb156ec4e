// What the owner of the writing thread and the thread send each other.

import type { Answer, Command } from './door.ts';
import type { Parcel } from './parcel.ts';

/** What the owner sends; it rings the bell after each. */
export type ToWriter = Parcel[] | 'close';
/** What a parcel to the writer holds. */
export interface SentCommand {
  id: number;
  command: Command;
}
/** What the thread answers. */
export type FromWriter =
  | { kind: 'ready' }
  /** `isForNow`: the next start may find it otherwise. */
  | { kind: 'refused'; reason: string; isForNow: boolean }
  /** What a group will be answered once it is durable. */
  | { kind: 'announced'; answers: Parcel[] }
  /** That group is. */
  | { kind: 'durable' }
  /** Of a group that came to nothing. */
  | { kind: 'answers'; answers: Parcel[] };
/** What a parcel of answers holds. */
export interface SentAnswer {
  id: number;
  answer: Answer;
}
