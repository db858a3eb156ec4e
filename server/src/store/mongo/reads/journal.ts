import type { Db } from 'mongodb';
import type { Actor } from '../../../domain/actor.ts';
import type { Fields, JournalEntry, JournalFilter, Subject } from '../../../domain/journal.ts';
import type { BackupAttempts } from '../../backup-store.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { JournalRow, PayloadRow } from '../rows.ts';
import { equal, timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

export async function findByHash(db: Db, shopId: string, hash: string): Promise<JournalEntry | null> {
  const found = await db.collection('journal').find({ shop_id: shopId, hash }).limit(1).toArray();
  return (await toEntries(db, shopId, found))[0] ?? null;
}

export async function listJournal(
  db: Db,
  shopId: string,
  filter: JournalFilter,
  limit: number,
): Promise<JournalEntry[]> {
  const found = await db
    .collection('journal')
    .find(conditionsOf(shopId, filter))
    .sort({ seq: -1 })
    .limit(limit)
    .toArray();
  return toEntries(db, shopId, found);
}

/** With their payloads, which are written with them and asked after them: none is missing. */
export async function listJournalAfter(
  questions: Questions,
  shopId: string,
  position: number,
  limit: number,
): Promise<JournalEntry[]> {
  const following: Document[] = [
    { $match: { shop_id: shopId, seq: { $gt: position } } },
    { $sort: { seq: 1 } },
    { $limit: limit },
  ];
  const [found, payloads] = await Promise.all([
    questions.ask('journal', following),
    questions.ask('journal_payloads', following),
  ]);
  const bySeq = payloadsBySeq(payloads);
  return found.map((document) => {
    const row = fromDocument<JournalRow>(document);
    return toEntry(row, bySeq.get(row.seq));
  });
}

/** All kinds together: they cost what one of them does. */
export async function listBackups(db: Db, shopId: string, limit: number): Promise<BackupAttempts> {
  const newest = (action: string): Document[] => [
    { $match: { shop_id: shopId, action } },
    { $sort: { seq: -1 } },
    { $limit: limit },
  ];
  const found = await db
    .collection('journal')
    .aggregate<Document>([
      ...newest('backup.made'),
      { $unionWith: { coll: 'journal', pipeline: newest('backup.failed') } },
      { $unionWith: { coll: 'journal', pipeline: newest('backup.asked') } },
    ])
    .toArray();
  const entries = await toEntries(db, shopId, found);
  return {
    made: entries.filter(({ action }) => action === 'backup.made'),
    failed: entries.filter(({ action }) => action === 'backup.failed'),
    asked: entries.filter(({ action }) => action === 'backup.asked'),
  };
}

function conditionsOf(shopId: string, filter: JournalFilter): Document {
  const [type, id] = filter.subject?.split(':', 2) ?? [];
  const { actor, action } = filter;
  return {
    shop_id: shopId,
    ...equal({ subject_type: type, subject_id: id, action }),
    ...timeRange('at', filter),
    ...(actor === undefined ? {} : { $or: [{ actor_name: actor }, { actor_id: actor }] }),
  };
}

async function toEntries(db: Db, shopId: string, found: readonly Document[]): Promise<JournalEntry[]> {
  const rows = found.map((document) => fromDocument<JournalRow>(document));
  const payloads = await payloadsOf(db, shopId, rows);
  return rows.map((row) => toEntry(row, payloads.get(row.seq)));
}

/** The payloads of entries, by their numbers. */
export async function payloadsOf(
  db: Db,
  shopId: string,
  rows: readonly { seq: number }[],
): Promise<Map<number, PayloadRow>> {
  if (rows.length === 0) return new Map();
  const found = await db
    .collection('journal_payloads')
    .find({ shop_id: shopId, seq: { $in: rows.map(({ seq }) => seq) } })
    .toArray();
  return payloadsBySeq(found);
}

function payloadsBySeq(found: readonly Document[]): Map<number, PayloadRow> {
  return new Map(
    found.map((document) => {
      const payload = fromDocument<PayloadRow>(document);
      return [payload.seq, payload];
    }),
  );
}

export function toEntry(row: JournalRow, payload: PayloadRow | undefined): JournalEntry {
  const fields = (text: string | null | undefined): Fields | null =>
    text === null || text === undefined ? null : (JSON.parse(text) as Fields);
  return {
    seq: row.seq,
    at: row.at,
    actor: toActor(row),
    requestId: row.requestId,
    action: row.action,
    subject: { type: row.subjectType as Subject['type'], id: row.subjectId },
    before: fields(payload?.before),
    after: fields(payload?.after),
    prevHash: row.prevHash,
    hash: row.hash,
  };
}

function toActor(row: JournalRow): Actor {
  if (row.actorKind === 'user') return { kind: 'user', id: row.actorId ?? '', name: row.actorName };
  return { kind: row.actorKind, name: row.actorName };
}
