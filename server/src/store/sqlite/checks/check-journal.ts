// The chain of hashes, recomputed entry by entry. Entries never change, so they are read by key pages and no read
// transaction stays open.

import { checkLink, checkPayload, type JournalLink } from '../../books/journal-checks.ts';
import { GENESIS_HASH } from '../../books/journal-hash.ts';
import type { Problems } from '../../books/problems.ts';
import type { Db } from '../database.ts';

const ROWS_AT_ONCE = 1000;

/** Checks the entries up to `last` and answers how many there are. */
export function checkJournal(db: Db, shopId: string, last: number, problems: Problems): number {
  let count = 0;
  let previous = { seq: 0, hash: GENESIS_HASH };
  for (;;) {
    const rows = db.all<JournalLink>(
      `SELECT j.shop_id AS shopId, j.seq, j.format, j.at, j.actor_kind AS actorKind, j.actor_id AS actorId,
         j.actor_name AS actorName, j.request_id AS requestId, j.action, j.subject_type AS subjectType,
         j.subject_id AS subjectId, j.payload_hash AS payloadHash, j.prev_hash AS prevHash, j.hash,
         p.salt, p.before, p.after
       FROM journal j LEFT JOIN journal_payloads p ON p.shop_id = j.shop_id AND p.seq = j.seq
       WHERE j.shop_id = :shopId AND j.seq > :after AND j.seq <= :last ORDER BY j.seq LIMIT :limit`,
      { shopId, after: previous.seq, last, limit: ROWS_AT_ONCE },
    );
    for (const row of rows) {
      checkLink(row, previous, problems);
      checkPayload(row, problems);
      previous = { seq: row.seq, hash: row.hash };
    }
    count += rows.length;
    if (rows.length < ROWS_AT_ONCE) return count;
  }
}
