import type { Db } from 'mongodb';
import type {
  CustomerKhata,
  KhataEntry,
  KhataFilter,
  KhataSummary,
  KhataTotals,
} from '../../../domain/khata.ts';
import type { Page, PageRequest } from '../../../domain/page.ts';
import { type Document, fromDocument, toId } from '../codec.ts';
import type { CustomerRow, EntryRow } from '../rows.ts';
import { toCustomer } from './customers.ts';
import { findPageOfLedger, findPageOfTime, NEWEST } from './khata-pages.ts';
import { timeRange } from './pages.ts';
import type { Questions } from './questions.ts';

const TOP_DEBTORS = 10;

export function toEntry(row: EntryRow, customerName: string, reversedBy: string | null): KhataEntry {
  const { shopId: _shop, ...entry } = row;
  return { ...entry, customerName, reversedBy };
}

export async function findEntry(db: Db, shopId: string, id: string): Promise<KhataEntry | null> {
  const filter = { _id: toId(id) as never, shop_id: shopId };
  const document = await db.collection('khata_transactions').findOne(filter);
  if (!document) return null;
  return (await complete(db, shopId, [fromDocument<EntryRow>(document)]))[0] ?? null;
}

export async function listEntries(
  db: Db,
  shopId: string,
  filter: KhataFilter,
  page: PageRequest,
): Promise<Page<KhataEntry>> {
  const { customerId } = filter;
  const where: Document = {
    shop_id: shopId,
    ...(customerId === undefined ? {} : { customer_id: toId(customerId) }),
    ...timeRange('created_at', filter),
  };
  const isOfTime = customerId === undefined && where.created_at !== undefined;
  const { rows, total } = await (isOfTime
    ? findPageOfTime(db, where, page)
    : findPageOfLedger(db, where, page));
  return { rows: await complete(db, shopId, rows), total };
}

export async function listEntriesFrom(
  db: Db,
  shopId: string,
  customerId: string,
  afterPosition: number,
  limit: number,
): Promise<KhataEntry[]> {
  const found = await db
    .collection('khata_transactions')
    .find({ shop_id: shopId, customer_id: toId(customerId), position: { $gt: afterPosition } })
    .sort({ position: 1 })
    .limit(limit)
    .toArray();
  return complete(
    db,
    shopId,
    found.map((document) => fromDocument<EntryRow>(document)),
  );
}

/** The entries with what stands elsewhere: the customers' names of today, and the entries that took them back. */
async function complete(db: Db, shopId: string, rows: readonly EntryRow[]): Promise<KhataEntry[]> {
  if (rows.length === 0) return [];
  const customers = [...new Set(rows.map((row) => row.customerId))].map(toId);
  const entries = rows.map((row) => toId(row.id));
  const found = await db
    .collection('customers')
    .aggregate<Document>([
      { $match: { shop_id: shopId, _id: { $in: customers } } },
      { $project: { name: 1 } },
      {
        $unionWith: {
          coll: 'khata_transactions',
          pipeline: [
            // The index holds reversals alone, and serves only those who say so.
            { $match: { shop_id: shopId, reverses: { $in: entries, $type: 'objectId' } } },
            { $project: { reverses: 1 } },
          ],
        },
      },
    ])
    .toArray();
  const names = new Map<string, string>();
  const reversals = new Map<string, string>();
  for (const document of found) {
    const { id, name, reverses } = fromDocument<{ id: string; name?: string; reverses?: string }>(document);
    if (name !== undefined) names.set(id, name);
    if (reverses !== undefined) reversals.set(reverses, id);
  }
  return rows.map((row) => toEntry(row, names.get(row.customerId) ?? '', reversals.get(row.id) ?? null));
}

export async function khataTotals(db: Db, shopId: string, customerId: string): Promise<KhataTotals> {
  const filter = { _id: toId(customerId) as never, shop_id: shopId };
  const document = await db.collection('customers').findOne(filter);
  return document
    ? totalsOf(fromDocument<CustomerRow>(document))
    : { count: 0, debitsPaise: 0, creditsPaise: 0 };
}

