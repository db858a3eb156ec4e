// A change of an order's payment status: what it books, and whether that is what the caller was told.

import { methodOf, type Order, type OrderPaymentStatus } from './order.ts';
import {
  KHATA,
  type NewPayment,
  type Payment,
  type PaymentMethod,
  paymentsOnStatus,
  standingPayments,
} from './payment.ts';
import { invalid, refuse } from './shop-error.ts';

export interface PaymentChange {
  status: OrderPaymentStatus;
  /** By what a rest, or a part of it, was paid; left out: by the order's own method. */
  method?: PaymentMethod;
  /** To partial: paise of the rest that came in now, also where it is partial already. */
  partPaise?: number;
  /** Paise that the caller was told it books; below 0: takes back. Left out: whatever it books. */
  amountPaise?: number;
}

/**
 * The rows that a change adds; none to the status that the order has, but for a part that came in. `inKhata`: whether
 * the order's debit stands in the ledger. Refuses: stale_version, where they come to another amount than the caller was
 * told; a part that is all of what is missing, or more, or of a cancelled order.
 */
export function paymentsOnChange(order: Order, change: PaymentChange, inKhata: boolean): NewPayment[] {
  const { amountPaise } = change;
  const rows = rowsOf(order, change, standingPayments(order.payments, inKhata));
  if (amountPaise !== undefined && amountPaise !== rows.reduce((sum, row) => sum + row.amountPaise, 0)) {
    throw refuse('stale_version', { data: { version: order.version } });
  }
  return rows;
}

function rowsOf(order: Order, change: PaymentChange, standing: readonly Payment[]): NewPayment[] {
  const { status, method = methodOf(order.paymentMethod), partPaise } = change;
  if (partPaise === undefined) {
    return order.paymentStatus === status ? [] : paymentsOnStatus(order.totalPaise, method, standing, status);
  }
  if (order.status === 'cancelled') throw refuse('order_is_cancelled');
  const [rest] = paymentsOnStatus(order.totalPaise, method, standing, 'paid');
  // All that is missing makes it paid.
  if (rest === undefined || partPaise >= rest.amountPaise) {
    throw invalid('amount', 'maximum', 'must be less than what is missing');
  }
  return [{ ...rest, amountPaise: partPaise }];
}

/** Paise of an order that stand in the khata, which a cancellation credits there. */
export function standingInKhata(order: Order, inKhata: boolean): number {
  const khata = standingPayments(order.payments, inKhata).filter(({ method }) => method === KHATA);
  return khata.reduce((sum, row) => sum + row.amountPaise, 0);
}
