// A customer's statement: the entries of a time, with the balance before and after them. Rows are read by key pages
// up to a fixed position, so that no time of writing and no slow reader holds anything open.

import type { Customer } from '../../domain/customer.ts';
import type { KhataEntry } from '../../domain/khata.ts';
import { toRupees } from '../../domain/money.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { CsvCell } from '../../http/csv.ts';
import type { Store } from '../../store/store.ts';

const ROWS_AT_ONCE = 500;

export const STATEMENT_HEADER = [
  'Transaction ID',
  'Customer Name',
  'Type',
  'Amount',
  'Balance After',
  'Description',
  'Payment Method',
  'Date',
  'Reference Number',
  'Reverses',
] as const;

/** Instants: from inclusive, to exclusive; null: without an end. */
export interface StatementRange {
  from: number | null;
  to: number | null;
}

/**
 * Opening balance, entries oldest first, closing balance. The entries are those from the first one at or after `from`
 * up to the first one at or after `to`: without a gap, so that the sums are right even where a clock went back.
 */
export async function* statementRows(
  store: Store,
  customer: Customer,
  range: StatementRange,
): AsyncGenerator<CsvCell[]> {
  const last = await store.journal.position();
  const start = range.from === null ? 0 : await positionBefore(store, customer.id, range.from, last);
  let balance = await balanceAt(store, customer.id, start);
  yield openingRow(customer, balance, range);
  for await (const entry of entriesFrom(store, customer.id, start, last)) {
    if (range.to !== null && entry.createdAt >= range.to) break;
    yield entryRow(entry);
    balance = entry.balanceAfterPaise;
  }
  yield closingRow(customer, balance, range);
}

async function* entriesFrom(
  store: Store,
  customerId: string,
  start: number,
  last: number,
): AsyncGenerator<KhataEntry> {
  for (let after = start; ; ) {
    const page = await store.khata.listFrom(customerId, after, ROWS_AT_ONCE);
    for (const entry of page) {
      if (entry.position > last) return;
      yield entry;
      after = entry.position;
    }
    if (page.length < ROWS_AT_ONCE) return;
  }
}

/** The position of the last entry before the instant (0: none): by halving, not by reading all. */
async function positionBefore(store: Store, customerId: string, from: number, last: number): Promise<number> {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [next] = await store.khata.listFrom(customerId, middle, 1);
    if (next && next.position <= last && next.createdAt < from) low = next.position;
    else high = middle;
  }
  return low;
}

/** The customer's balance after the entry at a position (0: before the first). */
async function balanceAt(store: Store, customerId: string, position: number): Promise<number> {
  if (position === 0) return 0;
  const [entry] = await store.khata.listFrom(customerId, position - 1, 1);
  return entry?.position === position ? entry.balanceAfterPaise : 0;
}

function openingRow(customer: Customer, balancePaise: number, { from }: StatementRange): CsvCell[] {
  const day = from === null ? null : dayOf(from);
  return [null, customer.name, 'opening balance', null, toRupees(balancePaise), null, null, day, null, null];
}

function closingRow(customer: Customer, balancePaise: number, { to }: StatementRange): CsvCell[] {
  const day = to === null ? null : dayOf(to - 1);
  return [null, customer.name, 'closing balance', null, toRupees(balancePaise), null, null, day, null, null];
}

function entryRow(entry: KhataEntry): CsvCell[] {
  return [
    entry.id,
    entry.customerName,
    entry.type,
    toRupees(entry.amountPaise),
    toRupees(entry.balanceAfterPaise),
    entry.description,
    entry.paymentMethod,
    dayOf(entry.createdAt),
    entry.referenceNumber,
    entry.reverses,
  ];
}
