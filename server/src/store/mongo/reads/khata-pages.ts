// Pages of the ledger in one round trip, rows and total together, through the index that is named.

import type { Db } from 'mongodb';
import type { Page, PageRequest } from '../../../domain/page.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { EntryRow } from '../rows.ts';
import { findPage } from './pages.ts';

const LEDGER = 'khata_transactions';
export const NEWEST = { position: -1 } as const;
/** The filters fit other indexes better than their order does. */
const INDEXES = { ledger: 'ledger', ofCustomer: 'of_customer', byTime: 'by_time' } as const;

/** How many entries stand on one side of a page, and between which positions. */
interface Side {
  count: number;
  first: number;
  last: number;
}

/** A customer's ledger is short enough to be walked for its time. */
export function findPageOfLedger(db: Db, filter: Document, page: PageRequest): Promise<Page<EntryRow>> {
  const hint = filter.customer_id === undefined ? INDEXES.ledger : INDEXES.ofCustomer;
  return findPage<EntryRow>(db, { collection: LEDGER, filter, sort: NEWEST, hint }, page);
}

/**
 * Instants do not order the ledger, positions do: two machines' clocks differ, and a clock may be set back. The page is
 * read in the order of time, with the positions on both sides of it, which show whether the ledger's page has the same
 * rows. Where a clock was set back just there it has not, and is read by the positions: one round trip more.
 */
export async function findPageOfTime(db: Db, filter: Document, page: PageRequest): Promise<Page<EntryRow>> {
  const { rows, newer, older } = await readByTime(db, filter, page);
  const sides = [newer, older].filter((side) => side !== undefined);
  const total = sides.reduce((sum, { count }) => sum + count, rows.length);
  const isOfLedger =
    rows.every(({ position }) => position < (newer?.first ?? Number.POSITIVE_INFINITY)) &&
    rows.every(({ position }) => position > (older?.last ?? 0));
  if (isOfLedger) return { rows: rows.toSorted((a, b) => b.position - a.position), total };
  const positions = [
    ...rows.map(({ position }) => position),
    ...sides.flatMap(({ first, last }) => [first, last]),
  ];
  const position = { $gte: Math.min(...positions), $lte: Math.max(...positions) };
  return findPageOfLedger(db, { ...filter, position }, page);
}

async function readByTime(
  db: Db,
  filter: Document,
  { skip, limit }: PageRequest,
): Promise<{ rows: EntryRow[]; newer: Side | undefined; older: Side | undefined }> {
  const inTime = [{ $match: filter }, { $sort: { created_at: -1, position: -1 } }];
  const beside = (side: string, stages: Document[]): Document => {
    const facts = { count: { $sum: 1 }, first: { $min: '$position' }, last: { $max: '$position' } };
    const pipeline = [...inTime, ...stages, { $group: { _id: side, ...facts } }];
    return { $unionWith: { coll: LEDGER, pipeline } };
  };
  const found = await db
    .collection(LEDGER)
    .aggregate<Document>(
      [
        ...inTime,
        { $skip: skip },
        { $limit: limit },
        ...(skip > 0 ? [beside('newer', [{ $limit: skip }])] : []),
        beside('older', [{ $skip: skip + limit }]),
      ],
      { hint: INDEXES.byTime },
    )
    .toArray();
  const sideOf = (name: string) => found.find(({ _id }) => _id === name) as Side | undefined;
  const rows = found.filter(({ _id }) => typeof _id !== 'string');
  return {
    rows: rows.map((document) => fromDocument<EntryRow>(document)),
    newer: sideOf('newer'),
    older: sideOf('older'),
  };
}
