import type { OrderNotesBody, OrderPaymentStatusBody } from '../../contract/order.ts';
import { ORDER_NOTES_MESSAGES } from '../../contract/order.ts';
import { parseId } from '../../domain/id.ts';
import { toPaise } from '../../domain/money.ts';
import type { OrderFilter } from '../../domain/order.ts';
import type { PaymentChange } from '../../domain/payment-change.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { readDateRange } from '../../http/date-range.ts';
import { inputError } from '../../http/validation.ts';

type Query = Record<string, string | undefined>;

/** The id in an address under /orders; what cannot be one names no order. */
export function orderIdOf(text: string): string {
  const id = parseId(text);
  if (id === null) throw refuse('order_not_found');
  return id;
}

/** The filters of lists and statistics. An unknown status finds nothing; `all` is no filter. */
export function readOrderFilter(query: Query): OrderFilter {
  const { status, payment_status: paymentStatus, customer_id: customerId } = query;
  const search = query.search?.trim() ?? '';
  return {
    ...(isFilter(status) ? { status } : {}),
    ...(isFilter(paymentStatus) ? { paymentStatus } : {}),
    ...(customerId ? { customerId: customerIdIn(customerId, 'customer_id') } : {}),
    ...readDateRange(query.date_from, query.date_to),
    ...(search === '' ? {} : { search }),
  };
}

function isFilter(value: string | undefined): value is string {
  return value !== undefined && value !== '' && value !== 'all';
}

/** The id of a customer in a filter or address. Refuses what cannot be one. */
export function customerIdIn(text: string, field: string): string {
  const id = parseId(text);
  if (id !== null) return id;
  throw invalid(field, 'pattern', 'must be an id of 24 hexadecimal digits', 'Invalid customer ID format');
}

/**
 * Refuses a method where nothing is booked as received: what is taken back goes by the method that it came in; and an
 * amount that is no part.
 */
export function readPaymentChange(body: OrderPaymentStatusBody): PaymentChange {
  const { payment_status: status, method = null, amount: part, expected_amount: amount } = body;
  if (part !== undefined && status !== 'partial')
    throw invalid('amount', 'partial', 'must be left out where payment_status is not partial');
  if (method !== null && status !== 'paid' && part === undefined)
    throw invalid('method', 'paid', 'must be left out where payment_status is not paid');
  return {
    status,
    ...(method === null ? {} : { method }),
    ...(part === undefined ? {} : { partPaise: toPaise(part) }),
    ...(amount === undefined ? {} : { amountPaise: toPaise(amount) }),
  };
}

/** The texts to append, from either spelling. Refuses a body without any, or with empty ones only. */
export function readNotes(body: OrderNotesBody): { notes?: string; adminNotes?: string } {
  const { note, is_admin: isAdmin = true } = body;
  const notes = joined(isAdmin ? undefined : note, body.notes);
  const adminNotes = joined(isAdmin ? note : undefined, body.admin_notes);
  if (notes === undefined && adminNotes === undefined) {
    throw inputError([{ field: 'note', rule: 'required', limit: 'must be given' }], ORDER_NOTES_MESSAGES);
  }
  return { ...(notes === undefined ? {} : { notes }), ...(adminNotes === undefined ? {} : { adminNotes }) };
}

/** Both spellings of one field in one request: each on a line of its own, under one stamp. */
function joined(...texts: (string | null | undefined)[]): string | undefined {
  const given = texts.flatMap((text) => (text ? [text.trim()] : []));
  return given.length === 0 ? undefined : given.join('\n');
}
