// The credit ledger. Entries are immutable; the balance of a customer is always the fold of the entries.

import type { Customer } from './customer.ts';
import type { Page } from './page.ts';

export const ENTRY_TYPES = ['credit', 'debit'] as const;
/** `debit`: the customer takes goods on credit, the balance rises. `credit`: the customer pays, it falls. */
export type EntryType = (typeof ENTRY_TYPES)[number];

export const KHATA_METHODS = ['cash', 'upi', 'card', 'cheque', 'bank_transfer'] as const;
export type KhataMethod = (typeof KHATA_METHODS)[number];

/** One entry as stored. `position` orders the ledger: it rises with every entry of the shop. */
export interface KhataEntry {
  id: string;
  position: number;
  customerId: string;
  customerName: string;
  type: EntryType;
  amountPaise: number;
  balanceAfterPaise: number;
  description: string | null;
  paymentMethod: KhataMethod | null;
  referenceNumber: string | null;
  createdAt: number;
  createdBy: string;
  /** The entry that this one takes back. */
  reverses: string | null;
  /** The entry that took this one back. */
  reversedBy: string | null;
  /**
   * What posted it, or posted the entry that it takes back: an order, a sale, or the import that brought the customer in
   * (`opening`; the id is the customer's). Null when it was posted by hand.
   */
  source: { kind: EntrySource; id: string } | null;
}

export const ENTRY_SOURCES = ['order', 'sale', 'opening'] as const;
export type EntrySource = (typeof ENTRY_SOURCES)[number];

export interface NewKhataEntry {
  id: string;
  customerId: string;
  type: EntryType;
  amountPaise: number;
  description: string | null;
  paymentMethod: KhataMethod | null;
  referenceNumber: string | null;
}

/** An entry together with what the credit rule had to say about it. */
export interface PostedEntry {
  entry: KhataEntry;
  warning: CreditWarning | null;
}

/** The customer owes more than the limit after this posting, and the shop's rule is to warn. Amounts in paise. */
export interface CreditWarning {
  limitPaise: number;
  balancePaise: number;
}

/** Instants: from inclusive, to exclusive. Newest first. */
export interface KhataFilter {
  customerId?: string;
  from?: number;
  to?: number;
}

/** Whole-history totals of a set of entries, in paise. Debits minus credits is the balance. */
export interface KhataTotals {
  count: number;
  debitsPaise: number;
  creditsPaise: number;
}

/** A customer's ledger at one moment: a page of it, and the totals of all of it. */
export interface CustomerKhata {
  customer: Customer;
  entries: Page<KhataEntry>;
  totals: KhataTotals;
}

/** An entry as a statement tells it: nothing of it changes any more. */
export type StatementEntry = Omit<KhataEntry, 'customerName' | 'reversedBy'>;

/** The beginning of a customer's statement, all of one moment. */
export interface CustomerStatement {
  customer: Customer;
  /** Of the customer's whole ledger. */
  count: number;
  /** The position of the customer's newest entry: the statement ends there, whatever is posted later. */
  last: number;
  /** The balance before the first entry that is told. */
  openingPaise: number;
  /** The first page of it, oldest first. */
  entries: StatementEntry[];
}

export interface KhataSummary {
  customers: number;
  customersWithBalance: number;
  /** Customers whose balance is above 0. */
  debtors: number;
  /** Sum of the balances above 0: what the shop is owed. */
  outstandingPaise: number;
  /** Sum of the balances below 0, as a positive amount: what the shop owes. */
  creditPaise: number;
  topDebtors: { id: string; name: string; phone: string; balancePaise: number }[];
  totals: KhataTotals;
}

/** Over this the balance of one customer could leave the exact integers; 1 lakh crore rupees, in paise. */
export const MAX_BALANCE_PAISE = 100_000_000_000_000;

/** The balance after an entry. */
export function balanceAfter(balancePaise: number, type: EntryType, amountPaise: number): number {
  return type === 'debit' ? balancePaise + amountPaise : balancePaise - amountPaise;
}

/** Whether it is what was owed before the shop kept its books here, or takes that back: no money of its day. */
export function isOpening({ source }: Pick<KhataEntry, 'source'>): boolean {
  return source?.kind === 'opening';
}

/** The type that takes an entry back. */
export function opposite(type: EntryType): EntryType {
  return type === 'debit' ? 'credit' : 'debit';
}

/** The balance before an entry. */
export function balanceBefore({ type, amountPaise, balanceAfterPaise }: StatementEntry): number {
  return balanceAfter(balanceAfterPaise, opposite(type), amountPaise);
}

/** The fold of entries: what the balance must be. */
export function foldBalance(entries: Iterable<{ type: EntryType; amountPaise: number }>): number {
  let balance = 0;
  for (const entry of entries) balance = balanceAfter(balance, entry.type, entry.amountPaise);
  return balance;
}

/** Whether a balance that a posting led to is over the limit. Lowering a balance is never over. */
export function isOverLimit(beforePaise: number, afterPaise: number, limitPaise: number | null): boolean {
  return limitPaise !== null && afterPaise > beforePaise && afterPaise > limitPaise;
}
