import type { Customer } from './customer.ts';
import type { CreditWarning } from './khata.ts';
import type { Payment, PaymentTerms } from './payment.ts';
import { invalid } from './shop-error.ts';

export const ORDER_STATUSES = ['pending', 'processing', 'completed', 'cancelled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];
export const ORDER_PAYMENT_STATUSES = ['unpaid', 'partial', 'paid'] as const;
export type OrderPaymentStatus = (typeof ORDER_PAYMENT_STATUSES)[number];

export interface OrderLine {
  productId: string;
  productName: string;
  productCategory: string;
  quantity: number;
  /** How many pieces really left the stock, so that a cancellation gives back just these. */
  takenQuantity: number;
  unitPricePaise: number;
  totalPaise: number;
  netWeightMg: number;
  goldPurity: string;
}

/** An order as stored; customer and product facts are those of the moment it was made. */
export interface Order {
  id: string;
  version: number;
  orderNumber: string;
  customerId: string;
  customerName: string;
  customerPhone: string;
  customerEmail: string;
  customerAddress: string;
  lines: OrderLine[];
  subtotalPaise: number;
  taxPaise: number;
  discountPaise: number;
  totalPaise: number;
  status: OrderStatus;
  paymentStatus: OrderPaymentStatus;
  paymentMethod: string;
  payments: Payment[];
  khataEntryId: string | null;
  notes: string;
  adminNotes: string;
  createdAt: number;
  updatedAt: number;
  completedAt: number | null;
  cancelledAt: number | null;
}

export interface NewOrder {
  id: string;
  /** Random tails of four characters, one behind the other; tried in turn until one makes a free number. */
  numberTails: string;
  khataEntryId: string;
  customerId: string;
  /** `unitPricePaise` null: the product's list price. */
  lines: { productId: string; quantity: number; unitPricePaise: number | null }[];
  taxPaise: number;
  discountPaise: number;
  paymentStatus: OrderPaymentStatus;
  paymentMethod: string;
  terms: PaymentTerms;
  notes: string;
  adminNotes: string;
}

/** Instants: from inclusive, to exclusive. `search`: part of the order number or customer name. Newest first. */
export interface OrderFilter {
  status?: string;
  paymentStatus?: string;
  customerId?: string;
  from?: number;
  to?: number;
  search?: string;
}

/** A created or changed order, with what the credit rule had to say. */
export interface PlacedOrder {
  order: Order;
  warning: CreditWarning | null;
}

export interface StatusChange {
  at: number;
  from: OrderStatus | null;
  to: OrderStatus;
  by: string;
}

/** An order with its customer of today (null: removed) and all that became of it, oldest first. */
export interface OrderDetail {
  order: Order;
  /** Whether its debit is in the ledger and was not taken back. */
  inKhata: boolean;
  customer: Customer | null;
  history: StatusChange[];
}

export interface OrderStatistics {
  count: number;
  totalPaise: number;
  byStatus: Record<OrderStatus, number>;
  byPaymentStatus: Record<OrderPaymentStatus, number>;
}

/** How long the tail of an order's number is. */
export const TAIL_LENGTH = 4;

/** The numbers that an order may get, in the order in which they are tried: `ORD-20260115-7K2Q`, UTC date and tail. */
export function* orderNumbers(at: number, tails: string): Iterable<string> {
  const date = new Date(at);
  const day = (date.getUTCFullYear() * 100 + date.getUTCMonth() + 1) * 100 + date.getUTCDate();
  for (let from = 0; from < tails.length; from += TAIL_LENGTH) {
    yield `ORD-${day}-${tails.slice(from, from + TAIL_LENGTH)}`;
  }
}

/** The method of an order's payment rows. The field is free text; `khata` means the khata however it is typed. */
export function methodOf(paymentMethod: string): string | null {
  const method = paymentMethod.trim();
  if (method === '') return null;
  return method.toLowerCase() === 'khata' ? 'khata' : method;
}

/** The most characters that the notes of one side may grow to. */
const MAX_NOTES_LENGTH = 20_000;

/** A note as it is kept: stamped in UTC, on a line of its own under the earlier ones. */
export function addNote(notes: string, added: string, at: number): string {
  const stamp = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return `${notes === '' ? '' : `${notes}\n`}[${stamp}] ${added}`;
}

/** An order's notes with what was added. Refuses: notes that together are too long. */
export function withNotes(
  order: Pick<Order, 'notes' | 'adminNotes'>,
  added: { notes?: string; adminNotes?: string },
  at: number,
): Partial<Pick<Order, 'notes' | 'adminNotes'>> {
  const notes = {
    ...(added.notes === undefined ? {} : { notes: addNote(order.notes, added.notes, at) }),
    ...(added.adminNotes === undefined
      ? {}
      : { adminNotes: addNote(order.adminNotes, added.adminNotes, at) }),
  };
  for (const text of Object.values(notes)) {
    if (text.length <= MAX_NOTES_LENGTH) continue;
    throw invalid('note', 'maxLength', `the notes together must have at most ${MAX_NOTES_LENGTH} characters`);
  }
  return notes;
}

/** Whether an order may go from one status to another: all ways are open, but none leads out of `cancelled`. */
export function mayChangeStatus(from: OrderStatus, to: OrderStatus): boolean {
  return from !== 'cancelled' || to === 'cancelled';
}
