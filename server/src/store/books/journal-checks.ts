// The chain of hashes, one entry at a time.

import {
  chainHash,
  type HashedFields,
  JOURNAL_FORMAT,
  type JournalHead,
  payloadHash,
} from './journal-hash.ts';
import type { Problems } from './problems.ts';

/** An entry with its payload; `salt` is null where the payload is missing. */
export interface JournalLink extends HashedFields {
  hash: string;
  salt: string | null;
  before: string | null;
  after: string | null;
}

/** Checks an entry against the one before it and against its own hash. */
export function checkLink(row: JournalLink, previous: JournalHead, problems: Problems): void {
  const name = `journal entry ${row.seq}`;
  if (row.seq !== previous.seq + 1) {
    problems.add(`${name}: the entries from ${previous.seq + 1} to ${row.seq - 1} are missing`);
  } else if (row.prevHash !== previous.hash) {
    problems.add(`${name}: it does not follow the entry before it (prev_hash)`);
  }
  if (row.format !== JOURNAL_FORMAT) problems.add(`${name}: the format ${row.format} is unknown`);
  else if (chainHash(row) !== row.hash) problems.add(`${name}: it was changed after it was written (hash)`);
}

/** An erased payload is empty in every part; its hash stays in the chain. */
export function checkPayload(row: JournalLink, problems: Problems): void {
  if (row.salt === null) problems.add(`journal entry ${row.seq}: its payload is missing`);
  else if (row.salt === '' && row.before === null && row.after === null) return;
  else if (payloadHash(row.salt, row.before, row.after) !== row.payloadHash) {
    problems.add(`journal entry ${row.seq}: its payload was changed after it was written`);
  }
}
