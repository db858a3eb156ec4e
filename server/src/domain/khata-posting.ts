// What a posting to the ledger must keep, whichever store it is written to: the credit rule, the range of a balance, and
// what a reversal looks like.

import type { Customer } from './customer.ts';
import {
  balanceAfter,
  type CreditWarning,
  type EntryType,
  isOverLimit,
  type KhataEntry,
  MAX_BALANCE_PAISE,
  type NewKhataEntry,
  opposite,
} from './khata.ts';
import { formatRupees, toRupees } from './money.ts';
import type { Settings } from './settings.ts';
import { invalid, refuse } from './shop-error.ts';

/** What is kept with a customer in the write of each entry, in paise. The balance is debits minus credits. */
export interface KhataSums {
  balancePaise: number;
  debitsPaise: number;
  creditsPaise: number;
}

/** What the shop's credit rule says of a posting that a `field` asks for. Refuses: credit_limit_exceeded. */
export function judgeCredit(
  customer: Pick<Customer, 'balancePaise' | 'creditLimitPaise'>,
  posting: { type: EntryType; amountPaise: number },
  settings: Pick<Settings, 'creditRule' | 'creditLimitPaise'>,
  field: string,
): CreditWarning | null {
  const balancePaise = balanceAfter(customer.balancePaise, posting.type, posting.amountPaise);
  const limitPaise = customer.creditLimitPaise ?? settings.creditLimitPaise;
  if (limitPaise === null || !isOverLimit(customer.balancePaise, balancePaise, limitPaise)) return null;
  if (settings.creditRule === 'warn') return { limitPaise, balancePaise };
  const limit = formatRupees(limitPaise);
  throw refuse('credit_limit_exceeded', {
    details: `The limit is ${limit}; the balance would be ${formatRupees(balancePaise)}`,
    fields: [{ field, rule: 'credit_limit', limit: `must keep the balance within ${limit}` }],
    data: { limit: toRupees(limitPaise), balance: toRupees(balancePaise) },
  });
}

/** The sums after a posting. Refuses invalid_input where the balance or a sum would leave the exact integers. */
export function sumsAfter(sums: KhataSums, type: EntryType, amountPaise: number): KhataSums {
  const balancePaise = balanceAfter(sums.balancePaise, type, amountPaise);
  const debitsPaise = sums.debitsPaise + (type === 'debit' ? amountPaise : 0);
  const creditsPaise = sums.creditsPaise + (type === 'credit' ? amountPaise : 0);
  const exact = Number.isSafeInteger(debitsPaise) && Number.isSafeInteger(creditsPaise);
  if (!exact || Math.abs(balancePaise) > MAX_BALANCE_PAISE) {
    throw invalid('amount', 'maximum', `must keep the balance within ${formatRupees(MAX_BALANCE_PAISE)}`);
  }
  return { balancePaise, debitsPaise, creditsPaise };
}

/** The entry that takes another one back. Refuses: entry_is_reversal, entry_already_reversed. */
export function reversalOf(entry: KhataEntry, id: string, reason: string): NewKhataEntry {
  if (entry.reverses !== null) throw refuse('entry_is_reversal', { data: { reverses: entry.reverses } });
  if (entry.reversedBy !== null) {
    throw refuse('entry_already_reversed', { data: { reversed_by: entry.reversedBy } });
  }
  return {
    id,
    customerId: entry.customerId,
    type: opposite(entry.type),
    amountPaise: entry.amountPaise,
    description: reason,
    paymentMethod: entry.paymentMethod,
    referenceNumber: entry.referenceNumber,
  };
}
