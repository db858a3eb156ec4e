// What the address of the orders' list may say.

import { isDay } from '../../format/is-day.ts';

export const ORDER_STATUSES = ['pending', 'processing', 'completed', 'cancelled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];
export const PAYMENT_STATUSES = ['unpaid', 'partial', 'paid'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export interface OrderSearch {
  q?: string | undefined;
  status?: OrderStatus | undefined;
  payment?: PaymentStatus | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The form over the list. */
  add?: true | undefined;
}

export function readOrderSearch(search: Record<string, unknown>): OrderSearch {
  const { q, status, payment, from, to, add } = search;
  return {
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(ORDER_STATUSES.includes(status as OrderStatus) ? { status: status as OrderStatus } : {}),
    ...(PAYMENT_STATUSES.includes(payment as PaymentStatus) ? { payment: payment as PaymentStatus } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
    ...(add === true ? { add } : {}),
  };
}
