// How a bill or order was paid: one row a payment. The khata part is a debt, not money collected.

export const PAYMENT_METHODS = ['cash', 'upi', 'card', 'cheque', 'bank_transfer', 'khata'] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

/** One payment. `method` null: the caller did not say how. A negative amount takes an earlier payment back. */
export interface Payment {
  method: string | null;
  amountPaise: number;
  reference: string | null;
  at: number;
}
export type NewPayment = Omit<Payment, 'at'>;

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
    const khata = terms.payments.filter((row) => row.method === 'khata');
    return { rows: terms.payments, khataPaise: khata.reduce((total, row) => total + row.amountPaise, 0) };
  }
  if (terms.amountPaidPaise > totalPaise) return null;
  const rows: NewPayment[] = [];
  if (terms.method === 'khata') {
    const khataPaise = totalPaise - terms.amountPaidPaise;
    if (terms.amountPaidPaise > 0) {
      rows.push({ method: null, amountPaise: terms.amountPaidPaise, reference: null });
    }
    if (khataPaise > 0) rows.push({ method: 'khata', amountPaise: khataPaise, reference: null });
    return { rows, khataPaise };
  }
  const paidPaise = terms.isPaid ? totalPaise : terms.amountPaidPaise;
  if (paidPaise > 0) rows.push({ method: terms.method, amountPaise: paidPaise, reference: null });
  return { rows, khataPaise: 0 };
}
