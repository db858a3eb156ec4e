// The ledger against itself, against the customers' balances and sums, and against the journal. All of one moment:
// the caller holds a read transaction.

import { balanceAfter, type EntryType, opposite } from '../../../domain/khata.ts';
import { formatRupees } from '../../../domain/money.ts';
import type { Problems } from '../../books/problems.ts';
import type { Db } from '../database.ts';

const ROWS_AT_ONCE = 1000;

interface EntryRow {
  customerId: string;
  position: number;
  id: string;
  type: EntryType;
  amountPaise: number;
  balanceAfterPaise: number;
  description: string | null;
  paymentMethod: string | null;
  referenceNumber: string | null;
  reverses: string | null;
  reversedCustomerId: string | null;
  reversedType: EntryType | null;
  reversedAmountPaise: number | null;
  reversedReverses: string | null;
  action: string | null;
  subject: string | null;
  recorded: string | null;
}

/** What the entries of one customer add up to. */
interface Fold {
  entries: number;
  debitsPaise: number;
  creditsPaise: number;
}

/** Checks the whole ledger and answers the number of customers, removed ones included. */
export function checkKhata(db: Db, shopId: string, problems: Problems): number {
  const folds = new Map<string, Fold>();
  let before = 0;
  for (const entry of allEntries(db, shopId)) {
    let fold = folds.get(entry.customerId);
    if (!fold) {
      fold = { entries: 0, debitsPaise: 0, creditsPaise: 0 };
      folds.set(entry.customerId, fold);
      before = 0;
    }
    fold.entries++;
    if (entry.type === 'debit') fold.debitsPaise += entry.amountPaise;
    else fold.creditsPaise += entry.amountPaise;
    checkEntry(entry, before, problems);
    before = entry.balanceAfterPaise;
  }
  checkMissing(db, shopId, problems);
  return checkCustomers(db, shopId, folds, problems);
}

