// What a change of an order's payment status does to the money received, as the shop's program books it.

import type { OrderWire } from '../../../../server/src/contract/order.ts';
import type { everydayWords } from '../../words/everywhere/everyday-words.ts';
import type { useWords } from '../../words/say.ts';
import type { PaymentStatus } from './order-search.ts';

const METHODS = ['cash', 'upi', 'card', 'cheque', 'bank_transfer', 'khata'] as const;

type Paying = Pick<OrderWire, 'total_amount' | 'payments' | 'payment_status'>;

/** Rupees that are booked as received; below 0: that are taken back. */
export function moneyMoved(
  { total_amount: total, payments, payment_status }: Paying,
  to: PaymentStatus,
): number {
  if (to === payment_status || to === 'partial') return 0;
  const money = payments.filter(({ method }) => method !== 'khata');
  if (to === 'paid') return Math.max(0, toPaise(total) - sumOf(payments)) / 100;
  // What was paid down on an order on khata stays; which of it a change of the status added is not told.
  return money.length < payments.length ? 0 : -sumOf(money) / 100;
}

/** Rupees of the order that went to the khata. */
export function khataPaid(payments: Paying['payments']): number {
  return sumOf(payments.filter(({ method }) => method === 'khata')) / 100;
}

function sumOf(payments: Paying['payments']): number {
  return payments.reduce((sum, { amount }) => sum + toPaise(amount), 0);
}

function toPaise(rupees: number): number {
  return Math.round(rupees * 100);
}

/** By what a rest is booked; null: it is not said, as where the rest of an order on khata was not put there. */
export function methodOfRest({ payment_method: method }: Pick<OrderWire, 'payment_method'>): string | null {
  const said = method.trim();
  return said === '' || said.toLowerCase() === 'khata' ? null : said;
}

/** The method in words; older orders hold free text. */
export function methodText(
  method: string | null,
  everyday: ReturnType<typeof useWords<typeof everydayWords.en>>,
): string {
  const known = METHODS.find((each) => each === method);
  return known === undefined ? (method ?? everyday('paid')) : everyday(known);
}
