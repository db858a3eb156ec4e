import {
  balanceBefore,
  type CustomerKhata,
  type CustomerStatement,
  type EntryType,
  type KhataEntry,
  type KhataFilter,
  type KhataMethod,
  type KhataSummary,
  type KhataTotals,
} from '../../../domain/khata.ts';
import type { Page, PageRequest } from '../../../domain/page.ts';
import type { Connection, Db } from '../database.ts';
import { Conditions } from './conditions.ts';
import { findCustomer } from './customers.ts';
import { countKept } from './figures.ts';

interface Row {
  id: string;
  position: number;
  customer_id: string;
  customer_name: string;
  type: EntryType;
  amount_paise: number;
  balance_after_paise: number;
  description: string | null;
  payment_method: string | null;
  reference_number: string | null;
  created_at: number;
  created_by: string;
  reverses: string | null;
  reversed_by: string | null;
  source_kind: 'order' | 'sale' | null;
  source_id: string | null;
}

/** Rows of the ledger with what stands elsewhere: the name is the customer's of today, as everywhere. */
function select(entries: string, order: 'ASC' | 'DESC' = 'DESC'): string {
  return `SELECT e.id, e.position, e.customer_id, c.name AS customer_name, e.type, e.amount_paise,
      e.balance_after_paise, e.description, e.payment_method, e.reference_number, e.created_at, e.created_by,
      e.reverses, r.id AS reversed_by, e.source_kind, e.source_id
    FROM (${entries}) e
    JOIN customers c ON c.shop_id = e.shop_id AND c.id = e.customer_id
    LEFT JOIN khata_entries r ON r.shop_id = e.shop_id AND r.reverses = e.id
    ORDER BY e.position ${order}`;
}

const TOP_DEBTORS = 10;

export function findEntry(db: Db, shopId: string, id: string): KhataEntry | null {
  const row = db.get<Row>(select('SELECT * FROM khata_entries WHERE shop_id = :shopId AND id = :id'), {
    shopId,
    id,
  });
  return row ? toEntry(row) : null;
}

export function listEntries(
  db: Db,
  shopId: string,
  filter: KhataFilter,
  page: PageRequest,
): Page<KhataEntry> {
  const { source, where } = conditionsOf(shopId, filter);
  const bounds = findBounds(db, shopId, filter);
  if (bounds.total === 0) return { rows: [], total: 0 };
  const rows = db.all<Row>(
    select(
      `SELECT * FROM ${source} WHERE ${where.sql} AND position BETWEEN :first AND :last
       ORDER BY position DESC LIMIT :limit OFFSET :skip`,
    ),
    { ...where.params, first: bounds.first, last: bounds.last, limit: page.limit, skip: page.skip },
  );
  return { rows: rows.map(toEntry), total: bounds.total };
}

/** Which entry takes which one back: of all entries up to a position, by what they take back. */
export function reversalsUpTo(db: Db, shopId: string, position: number): Map<string, string> {
  const rows = db.all<{ id: string; reverses: string }>(
    `SELECT id, reverses FROM khata_entries
     WHERE shop_id = :shopId AND reverses IS NOT NULL AND position <= :position`,
    { shopId, position },
  );
  return new Map(rows.map(({ id, reverses }) => [reverses, id]));
}

/** What stands elsewhere than in the ledger, kept from page to page. */
export interface KnownToLedger {
  /** By customer. */
  names: Map<string, string>;
  reversals: ReadonlyMap<string, string> | null;
}

const MOST_NAMES_KEPT = 20_000;

/**
 * The entries before a position, newest first. Without the joins of the lists, which take two thirds of the time where
 * a million rows are read.
 */
export function entriesBefore(
  db: Connection,
  shopId: string,
  filter: KhataFilter,
  position: number,
  limit: number,
  { names, reversals }: KnownToLedger,
): KhataEntry[] {
  const { source, where } = conditionsOf(shopId, filter);
  const rows = db.lists(
    `SELECT ${PLAIN_COLUMNS} FROM ${source} WHERE ${where.sql} AND position < :position
     ORDER BY position DESC LIMIT :limit`,
    { ...where.params, position, limit },
  ) as PlainRow[];
  if (names.size > MOST_NAMES_KEPT) names.clear();
  // Each look into a map of texts is 4% of the work: one for a row, two where a customer is new.
  let isNew = false;
  const found = rows.map((row) => {
    const name = names.get(row[2]);
    isNew ||= name === undefined;
    return name;
  });
  if (isNew) learnNames(db, shopId, rows, names);
  return rows.map((row, index) =>
    plainEntry(row, found[index] ?? names.get(row[2]) ?? '', reversals?.get(row[0]) ?? null),
  );
}

