import type { By } from '../../../domain/actor.ts';
import type { Figure, FigureSum } from '../../../domain/figures.ts';
import type { Fields, Subject } from '../../../domain/journal.ts';
import type { Connection, Db } from '../database.ts';
import type { Standing } from './standing.ts';

/**
 * The transaction a change runs in. It is the only handle a change has, so that nothing can be written outside.
 * Every write of the books is followed by `record`: the door refuses a change that wrote without a journal entry.
 */
export interface Tx extends Db {
  readonly shopId: string;
  readonly by: By;
  /** The folder of the shop's data, for the files that stand beside the database. */
  readonly dataDir: string;
  /** As it was when the change began. Whoever changes what stands in it says `forgetStanding`. */
  readonly standing: Standing;
  forgetStanding(): void;
  run: Connection['run'];
  /** Appends a journal entry (the changed fields only, never secrets) and answers its sequence number. */
  record(action: string, subject: Subject, before: Fields | null, after: Fields | null): number;
  /** Adds to a figure of a day of the shop; it is written with what the others of the group add, at its end. */
  addToDay(day: string, figure: Figure, sum: FigureSum): void;
  /** Runs once the change is durable, and never when it is not. It must not throw: nothing can be undone then. */
  afterCommit(action: () => void): void;
}
