// A new entry of the journal as rows: what both stores hash and keep.

import { randomFillSync } from 'node:crypto';
import type { By } from '../../domain/actor.ts';
import type { Fields, Subject } from '../../domain/journal.ts';
import { chainHash, JOURNAL_FORMAT, type JournalHead, payloadHash } from './journal-hash.ts';

export interface NewEntry {
  action: string;
  subject: Subject;
  before: Fields | null;
  after: Fields | null;
}

/** The entry that follows `head`, and its payload, which can be forgotten without breaking the chain. */
export function journalRows(shopId: string, head: JournalHead, by: By, entry: NewEntry) {
  const seq = head.seq + 1;
  const salt = newSalt();
  const before = entry.before === null ? null : JSON.stringify(entry.before);
  const after = entry.after === null ? null : JSON.stringify(entry.after);
  const row = {
    shopId,
    seq,
    format: JOURNAL_FORMAT,
    at: by.at,
    actorKind: by.actor.kind,
    actorId: by.actor.kind === 'user' ? by.actor.id : null,
    actorName: by.actor.name,
    requestId: by.requestId,
    action: entry.action,
    subjectType: entry.subject.type,
    subjectId: entry.subject.id,
    payloadHash: payloadHash(salt, before, after),
    prevHash: head.hash,
  };
  return { row: { ...row, hash: chainHash(row) }, payload: { shopId, seq, salt, before, after } };
}

const SALT_BYTES = 16;
const drawn = Buffer.alloc(SALT_BYTES * 256);
let unused = 0;

/** Drawn many at a time: asking the system for each cost more than hashing the entry. None is used twice. */
function newSalt(): string {
  if (unused === 0) {
    randomFillSync(drawn);
    unused = drawn.length;
  }
  unused -= SALT_BYTES;
  return drawn.toString('base64url', unused, unused + SALT_BYTES);
}
