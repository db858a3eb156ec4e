import {
  balanceBefore,
  type CustomerKhata,
  type CustomerStatement,
  type EntrySource,
  type EntryType,
  type KhataEntry,
  type KhataFilter,
  type KhataMethod,
  type KhataSummary,
  type KhataTotals,
} from '../../../domain/khata.ts';
import type { Page, PageRequest } from '../../../domain/page.ts';
import type { Db } from '../database.ts';
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
  source_kind: EntrySource | null;
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

export function conditionsOf(shopId: string, filter: KhataFilter): { source: string; where: Conditions } {
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
