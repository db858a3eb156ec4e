// The ledger, an entry and a customer at a time: against the entry before, the journal, and the kept balance and sums.

import { balanceAfter, type EntryType, opposite } from '../../domain/khata.ts';
import { OPENING_BALANCE } from '../../domain/khata-texts.ts';
import { formatRupees } from '../../domain/money.ts';
import type { Problems } from './problems.ts';

/** An entry, the one that it reverses, and what the journal recorded of it (`recorded` is JSON, null when erased). */
export interface CheckedEntry {
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
  sourceKind: string | null;
  reversedCustomerId: string | null;
  reversedType: EntryType | null;
  reversedAmountPaise: number | null;
  reversedReverses: string | null;
  action: string | null;
  subject: string | null;
  recorded: string | null;
}

/** What the entries of one customer add up to. */
export interface Fold {
  entries: number;
  debitsPaise: number;
  creditsPaise: number;
}

/** Adds an entry to its customer's fold. */
export function addToFold(fold: Fold, entry: Pick<CheckedEntry, 'type' | 'amountPaise'>): void {
  fold.entries++;
  if (entry.type === 'debit') fold.debitsPaise += entry.amountPaise;
  else fold.creditsPaise += entry.amountPaise;
}

/** `before`: the balance after the customer's entry before it. */
export function checkEntry(entry: CheckedEntry, before: number, problems: Problems): void {
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

function differs(entry: CheckedEntry, recorded: string): boolean {
  const fields = JSON.parse(recorded) as Partial<CheckedEntry> & { source?: { kind: string } | null };
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
  if (names.some((name) => asStored(fields[name] ?? null) !== entry[name])) return true;
  const isOpening = entry.sourceKind === 'opening';
  if (isOpening === (fields.source?.kind === 'opening')) return false;
  // The first ones have it from migration 0021, not from their posting.
  return !isOpening || (entry.reverses === null && entry.description !== OPENING_BALANCE);
}

/** Half a surrogate pair is no character: a text column of UTF-8 holds the replacement character in its place. */
function asStored(value: string | number | null): string | number | null {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

export interface CheckedCustomer {
  id: string;
  isActive: boolean;
  balancePaise: number;
  entries: number;
  debitsPaise: number;
  creditsPaise: number;
}

export function checkCustomer(row: CheckedCustomer, fold: Fold | undefined, problems: Problems): void {
  const name = `customer ${row.id}`;
  const { entries, debitsPaise, creditsPaise } = fold ?? { entries: 0, debitsPaise: 0, creditsPaise: 0 };
  if (row.balancePaise !== debitsPaise - creditsPaise) {
    const [stored, folded] = [formatRupees(row.balancePaise), formatRupees(debitsPaise - creditsPaise)];
    problems.add(`${name}: the balance is ${stored}, but the entries add up to ${folded}`);
  }
  if (row.entries !== entries || row.debitsPaise !== debitsPaise || row.creditsPaise !== creditsPaise) {
    problems.add(`${name}: the kept sums (entries, debits, credits) are not those of the entries`);
  }
  if (!row.isActive && row.balancePaise !== 0) {
    problems.add(`${name}: removed, yet the balance is ${formatRupees(row.balancePaise)}`);
  }
}
