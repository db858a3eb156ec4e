import type { By } from '../../../domain/actor.ts';
import type { Fields, Subject } from '../../../domain/journal.ts';
import type { GroupView } from './view.ts';

/**
 * What a change runs on. It reads and writes the group's view alone and is synchronous; it may run more than once, so
 * it changes nothing else and makes no ids that anybody else knows.
 * Every write of the books is followed by `record`: the door refuses a change that wrote without a journal entry.
 */
export interface Tx extends Pick<GroupView, 'get' | 'find' | 'need' | 'add' | 'put' | 'remove'> {
  readonly shopId: string;
  readonly by: By;
  /** Appends a journal entry (the changed fields only, never secrets) and answers its sequence number. */
  record(action: string, subject: Subject, before: Fields | null, after: Fields | null): number;
}