// A word of a closed list comes as a number: a text would be made anew for each row.
const PLAIN_COLUMNS = `id, position, customer_id, type = 'debit', amount_paise, balance_after_paise, description,
  payment_method, reference_number, created_at, created_by, reverses, source_kind = 'order', source_id`;
type PlainRow = [
  id: string,
  position: number,
  customerId: string,
  isDebit: 0 | 1,
  amountPaise: number,
  balanceAfterPaise: number,
  description: string | null,
  paymentMethod: KhataMethod | null,
  referenceNumber: string | null,
  createdAt: number,
  createdBy: string,
  reverses: string | null,
  isOfOrder: 0 | 1 | null,
  sourceId: string | null,
];

function plainEntry(row: PlainRow, customerName: string, reversedBy: string | null): KhataEntry {
  const isOfOrder = row[12];
  const sourceId = row[13];
  return {
    id: row[0],
    position: row[1],
    customerId: row[2],
    customerName,
    type: row[3] === 1 ? 'debit' : 'credit',
    amountPaise: row[4],
    balanceAfterPaise: row[5],
    description: row[6],
    paymentMethod: row[7],
    referenceNumber: row[8],
    createdAt: row[9],
    createdBy: row[10],
    reverses: row[11],
    reversedBy,
    source:
      isOfOrder !== null && sourceId !== null
        ? { kind: isOfOrder === 1 ? 'order' : 'sale', id: sourceId }
        : null,
  };
}

function learnNames(db: Db, shopId: string, rows: readonly PlainRow[], names: Map<string, string>): void {
  const unknown = new Set<string>();
  for (const row of rows) if (!names.has(row[2])) unknown.add(row[2]);
  const found = db.all<{ id: string; name: string }>(
    'SELECT id, name FROM customers WHERE shop_id = :shopId AND id IN (SELECT value FROM json_each(:ids))',
    { shopId, ids: JSON.stringify([...unknown]) },
  );
  for (const { id, name } of found) names.set(id, name);
}

export function listEntriesFrom(
  db: Db,
  shopId: string,
  customerId: string,
  afterPosition: number,
  limit: number,
): KhataEntry[] {
  return db
    .all<Row>(
      select(
        `SELECT * FROM ${OF_CUSTOMER} WHERE shop_id = :shopId AND customer_id = :customerId
           AND position > :afterPosition ORDER BY position LIMIT :limit`,
        'ASC',
      ),
      { shopId, customerId, afterPosition, limit },
    )
    .map(toEntry);
}

// The index is named: without statistics SQLite would rather walk the whole ledger, which has the right order.
const OF_CUSTOMER = 'khata_entries INDEXED BY khata_entries_customer';

function conditionsOf(shopId: string, filter: KhataFilter): { source: string; where: Conditions } {
  const where = new Conditions(shopId);
  where.add('customer_id = :customerId', 'customerId', filter.customerId);
  where.add('created_at >= :from', 'from', filter.from);
  where.add('created_at < :to', 'to', filter.to);
  return { source: filter.customerId === undefined ? 'khata_entries' : OF_CUSTOMER, where };
}

interface Bounds {
  total: number;
  first: number;
  last: number;
}

/** How many entries a filter lets through, and between which positions: the kept sums say it where no time is asked. */
function findBounds(db: Db, shopId: string, filter: KhataFilter): Bounds {
  if (filter.from === undefined && filter.to === undefined) {
    return { total: countEntries(db, shopId, filter.customerId), first: 0, last: Number.MAX_SAFE_INTEGER };
  }
  const { source, where } = conditionsOf(shopId, filter);
  const dated = filter.customerId === undefined ? 'khata_entries INDEXED BY khata_entries_created' : source;
  const bounds = db.get<Bounds>(
    `SELECT count(*) AS total, min(position) AS first, max(position) AS last FROM ${dated} WHERE ${where.sql}`,
    where.params,
  );
  return bounds ?? { total: 0, first: 0, last: 0 };
}

