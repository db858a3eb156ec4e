// Postings to the ledger: entry, balance and sums in one write. Orders and sales post through here too, in theirs.

import type { KhataEntry, NewKhataEntry, PostedEntry } from '../../../domain/khata.ts';
import { judgeCredit, type KhataSums, reversalOf, sumsAfter } from '../../../domain/khata-posting.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { findEntry } from '../reads/khata.ts';
import { bringBack } from './customers.ts';
import { keepEntry } from './figures.ts';
import type { Tx } from './tx.ts';

/** What an entry holds beside what its poster said. */
interface Links {
  source: KhataEntry['source'];
  /** The entry that it takes back. */
  reverses: KhataEntry | null;
}

/** What a posting needs of the customer. */
export interface Account extends KhataSums {
  name: string;
  creditLimitPaise: number | null;
}

/** A posting by hand. Refuses: customer_not_found, credit_limit_exceeded, invalid_input. */
export function postByHand(tx: Tx, input: NewKhataEntry): PostedEntry {
  const account = findAccount(tx, input.customerId);
  if (account.isActive !== 1) throw refuse('customer_not_found');
  return postEntry(tx, input, account, null, 'amount');
}

/** Posts for an order or sale, or by hand (`source` null), as a `field` asks for. Refuses: credit_limit_exceeded, invalid_input. */
export function postEntry(
  tx: Tx,
  input: NewKhataEntry,
  account: Account,
  source: KhataEntry['source'],
  field: string,
): PostedEntry {
  const warning = judgeCredit(account, input, tx.standing.settings, field);
  return { entry: append(tx, input, account, { source, reverses: null }), warning };
}

/** What was owed before the shop kept its books here: no credit rule stands against what is so already. */
export function postOpening(tx: Tx, input: NewKhataEntry): KhataEntry {
  const source = { kind: 'opening', id: input.customerId } as const;
  return append(tx, input, findAccount(tx, input.customerId), { source, reverses: null });
}

/** Posts the opposite of an entry; no credit rule stands against taking something back. */
export function reverseEntry(tx: Tx, id: string, reversalId: string, reason: string): KhataEntry {
  const entry = findEntry(tx, tx.shopId, id);
  if (!entry) throw refuse('entry_not_found');
  const reversal = reversalOf(entry, reversalId, reason);
  // A removed customer has a clear khata: they are shown again, so that no debt is hidden.
  bringBack(tx, entry.customerId);
  return append(tx, reversal, findAccount(tx, entry.customerId), { source: entry.source, reverses: entry });
}

/** Refuses: customer_not_found. */
function findAccount(tx: Tx, customerId: string): Account & { isActive: number } {
  const account = tx.get<Account & { isActive: number }>(
    `SELECT name, is_active AS isActive, credit_limit_paise AS creditLimitPaise, balance_paise AS balancePaise,
       khata_debits_paise AS debitsPaise, khata_credits_paise AS creditsPaise
     FROM customers WHERE shop_id = :shopId AND id = :customerId`,
    { shopId: tx.shopId, customerId },
  );
  if (!account) throw refuse('customer_not_found');
  return account;
}

/** The journal comes first: its sequence number is the entry's place in the ledger. */
function append(tx: Tx, input: NewKhataEntry, account: Account, links: Links): KhataEntry {
  const { shopId, by } = tx;
  const { customerId, type, amountPaise } = input;
  const {
    balancePaise: balanceAfterPaise,
    debitsPaise,
    creditsPaise,
  } = sumsAfter(account, type, amountPaise);

  const { id, ...fields } = input;
  const { source } = links;
  const reverses = links.reverses?.id ?? null;
  const action = reverses === null ? 'khata.posted' : 'khata.reversed';
  const recorded = { ...fields, balanceAfterPaise, reverses, source };
  const position = tx.record(action, { type: 'khata_entry', id }, null, recorded);
  tx.run(
    `INSERT OR FAIL INTO khata_entries (shop_id, position, id, customer_id, type, amount_paise, balance_after_paise,
       description, payment_method, reference_number, created_at, created_by, reverses, source_kind, source_id)
     VALUES (:shopId, :position, :id, :customerId, :type, :amountPaise, :balanceAfterPaise,
       :description, :paymentMethod, :referenceNumber, :at, :createdBy, :reverses, :sourceKind, :sourceId)`,
    {
      ...fields,
      shopId,
      position,
      id,
      balanceAfterPaise,
      at: by.at,
      createdBy: by.actor.name,
      reverses,
      sourceKind: source?.kind ?? null,
      sourceId: source?.id ?? null,
    },
  );
  tx.run(
    `UPDATE customers SET balance_paise = :balanceAfterPaise, khata_entries = khata_entries + 1,
       khata_debits_paise = :debitsPaise, khata_credits_paise = :creditsPaise, updated_at = :at
     WHERE shop_id = :shopId AND id = :customerId`,
    { shopId, customerId, balanceAfterPaise, debitsPaise, creditsPaise, at: by.at },
  );
  keepEntry(tx, { ...input, source }, links.reverses);
  const { name: customerName } = account;
  const createdBy = by.actor.name;
  const made = { position, customerName, balanceAfterPaise, createdAt: by.at, createdBy, reversedBy: null };
  return { ...input, ...made, reverses, source };
}
