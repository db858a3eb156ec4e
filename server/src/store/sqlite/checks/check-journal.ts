// The chain of hashes, recomputed entry by entry. Entries never change, so they are read by key pages and no read
// transaction stays open.

import {
  chainHash,
  GENESIS_HASH,
  type HashedFields,
  JOURNAL_FORMAT,
  payloadHash,
} from '../../books/journal-hash.ts';
import type { Problems } from '../../books/problems.ts';
import type { Db } from '../database.ts';

const ROWS_AT_ONCE = 1000;

interface Row extends HashedFields {
  hash: string;
  salt: string | null;
  before: string | null;
  after: string | null;
}

/** Checks the entries up to `last` and answers how many there are. */
export function checkJournal(db: Db, shopId: string, last: number, problems: Problems): number {
  let count = 0;
  let previous = { seq: 0, hash: GENESIS_HASH };
  for (;;) {
    const rows = db.all<Row>(
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

function checkLink(row: Row, previous: { seq: number; hash: string }, problems: Problems): void {
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
function checkPayload(row: Row, problems: Problems): void {
  if (row.salt === null) problems.add(`journal entry ${row.seq}: its payload is missing`);
  else if (row.salt === '' && row.before === null && row.after === null) return;
  else if (payloadHash(row.salt, row.before, row.after) !== row.payloadHash) {
    problems.add(`journal entry ${row.seq}: its payload was changed after it was written`);
  }
}
