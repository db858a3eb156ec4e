import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Actor } from '../../../domain/actor.ts';
import type { Fields, JournalEntry, JournalFilter, Subject } from '../../../domain/journal.ts';
import type { Db } from '../database.ts';
import type { Params } from '../positional.ts';

interface Row {
  seq: number;
  at: number;
  actor_kind: Actor['kind'];
  actor_id: string | null;
  actor_name: string;
  request_id: string;
  action: string;
  subject_type: Subject['type'];
  subject_id: string;
  before: string | null;
  after: string | null;
  prev_hash: string;
  hash: string;
}

export function journalPosition(db: Db, shopId: string): number {
  const row = db.get<{ seq: number }>(
    'SELECT seq FROM journal WHERE shop_id = :shopId ORDER BY seq DESC LIMIT 1',
    { shopId },
  );
  return row?.seq ?? 0;
}

function select(index: string): string {
  return `SELECT j.seq, j.at, actor_kind, actor_id, actor_name, request_id, action, subject_type, subject_id,
      p.before, p.after, prev_hash, hash
    FROM journal j ${index} LEFT JOIN journal_payloads p ON p.shop_id = j.shop_id AND p.seq = j.seq`;
}

export function findByHash(db: Db, shopId: string, hash: string): JournalEntry | null {
  const row = db.get<Row>(`${select('')} WHERE j.shop_id = :shopId AND j.hash = :hash`, { shopId, hash });
  return row ? toEntry(row) : null;
}

/** The newest entries of one action. */
export function listAction(db: Db, shopId: string, action: string, limit: number): JournalEntry[] {
  return newest(db, shopId, { action }, limit, { index: BY_ACTION });
}

/** How many entries one question looks at: about a millisecond of the thread, which has other callers. */
const STEP = 2000;

/**
 * What no index answers is looked for step by step, newest first, with a turn for everybody else after each step: entries
 * never change, so that what comes in meanwhile does no harm. `step`: for tests.
 */
export async function listJournal(
  db: Db,
  shopId: string,
  filter: JournalFilter,
  limit: number,
  step = STEP,
): Promise<JournalEntry[]> {
  const { subject, action, ...rest } = filter;
  if (subject?.includes(':')) return newest(db, shopId, filter, limit, { index: BY_SUBJECT });
  if (subject !== undefined && isRare(db, shopId, subject, step)) {
    return newest(db, shopId, filter, limit, { among: OF_TYPE });
  }
  const index = action === undefined ? '' : BY_ACTION;
  if (subject === undefined && Object.keys(rest).length === 0) {
    return newest(db, shopId, filter, limit, { index });
  }
  const found: JournalEntry[] = [];
  for (let last = journalPosition(db, shopId); last > 0 && found.length < limit; last -= step) {
    const bounds = { after: last - step, last };
    found.push(...newest(db, shopId, filter, limit - found.length, { index, among: BETWEEN, bounds }));
    await nextTurn();
  }
  return found;
}

/** Whether so few entries are of a type of subject that all of them can be looked at. */
function isRare(db: Db, shopId: string, subjectType: string, bound: number): boolean {
  const row = db.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM journal ${BY_SUBJECT}
     WHERE shop_id = :shopId AND subject_type = :subjectType LIMIT :bound)`,
    { shopId, subjectType, bound },
  );
  return (row?.n ?? 0) < bound;
}

// Named, because without statistics SQLite would rather walk the whole journal, which has the right order.
const BY_SUBJECT = 'INDEXED BY journal_subject';
const BY_ACTION = 'INDEXED BY journal_action';
const OF_TYPE = `AND j.seq IN (SELECT seq FROM journal ${BY_SUBJECT}
  WHERE shop_id = :shopId AND subject_type = :subjectType)`;
const BETWEEN = 'AND j.seq > :after AND j.seq <= :last';

/** Those that pass the filter, newest first. */
function newest(
  db: Db,
  shopId: string,
  filter: JournalFilter,
  limit: number,
  { index = '', among = '', bounds = {} }: { index?: string; among?: string; bounds?: Params },
): JournalEntry[] {
  const { condition, params } = conditions(shopId, filter);
  const sql = `${select(index)} WHERE ${condition} ${among} ORDER BY j.seq DESC LIMIT :limit`;
  return db.all<Row>(sql, { ...params, ...bounds, limit }).map(toEntry);
}

export function listJournalAfter(db: Db, shopId: string, position: number, limit: number): JournalEntry[] {
  return db
    .all<Row>(`${select('')} WHERE j.shop_id = :shopId AND j.seq > :position ORDER BY j.seq LIMIT :limit`, {
      shopId,
      position,
      limit,
    })
    .map(toEntry);
}

function conditions(shopId: string, filter: JournalFilter): { condition: string; params: Params } {
  const where = ['j.shop_id = :shopId'];
  const params: Params = { shopId };
  const add = (sql: string, name: string, value: string | number): void => {
    where.push(sql);
    params[name] = value;
  };
  if (filter.subject !== undefined) {
    const [type = '', id] = filter.subject.split(':', 2);
    add('subject_type = :subjectType', 'subjectType', type);
    if (id !== undefined) add('subject_id = :subjectId', 'subjectId', id);
  }
  if (filter.actor !== undefined) add('(actor_name = :actor OR actor_id = :actor)', 'actor', filter.actor);
  if (filter.action !== undefined) add('action = :action', 'action', filter.action);
  if (filter.from !== undefined) add('j.at >= :from', 'from', filter.from);
  if (filter.to !== undefined) add('j.at < :to', 'to', filter.to);
  return { condition: where.join(' AND '), params };
}

function toEntry(row: Row): JournalEntry {
  return {
    seq: row.seq,
    at: row.at,
    actor: toActor(row),
    requestId: row.request_id,
    action: row.action,
    subject: { type: row.subject_type, id: row.subject_id },
    before: row.before === null ? null : (JSON.parse(row.before) as Fields),
    after: row.after === null ? null : (JSON.parse(row.after) as Fields),
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}

function toActor(row: Row): Actor {
  if (row.actor_kind === 'user') return { kind: 'user', id: row.actor_id ?? '', name: row.actor_name };
  return { kind: row.actor_kind, name: row.actor_name };
}
