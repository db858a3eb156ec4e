// How a customer's statement begins, in one round trip. A customer's ledger is short enough to be walked for its time.

import type { Db } from 'mongodb';
import { balanceBefore, type CustomerStatement, type StatementEntry } from '../../../domain/khata.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { CustomerRow, EntryRow } from '../rows.ts';
import { toCustomer } from './customers.ts';

const LEDGER = 'khata_transactions';
const OLDEST = { position: 1 } as const;
const NEWEST = { position: -1 } as const;

/**
 * All of one moment, as khataOfCustomer is: the customer's document names the entries that its balance was written with.
 * Instants do not order the ledger, positions do. So the newest entry from before the time is asked for, too: where a
 * clock was set back it stands behind the first one of the time, and the page is read by the positions once more.
 */
export async function beginStatement(
  db: Db,
  shopId: string,
  customerId: string,
  from: number | null,
  limit: number,
): Promise<CustomerStatement | null> {
  const ofCustomer = { shop_id: shopId, customer_id: toId(customerId) };
  const since = from === null ? {} : ofTime({ $gte: ['$created_at', new Date(from)] });
  const page = [{ $match: { ...ofCustomer, ...since } }, { $sort: OLDEST }, { $limit: limit }];
  const [whose, ...found] = await db
    .collection('customers')
    .aggregate<Document>([
      { $match: { _id: toId(customerId), shop_id: shopId, is_active: true } },
      { $unionWith: { coll: LEDGER, pipeline: page } },
      ...(from === null ? [] : [newestBefore(ofCustomer, from)]),
    ])
    .toArray();
  if (!whose || !('phone' in whose)) return null;
  const row = fromDocument<CustomerRow>(whose);
  const upTo = ({ position }: EntryRow): boolean => position <= row.khataPosition;
  const before = found.find((document) => document.is_before);
  const rows = found
    .filter((document) => document !== before)
    .map((document) => fromDocument<EntryRow>(document))
    .filter(upTo);
  const first = rows[0]?.position ?? row.khataPosition + 1;
  const isInOrder = Number(before?.position ?? 0) < first || rows.length === 0;
  const entries = isInOrder ? rows : (await readFrom(db, ofCustomer, first, limit)).filter(upTo);
  return {
    customer: toCustomer(row),
    count: row.khataEntries,
    last: row.khataPosition,
    openingPaise: entries[0] ? balanceBefore(toStatementEntry(entries[0])) : row.balancePaise,
    entries: entries.map(toStatementEntry),
  };
}

/** As an expression: a plain condition would fit the index of the whole shop's times better, which has another order. */
function ofTime(condition: Document): Document {
  return { $expr: condition };
}

function newestBefore(ofCustomer: Document, from: number): Document {
  const pipeline = [
    { $match: { ...ofCustomer, ...ofTime({ $lt: ['$created_at', new Date(from)] }) } },
    { $sort: NEWEST },
    { $limit: 1 },
    { $project: { position: 1, is_before: { $literal: true } } },
  ];
  return { $unionWith: { coll: LEDGER, pipeline } };
}

async function readFrom(db: Db, ofCustomer: Document, position: number, limit: number): Promise<EntryRow[]> {
  const filter = { ...ofCustomer, position: { $gte: position } };
  const found = await db.collection(LEDGER).find(filter).sort(OLDEST).limit(limit).toArray();
  return found.map((document) => fromDocument<EntryRow>(document));
}

function toStatementEntry({ shopId: _shop, ...entry }: EntryRow): StatementEntry {
  return entry;
}