/** By customer, each customer's oldest first. */
function* allEntries(db: Db, shopId: string): Generator<EntryRow> {
  let customerId = '';
  let position = 0;
  for (;;) {
    const rows = db.all<EntryRow>(
      `SELECT e.customer_id AS customerId, e.position, e.id, e.type, e.amount_paise AS amountPaise,
         e.balance_after_paise AS balanceAfterPaise, e.description, e.payment_method AS paymentMethod,
         e.reference_number AS referenceNumber, e.reverses,
         o.customer_id AS reversedCustomerId, o.type AS reversedType, o.amount_paise AS reversedAmountPaise,
         o.reverses AS reversedReverses,
         j.action, j.subject_type || ':' || j.subject_id AS subject, p.after AS recorded
       FROM khata_entries e INDEXED BY khata_entries_customer
       LEFT JOIN khata_entries o ON o.shop_id = e.shop_id AND o.id = e.reverses
       LEFT JOIN journal j ON j.shop_id = e.shop_id AND j.seq = e.position
       LEFT JOIN journal_payloads p ON p.shop_id = e.shop_id AND p.seq = e.position
       WHERE e.shop_id = :shopId AND (e.customer_id, e.position) > (:customerId, :position)
       ORDER BY e.customer_id, e.position LIMIT :limit`,
      { shopId, customerId, position, limit: ROWS_AT_ONCE },
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return;
    ({ customerId, position } = last);
  }
}

function checkEntry(entry: EntryRow, before: number, problems: Problems): void {
  const name = `khata entry ${entry.id} (position ${entry.position}, customer ${entry.customerId})`;
  const expected = balanceAfter(before, entry.type, entry.amountPaise);
  if (entry.balanceAfterPaise !== expected) {
    const [stored, folded] = [formatRupees(entry.balanceAfterPaise), formatRupees(expected)];
    problems.add(`${name}: the balance after it is ${stored}, but the entry before it leads to ${folded}`);
  }
  const undone =
    entry.reversedCustomerId === entry.customerId &&
    entry.reversedAmountPaise === entry.amountPaise &&
    entry.reversedType === opposite(entry.type) &&
    entry.reversedReverses === null;
  if (entry.reverses !== null && !undone) {
    problems.add(`${name}: it is not the exact opposite of the entry ${entry.reverses} that it reverses`);
  }
  const action = entry.reverses === null ? 'khata.posted' : 'khata.reversed';
  if (entry.action !== action || entry.subject !== `khata_entry:${entry.id}`) {
    problems.add(`${name}: the journal entry ${entry.position} does not tell of it`);
  } else if (entry.recorded !== null && differs(entry, entry.recorded)) {
    problems.add(`${name}: it is not as the journal entry ${entry.position} recorded it`);
  }
}

function differs(entry: EntryRow, recorded: string): boolean {
  const fields = JSON.parse(recorded) as Partial<EntryRow>;
  const names = [
    'customerId',
    'type',
    'amountPaise',
    'balanceAfterPaise',
    'description',
    'paymentMethod',
    'referenceNumber',
    'reverses',
  ] as const;
  return names.some((name) => asStored(fields[name] ?? null) !== entry[name]);
}

/** Half a surrogate pair is no character: a text column of UTF-8 holds the replacement character in its place. */
function asStored(value: string | number | null): string | number | null {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** Postings that the journal tells of and the ledger does not hold. */
function checkMissing(db: Db, shopId: string, problems: Problems): void {
  const missing = db.all<{ seq: number; id: string }>(
    `SELECT j.seq, j.subject_id AS id FROM journal j INDEXED BY journal_action
     WHERE j.shop_id = :shopId AND j.action IN ('khata.posted', 'khata.reversed')
       AND NOT EXISTS (SELECT 1 FROM khata_entries e WHERE e.shop_id = j.shop_id AND e.position = j.seq)
     ORDER BY j.seq`,
    { shopId },
  );
  for (const { seq, id } of missing) {
    problems.add(
      `khata entry ${id} (position ${seq}): the journal tells of it, but the ledger does not hold it`,
    );
  }
}

interface CustomerRow {
  id: string;
  isActive: number;
  balancePaise: number;
  entries: number;
  debitsPaise: number;
  creditsPaise: number;
}

function checkCustomers(db: Db, shopId: string, folds: Map<string, Fold>, problems: Problems): number {
  let count = 0;
  for (let after = ''; ; ) {
    const rows = db.all<CustomerRow>(
      `SELECT id, is_active AS isActive, balance_paise AS balancePaise, khata_entries AS entries,
         khata_debits_paise AS debitsPaise, khata_credits_paise AS creditsPaise
       FROM customers WHERE shop_id = :shopId AND id > :after ORDER BY id LIMIT :limit`,
      { shopId, after, limit: ROWS_AT_ONCE },
    );
    for (const row of rows) checkCustomer(row, folds.get(row.id), problems);
    count += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return count;
    after = last.id;
  }
}

function checkCustomer(row: CustomerRow, fold: Fold | undefined, problems: Problems): void {
  const name = `customer ${row.id}`;
  const { entries, debitsPaise, creditsPaise } = fold ?? { entries: 0, debitsPaise: 0, creditsPaise: 0 };
  if (row.balancePaise !== debitsPaise - creditsPaise) {
    const [stored, folded] = [formatRupees(row.balancePaise), formatRupees(debitsPaise - creditsPaise)];
    problems.add(`${name}: the balance is ${stored}, but the entries add up to ${folded}`);
  }
  if (row.entries !== entries || row.debitsPaise !== debitsPaise || row.creditsPaise !== creditsPaise) {
    problems.add(`${name}: the kept sums (entries, debits, credits) are not those of the entries`);
  }
  if (row.isActive === 0 && row.balancePaise !== 0) {
    problems.add(`${name}: removed, yet the balance is ${formatRupees(row.balancePaise)}`);
  }
}
