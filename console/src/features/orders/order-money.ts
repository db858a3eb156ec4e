// The money of an order as the screens say it. What a change books is reckoned by the server alone.

import type { OrderDetailWire, OrderWire } from '../../../../server/src/contract/order.ts';
import type { everydayWords } from '../../words/everywhere/everyday-words.ts';
import type { useWords } from '../../words/say.ts';
import type { PaymentStatus } from './order-search.ts';

export const METHODS = ['cash', 'upi', 'card', 'cheque', 'bank_transfer', 'khata'] as const;
/** How money comes in. */
export const MONEY_METHODS = METHODS.filter((method) => method !== 'khata');
export type MoneyMethod = (typeof MONEY_METHODS)[number];

/** The payments that a change of the payment status adds. */
export type Booked = OrderDetailWire['would_book']['paid'];

/** Rupees that they book as received; below 0: that are taken back. */
export function amountOf(booked: Booked): number {
  return booked.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0) / 100;
}

/** Rupees that came in for an order and were not given back; its khata part is a debt still. */
export function receivedFor({ payments }: Pick<OrderWire, 'payments'>): number {
  return amountOf(payments.filter(({ method }) => method !== 'khata'));
}

/** Rupees of the order that nothing covers yet, neither money nor the khata; of a cancelled one nothing. */
export function restOf({
  status,
  would_book: booked,
}: Pick<OrderDetailWire, 'status' | 'would_book'>): number {
  return status === 'cancelled' ? 0 : amountOf(booked.paid);
}

/** Rupees of the rest that are left after a payment of so many. */
export function restAfter(order: Pick<OrderDetailWire, 'status' | 'would_book'>, amount: number): number {
  return (Math.round(restOf(order) * 100) - Math.round(amount * 100)) / 100;
}

/** Whether the payment may still become that: of a cancelled order the money that came in is given back, no more. */
export function mayBecome({ status, would_book: booked }: OrderDetailWire, to: PaymentStatus): boolean {
  return status !== 'cancelled' || (to === 'unpaid' && amountOf(booked.unpaid) < 0);
}

/** The method in words; older orders hold free text. */
export function methodText(
  method: string | null,
  everyday: ReturnType<typeof useWords<typeof everydayWords.en>>,
): string {
  const known = METHODS.find((each) => each === method);
  return known === undefined ? (method ?? everyday('paid')) : everyday(known);
}