function totalsOf(row: CustomerRow): KhataTotals {
  return {
    count: row.khataEntries,
    debitsPaise: row.khataDebitsPaise,
    creditsPaise: row.khataCreditsPaise,
  };
}

/**
 * All of one moment, without a transaction: entries are never changed, so those up to the position that the customer's
 * own document names are the ledger that its balance and sums were written with. Both are asked for together; where an
 * entry was posted between the two, the entries are asked for again.
 */
export async function khataOfCustomer(
  db: Db,
  shopId: string,
  customerId: string,
  page: PageRequest,
): Promise<CustomerKhata | null> {
  const ofCustomer = { shop_id: shopId, customer_id: toId(customerId) };
  const pageOf = (filter: Document): Document[] => [
    { $match: filter },
    { $sort: NEWEST },
    { $skip: page.skip },
    { $limit: page.limit },
  ];
  const ledger = db.collection('khata_transactions');
  const [whose, ...found] = await db
    .collection('customers')
    .aggregate<Document>([
      { $match: { _id: toId(customerId), shop_id: shopId, is_active: true } },
      { $unionWith: { coll: 'khata_transactions', pipeline: pageOf(ofCustomer) } },
    ])
    .toArray();
  if (!whose || 'customer_id' in whose) return null;
  const row = fromDocument<CustomerRow>(whose);
  const isOfMoment = found.every(({ position }) => Number(position) <= row.khataPosition);
  const upTo = { ...ofCustomer, position: { $lte: row.khataPosition } };
  const rows = isOfMoment ? found : await ledger.aggregate<Document>(pageOf(upTo)).toArray();
  const entries = await complete(
    db,
    shopId,
    rows.map((document) => fromDocument<EntryRow>(document)),
  );
  return {
    customer: toCustomer(row),
    entries: { rows: entries, total: row.khataEntries },
    totals: totalsOf(row),
  };
}

/** From the customers' documents alone: their sums are kept with every posting. */
export async function summariseKhata(questions: Questions, shopId: string): Promise<KhataSummary> {
  const sum = (expression: unknown) => ({ $sum: expression });
  const balance = '$balance_paise';
  const [[sums], top] = await Promise.all([
    questions.ask<Record<string, number>>('customers', [
      { $match: { shop_id: shopId } },
      {
        $group: {
          _id: null,
          customers: sum({ $cond: ['$is_active', 1, 0] }),
          withBalance: sum({ $cond: [{ $ne: [balance, 0] }, 1, 0] }),
          debtors: sum({ $cond: [{ $gt: [balance, 0] }, 1, 0] }),
          outstanding: sum({ $max: [balance, 0] }),
          credit: sum({ $max: [{ $multiply: [balance, -1] }, 0] }),
          entries: sum('$khata_entries'),
          debits: sum('$khata_debits_paise'),
          credits: sum('$khata_credits_paise'),
        },
      },
    ]),
    questions.ask('customers', [
      { $match: { shop_id: shopId, is_active: true, balance_paise: { $gt: 0 } } },
      { $sort: { balance_paise: -1, _id: 1 } },
      { $limit: TOP_DEBTORS },
    ]),
  ]);
  return {
    customers: sums?.customers ?? 0,
    customersWithBalance: sums?.withBalance ?? 0,
    debtors: sums?.debtors ?? 0,
    outstandingPaise: sums?.outstanding ?? 0,
    creditPaise: sums?.credit ?? 0,
    topDebtors: top.map((document) => {
      const { id, name, phone, balancePaise } = fromDocument<CustomerRow>(document);
      return { id, name, phone, balancePaise };
    }),
    totals: {
      count: sums?.entries ?? 0,
      debitsPaise: sums?.debits ?? 0,
      creditsPaise: sums?.credits ?? 0,
    },
  };
}
