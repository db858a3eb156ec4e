// Cash, and the most of it that the law lets a shop take. Cash is what came in as cash on bills and into the khata.

import type { KhataEntry } from './khata.ts';
import { methodName, type Payment } from './payment.ts';

/**
 * In paise: so much or more may not be received in cash from one person in a day, nor for one bill, in whatever parts
 * and on however many days it is paid. The last lawful amount is a paisa less. Source: section 186 of the Income-tax
 * Act 2025; until 31 March 2026 section 269ST of the Act of 1961, with the same amount.
 */
export const CASH_LIMIT_PAISE = 200_000_00;

function isCash(method: string | null): boolean {
  return methodName(method) === 'cash';
}

/**
 * Paise that came in as cash for one bill from an instant on. What was taken back of it is off; more than came in since
 * then can be taken back, of what came in before: that is nothing received, never less.
 */
export function cashOfBill(payments: readonly Payment[], since = 0): number {
  const cash = payments.filter(({ method, at }) => isCash(method) && at >= since);
  return Math.max(
    0,
    cash.reduce((sum, { amountPaise }) => sum + amountPaise, 0),
  );
}

/** What the sums below read of an entry. */
export type CashEntry = Pick<KhataEntry, 'id' | 'type' | 'amountPaise' | 'paymentMethod' | 'reverses'>;

/** Paise that came in as cash into the khata: credits that are no reversal, and that no other of the entries takes back. */
export function cashOfKhata(entries: readonly CashEntry[]): number {
  const takenBack = new Set(entries.map(({ reverses }) => reverses));
  return entries
    .filter((entry) => entry.type === 'credit' && isCash(entry.paymentMethod) && entry.reverses === null)
    .filter(({ id }) => !takenBack.has(id))
    .reduce((sum, { amountPaise }) => sum + amountPaise, 0);
}
