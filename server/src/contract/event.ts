import { Type } from 'typebox';
import { QueryText } from './fields.ts';
import type { JournalEntryWire } from './journal.ts';

/** The data of a live event: a journal entry without its hashes. Its name is the action, its id the `seq`. */
export interface EventWire extends Omit<JournalEntryWire, 'prev_hash' | 'hash' | 'actor'> {
  /** Null, as are `before` and `after`, where the listener may know only that something changed. */
  actor: JournalEntryWire['actor'] | null;
}

/** The data of `hello`, which comes first, and of `reset`, after which all must be read again. */
export interface StreamStartWire {
  epoch: string;
  position: number;
}

export const EventHeaders = Type.Object({
  'Last-Event-ID': Type.Optional(
    Type.String({
      pattern: '^\\d*$',
      description: 'The id of the last event that came: the stream goes on after it',
    }),
  ),
});

export const EventQuery = Type.Object({
  epoch: QueryText('The epoch that `hello` named when the last event id was got'),
});
