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
  run: Connection['run'];
  /** Appends a journal entry (the changed fields only, never secrets) and answers its sequence number. */
  record(action: string, subject: Subject, before: Fields | null, after: Fields | null): number;
}
