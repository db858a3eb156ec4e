// How a bill or order was paid: one row a payment. The khata part is a debt, not money collected.

export const PAYMENT_METHODS = ['cash', 'upi', 'card', 'cheque', 'bank_transfer', 'khata'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];
export const KHATA: PaymentMethod = 'khata';

/** A method as methods are compared, since that of an order is free text. Null: not said. */
export function methodName(method: string | null): string | null {
  const name = method?.trim().toLowerCase();
  return name ? name : null;
}

/** One payment. `method` null: the caller did not say how. A negative amount takes an earlier payment back. */
export interface Payment {
  method: string | null;
  amountPaise: number;
  reference: string | null;
  at: number;
  /** Whether a later change of the payment status made it, rather than the order or sale itself. */
  byStatus: boolean;
}
export type NewPayment = Omit<Payment, 'at' | 'byStatus'>;

/** What a caller said of the payment of a new order or sale. Amounts in paise. */
export interface PaymentTerms {
  method: string | null;
  /** Whether the payment status says that all is paid. */
  isPaid: boolean;
  amountPaidPaise: number;
  payments: NewPayment[] | null;
}

/** What follows from the terms: the rows to keep and the amount to debit to the khata. */
export interface PaymentPlan {
  rows: NewPayment[];
  khataPaise: number;
}

/**
 * The rows of a new order or sale of `totalPaise`. With `payments` given: just these; the khata rows are debited.
 * Else the single method stands for one row: `khata` debits total minus what was paid, any other method is
 * one row of the whole when it is said to be paid, or of the amount paid.
 * Null when more than the total would be paid.
 */
export function planPayments(totalPaise: number, terms: PaymentTerms): PaymentPlan | null {
  if (terms.payments !== null) {
    const sum = terms.payments.reduce((total, row) => total + row.amountPaise, 0);
    if (sum > totalPaise) return null;
    const khata = terms.payments.filter(isKhata);
    return { rows: terms.payments, khataPaise: khata.reduce((total, row) => total + row.amountPaise, 0) };
  }
  if (terms.amountPaidPaise > totalPaise) return null;
  const rows: NewPayment[] = [];
  if (terms.method === KHATA) {
    const khataPaise = totalPaise - terms.amountPaidPaise;
    if (terms.amountPaidPaise > 0) {
      rows.push({ method: null, amountPaise: terms.amountPaidPaise, reference: null });
    }
    if (khataPaise > 0) rows.push({ method: KHATA, amountPaise: khataPaise, reference: null });
    return { rows, khataPaise };
  }
  const paidPaise = terms.isPaid ? totalPaise : terms.amountPaidPaise;
  if (paidPaise > 0) rows.push({ method: terms.method, amountPaise: paidPaise, reference: null });
  return { rows, khataPaise: 0 };
}

/** Whether a row is a debt in the khata rather than money. */
function isKhata(row: { method: string | null }): boolean {
  return row.method === KHATA;
}

/** The rows that count: those of the khata only as long as the debit stands in the ledger. */
export function standingPayments(rows: readonly Payment[], inKhata: boolean): readonly Payment[] {
  return inKhata ? rows : rows.filter((row) => !isKhata(row));
}

/**
 * The rows that a later change of the payment status adds, so that collected money can be summed by time. The khata
 * is never touched. `rows`: those that stand.
 * - to `paid`: one row of what is missing of the total, in the order's method. Nothing is missing of an order whose
 *   rest stands in the khata: that money comes in as a credit there.
 * - to `unpaid`: takes the money back, a negative row a method. Of an order with a khata part only what an earlier
 *   change of the status added, since its status was never about what was paid down when it was made.
 * - to `partial`: nothing; how much was paid is not known.
 */
export function paymentsOnStatus(
  totalPaise: number,
  method: string | null,
  rows: readonly Payment[],
  status: 'unpaid' | 'partial' | 'paid',
): NewPayment[] {
  if (status === 'partial') return [];
  if (status === 'paid') {
    const missingPaise = totalPaise - rows.reduce((sum, row) => sum + row.amountPaise, 0);
    if (missingPaise <= 0) return [];
    // The rest of a khata order was not put into the khata, so it is not said how it was paid.
    return [{ method: method === KHATA ? null : method, amountPaise: missingPaise, reference: null }];
  }
  const onCredit = rows.some(isKhata);
  const paid = new Map<string | null, number>();
  for (const row of rows) {
    if (isKhata(row) || (onCredit && !row.byStatus)) continue;
    paid.set(row.method, (paid.get(row.method) ?? 0) + row.amountPaise);
  }
  return [...paid]
    .filter(([, amountPaise]) => amountPaise > 0)
    .map(([of, amountPaise]) => ({ method: of, amountPaise: -amountPaise, reference: null }));
}