export function khataTotals(db: Db, shopId: string, customerId: string): KhataTotals {
  const row = db.get<KhataTotals>(
    `SELECT khata_entries AS count, khata_debits_paise AS debitsPaise, khata_credits_paise AS creditsPaise
     FROM customers WHERE shop_id = :shopId AND id = :customerId`,
    { shopId, customerId },
  );
  return row ? { ...row } : { count: 0, debitsPaise: 0, creditsPaise: 0 };
}

export function khataOfCustomer(
  db: Db,
  shopId: string,
  customerId: string,
  page: PageRequest,
): CustomerKhata | null {
  const customer = findCustomer(db, shopId, customerId);
  if (!customer) return null;
  return {
    customer,
    entries: listEntries(db, shopId, { customerId }, page),
    totals: khataTotals(db, shopId, customerId),
  };
}

export function beginStatement(
  db: Db,
  shopId: string,
  customerId: string,
  from: number | null,
  limit: number,
): CustomerStatement | null {
  const customer = findCustomer(db, shopId, customerId);
  if (!customer) return null;
  const bounds = db.get<{ first: number | null; last: number | null }>(
    `SELECT min(position) FILTER (WHERE created_at >= :from) AS first, max(position) AS last
     FROM ${OF_CUSTOMER} WHERE shop_id = :shopId AND customer_id = :customerId`,
    { shopId, customerId, from: from ?? 0 },
  );
  const first = bounds?.first ?? null;
  const entries = first === null ? [] : listEntriesFrom(db, shopId, customerId, first - 1, limit);
  return {
    customer,
    count: khataTotals(db, shopId, customerId).count,
    last: bounds?.last ?? 0,
    openingPaise: entries[0] ? balanceBefore(entries[0]) : customer.balancePaise,
    entries,
  };
}

/** From the customers' rows alone: their sums are kept with every posting. */
export function summariseKhata(db: Db, shopId: string): KhataSummary {
  // total() never overflows; it is exact up to 2^53 paise.
  const sums = db.get<Record<string, number>>(
    `SELECT count(*) FILTER (WHERE is_active = 1) AS customers,
       count(*) FILTER (WHERE balance_paise <> 0) AS with_balance,
       count(*) FILTER (WHERE balance_paise > 0) AS debtors,
       total(max(balance_paise, 0)) AS outstanding, total(max(-balance_paise, 0)) AS credit,
       total(khata_entries) AS entries, total(khata_debits_paise) AS debits, total(khata_credits_paise) AS credits
     FROM customers WHERE shop_id = :shopId`,
    { shopId },
  );
  const topDebtors = db.all<{ id: string; name: string; phone: string; balancePaise: number }>(
    `SELECT id, name, phone, balance_paise AS balancePaise FROM customers
     WHERE shop_id = :shopId AND is_active = 1 AND balance_paise > 0
     ORDER BY balance_paise DESC, id LIMIT :limit`,
    { shopId, limit: TOP_DEBTORS },
  );
  return {
    customers: sums?.customers ?? 0,
    customersWithBalance: sums?.with_balance ?? 0,
    debtors: sums?.debtors ?? 0,
    outstandingPaise: sums?.outstanding ?? 0,
    creditPaise: sums?.credit ?? 0,
    topDebtors: topDebtors.map((row) => ({ ...row })),
    totals: {
      count: sums?.entries ?? 0,
      debitsPaise: sums?.debits ?? 0,
      creditsPaise: sums?.credits ?? 0,
    },
  };
}

function countEntries(db: Db, shopId: string, customerId: string | undefined): number {
  if (customerId !== undefined) return khataTotals(db, shopId, customerId).count;
  return countKept(db, shopId, ['khata.given', 'khata.received']);
}

function toEntry(row: Row): KhataEntry {
  return {
    id: row.id,
    position: row.position,
    customerId: row.customer_id,
    customerName: row.customer_name,
    type: row.type,
    amountPaise: row.amount_paise,
    balanceAfterPaise: row.balance_after_paise,
    description: row.description,
    paymentMethod: row.payment_method as KhataMethod | null,
    referenceNumber: row.reference_number,
    createdAt: row.created_at,
    createdBy: row.created_by,
    reverses: row.reverses,
    reversedBy: row.reversed_by,
    source:
      row.source_kind !== null && row.source_id !== null
        ? { kind: row.source_kind, id: row.source_id }
        : null,
  };
}
