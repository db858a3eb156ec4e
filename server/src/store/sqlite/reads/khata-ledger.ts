// The ledger from end to end, for files: a million rows pass here, so nothing is joined and little is made for each.

import { ENTRY_SOURCES, type KhataEntry, type KhataFilter, type KhataMethod } from '../../../domain/khata.ts';
import type { Connection, Db } from '../database.ts';
import { conditionsOf } from './khata.ts';

/** What stands elsewhere than in the ledger, kept from page to page. */
export interface KnownToLedger {
  /** By customer. */
  names: Map<string, string>;
  reversals: ReadonlyMap<number, string> | null;
}

const MOST_NAMES_KEPT = 20_000;

/** Which entry takes which one back: of all entries up to a position, by the position of what is taken back. */
export function reversalsUpTo(db: Db, shopId: string, position: number): Map<number, string> {
  const rows = db.all<{ id: string; reversed: number }>(
    `SELECT r.id, e.position AS reversed
     FROM khata_entries r JOIN khata_entries e ON e.shop_id = r.shop_id AND e.id = r.reverses
     WHERE r.shop_id = :shopId AND r.reverses IS NOT NULL AND r.position <= :position`,
    { shopId, position },
  );
  return new Map(rows.map(({ id, reversed }) => [reversed, id]));
}

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
    plainEntry(row, found[index] ?? names.get(row[2]) ?? '', reversals?.get(row[1]) ?? null),
  );
}

// A word of a closed list comes as a number: a text would be made anew for each row.
const KIND_NUMBERS = ENTRY_SOURCES.map((kind, number) => `WHEN '${kind}' THEN ${number}`).join(' ');
const PLAIN_COLUMNS = `id, position, customer_id, type = 'debit', amount_paise, balance_after_paise, description,
  payment_method, reference_number, created_at, created_by, reverses, CASE source_kind ${KIND_NUMBERS} END, source_id`;
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
  sourceKind: number | null,
  sourceId: string | null,
];

function plainEntry(row: PlainRow, customerName: string, reversedBy: string | null): KhataEntry {
  const sourceKind = row[12] === null ? undefined : ENTRY_SOURCES[row[12]];
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
    source: sourceKind !== undefined && sourceId !== null ? { kind: sourceKind, id: sourceId } : null,
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
