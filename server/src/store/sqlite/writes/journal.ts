// Appending to the journal. The head is read inside the transaction: other processes write too.

import { randomFillSync } from 'node:crypto';
import type { By } from '../../../domain/actor.ts';
import type { Fields, Subject } from '../../../domain/journal.ts';
import { chainHash, GENESIS_HASH, JOURNAL_FORMAT, payloadHash } from '../../books/journal-hash.ts';
import type { Connection, Db } from '../database.ts';

export interface JournalHead {
  seq: number;
  hash: string;
}

export function readHead(db: Db, shopId: string): JournalHead {
  const head = db.get<JournalHead>(
    'SELECT seq, hash FROM journal WHERE shop_id = :shopId ORDER BY seq DESC LIMIT 1',
    { shopId },
  );
  return head ?? { seq: 0, hash: GENESIS_HASH };
}

export interface NewEntry {
  action: string;
  subject: Subject;
  before: Fields | null;
  after: Fields | null;
}

/** Writes the entry that follows `head` and answers the new head. */
export function appendEntry(
  db: Connection,
  shopId: string,
  head: JournalHead,
  by: By,
  entry: NewEntry,
): JournalHead {
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
  const hash = chainHash(row);
  db.run(
    `INSERT INTO journal VALUES (:shopId, :seq, :format, :at, :actorKind, :actorId, :actorName, :requestId,
      :action, :subjectType, :subjectId, :payloadHash, :prevHash, :hash)`,
    { ...row, hash },
  );
  db.run('INSERT INTO journal_payloads VALUES (:shopId, :seq, :salt, :before, :after)', {
    shopId,
    seq,
    salt,
    before,
    after,
  });
  return { seq, hash };
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
