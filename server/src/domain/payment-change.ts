// A change of an order's payment status: what it books, and whether that is what the caller was told.

import { methodOf, type Order, type OrderPaymentStatus } from './order.ts';
import { KHATA, type NewPayment, type PaymentMethod, paymentsOnStatus, standingPayments } from './payment.ts';
import { refuse } from './shop-error.ts';

export interface PaymentChange {
  status: OrderPaymentStatus;
  /** By what a rest was paid; left out: by the order's own method. */
  method?: PaymentMethod;
  /** Paise that the caller was told it books; below 0: takes back. Left out: whatever it books. */
  amountPaise?: number;
}

/**
 * The rows that a change adds; none to the status that the order has. `inKhata`: whether the order's debit stands in
 * the ledger. Refuses: stale_version, where they come to another amount than the caller was told.
 */
export function paymentsOnChange(order: Order, change: PaymentChange, inKhata: boolean): NewPayment[] {
  const { status, method, amountPaise } = change;
  const standing = standingPayments(order.payments, inKhata);
  const rows =
    order.paymentStatus === status
      ? []
      : paymentsOnStatus(order.totalPaise, method ?? methodOf(order.paymentMethod), standing, status);
  if (amountPaise !== undefined && amountPaise !== rows.reduce((sum, row) => sum + row.amountPaise, 0)) {
    throw refuse('stale_version', { data: { version: order.version } });
  }
  return rows;
}

/** Paise of an order that stand in the khata, which a cancellation credits there. */
export function standingInKhata(order: Order, inKhata: boolean): number {
  const khata = standingPayments(order.payments, inKhata).filter(({ method }) => method === KHATA);
  return khata.reduce((sum, row) => sum + row.amountPaise, 0);
}
