import type { By } from '../../../domain/actor.ts';
import type { Fields, Subject } from '../../../domain/journal.ts';
import type { Connection, Db } from '../database.ts';

/**
 * The transaction a change runs in. It is the only handle a change has, so that nothing can be written outside.
 * Every write of the books is followed by `record`: the door refuses a change that wrote without a journal entry.
 */
export interface Tx extends Db {
  readonly shopId: string;
  readonly by: By;
  /** The folder of the shop's data, for the files that stand beside the database. */
  readonly dataDir: string;
  run: Connection['run'];
  /** Appends a journal entry (the changed fields only, never secrets) and answers its sequence number. */
  record(action: string, subject: Subject, before: Fields | null, after: Fields | null): number;
  /** Runs once the change is durable, and never when it is not. It must not throw: nothing can be undone then. */
  afterCommit(action: () => void): void;
}
