// The journal, the results of requests that may come again, and the shop's own document.

import {
  BOOL,
  type CollectionSpec,
  collection,
  index,
  maybe,
  NOT_NEGATIVE,
  OBJECT,
  oneOf,
  orNull,
  POSITIVE,
  TEXT,
  TIME,
  UNIQUE,
} from './shapes.ts';

export const BOOK_COLLECTIONS: CollectionSpec[] = [
  collection(
    'shops',
    {
      seq: NOT_NEGATIVE,
      hash: TEXT,
      settings: OBJECT,
      settings_version: POSITIVE,
      model_generation: NOT_NEGATIVE,
      moved_to: maybe(TEXT),
    },
    [],
  ),
  collection(
    'journal',
    {
      seq: POSITIVE,
      format: POSITIVE,
      at: TIME,
      actor_kind: oneOf('user', 'command_line', 'system'),
      actor_id: orNull(TEXT),
      actor_name: TEXT,
      request_id: TEXT,
      action: TEXT,
      subject_type: TEXT,
      subject_id: TEXT,
      payload_hash: TEXT,
      prev_hash: TEXT,
      hash: TEXT,
    },
    [
      index('seq', 'seq', UNIQUE),
      index('subject', 'subject_type subject_id seq'),
      index('action', 'action seq'),
    ],
  ),
  collection('journal_payloads', { seq: POSITIVE, salt: TEXT, before: orNull(TEXT), after: orNull(TEXT) }, [
    index('seq', 'seq', UNIQUE),
  ]),
  collection(
    'saved_results',
    {
      claimant: TEXT,
      key: maybe(TEXT),
      keyed: BOOL,
      fingerprint: TEXT,
      retries: NOT_NEGATIVE,
      at: TIME,
      position: NOT_NEGATIVE,
      request_id: TEXT,
      outcome: TEXT,
    },
    [
      index('key', 'claimant key', { ...UNIQUE, partialFilterExpression: { keyed: true } }),
      index('retry', 'claimant fingerprint', { partialFilterExpression: { keyed: false } }),
      index('age', 'keyed at'),
    ],
  ),
];
