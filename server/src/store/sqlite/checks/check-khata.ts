// The ledger against itself, against the customers' balances and sums, and against the journal. All of one moment:
// the caller holds a read transaction.

import {
  addToFold,
  type CheckedCustomer,
  type CheckedEntry,
  checkCustomer,
  checkEntry,
  type Fold,
} from '../../books/khata-checks.ts';
import type { Problems } from '../../books/problems.ts';
import type { Db } from '../database.ts';

const ROWS_AT_ONCE = 1000;

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
    addToFold(fold, entry);
    checkEntry(entry, before, problems);
    before = entry.balanceAfterPaise;
  }
  checkMissing(db, shopId, problems);
  return checkCustomers(db, shopId, folds, problems);
}

/** By customer, each customer's oldest first. */
function* allEntries(db: Db, shopId: string): Generator<CheckedEntry> {
  let customerId = '';
  let position = 0;
  for (;;) {
    const rows = db.all<CheckedEntry>(
      `SELECT e.customer_id AS customerId, e.position, e.id, e.type, e.amount_paise AS amountPaise,
         e.balance_after_paise AS balanceAfterPaise, e.description, e.payment_method AS paymentMethod,
         e.reference_number AS referenceNumber, e.reverses, e.source_kind AS sourceKind,
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

function checkCustomers(db: Db, shopId: string, folds: Map<string, Fold>, problems: Problems): number {
  let count = 0;
  for (let after = ''; ; ) {
    const rows = db.all<Omit<CheckedCustomer, 'isActive'> & { isActive: number }>(
      `SELECT id, is_active AS isActive, balance_paise AS balancePaise, khata_entries AS entries,
         khata_debits_paise AS debitsPaise, khata_credits_paise AS creditsPaise
       FROM customers WHERE shop_id = :shopId AND id > :after ORDER BY id LIMIT :limit`,
      { shopId, after, limit: ROWS_AT_ONCE },
    );
    for (const row of rows) {
      checkCustomer({ ...row, isActive: row.isActive === 1 }, folds.get(row.id), problems);
    }
    count += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_AT_ONCE) return count;
    after = last.id;
  }
}
