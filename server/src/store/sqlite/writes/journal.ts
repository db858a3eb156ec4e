// Appending to the journal. The head is read inside the transaction: other processes write too.

import type { By } from '../../../domain/actor.ts';
import { GENESIS_HASH, type JournalHead } from '../../books/journal-hash.ts';
import { journalRows, type NewEntry } from '../../books/journal-row.ts';
import type { Connection, Db } from '../database.ts';

export function readHead(db: Db, shopId: string): JournalHead {
  const head = db.get<JournalHead>(
    'SELECT seq, hash FROM journal WHERE shop_id = :shopId ORDER BY seq DESC LIMIT 1',
    { shopId },
  );
  return head ?? { seq: 0, hash: GENESIS_HASH };
}

/** Writes the entry that follows `head` and answers the new head. */
export function appendEntry(
  db: Connection,
  shopId: string,
  head: JournalHead,
  by: By,
  entry: NewEntry,
): JournalHead {
  const { row, payload } = journalRows(shopId, head, by, entry);
  db.run(
    `INSERT OR FAIL INTO journal VALUES (:shopId, :seq, :format, :at, :actorKind, :actorId, :actorName, :requestId,
      :action, :subjectType, :subjectId, :payloadHash, :prevHash, :hash)`,
    row,
  );
  db.run('INSERT OR FAIL INTO journal_payloads VALUES (:shopId, :seq, :salt, :before, :after)', payload);
  return { seq: row.seq, hash: row.hash };
}
