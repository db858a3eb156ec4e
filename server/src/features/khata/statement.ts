// A customer's statement: the entries of a time, with the balance before and after them. Rows are read by key pages
// up to a fixed position, so that no time of writing and no slow reader holds anything open.

import type { Customer } from '../../domain/customer.ts';
import type { CustomerStatement, StatementEntry } from '../../domain/khata.ts';
import { toRupees } from '../../domain/money.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { CsvCell } from '../../http/csv.ts';
import type { Store } from '../../store/store.ts';

/** More than most statements have, which are one page then. */
const ROWS_AT_ONCE = 1000;

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

/** The statement's beginning; null: there is no such customer. */
export function beginStatement(
  store: Store,
  customerId: string,
  { from }: StatementRange,
): Promise<CustomerStatement | null> {
  return store.khata.statement(customerId, from, ROWS_AT_ONCE);
}

/**
 * Opening balance, entries oldest first, closing balance. The entries are those from the first one at or after `from`
 * up to the first one at or after `to`: without a gap, so that the sums are right even where a clock went back.
 */
export async function* statementRows(
  store: Store,
  statement: CustomerStatement,
  range: StatementRange,
): AsyncGenerator<CsvCell[]> {
  const { customer } = statement;
  let balance = statement.openingPaise;
  yield openingRow(customer, balance, range);
  for await (const entry of entriesOf(store, statement)) {
    if (range.to !== null && entry.createdAt >= range.to) break;
    yield entryRow(customer, entry);
    balance = entry.balanceAfterPaise;
  }
  yield closingRow(customer, balance, range);
}

async function* entriesOf(
  store: Store,
  { customer, entries, last }: CustomerStatement,
): AsyncGenerator<StatementEntry> {
  for (let page = entries; ; ) {
    for (const entry of page) {
      if (entry.position > last) return;
      yield entry;
    }
    const after = page.at(-1)?.position;
    if (after === undefined || page.length < ROWS_AT_ONCE) return;
    page = await store.khata.listFrom(customer.id, after, ROWS_AT_ONCE);
  }
}

function openingRow(customer: Customer, balancePaise: number, { from }: StatementRange): CsvCell[] {
  const day = from === null ? null : dayOf(from);
  return [null, customer.name, 'opening balance', null, toRupees(balancePaise), null, null, day, null, null];
}

function closingRow(customer: Customer, balancePaise: number, { to }: StatementRange): CsvCell[] {
  const day = to === null ? null : dayOf(to - 1);
  return [null, customer.name, 'closing balance', null, toRupees(balancePaise), null, null, day, null, null];
}

function entryRow({ name }: Customer, entry: StatementEntry): CsvCell[] {
  return [
    entry.id,
    name,
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
