// What happens to an order after it was made: status, payment status, notes.

import { changedFields } from '../../../domain/changed-fields.ts';
import { ofCancelled } from '../../../domain/khata-texts.ts';
import type { OrderStatus } from '../../../domain/order.ts';
import { mayChangeStatus, type Order, withNotes } from '../../../domain/order.ts';
import { type PaymentChange, paymentsOnChange } from '../../../domain/payment-change.ts';
import { requireVersion } from '../../../domain/require-version.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { piecesByProduct } from '../../../domain/stock.ts';
import { toOrder } from '../reads/orders.ts';
import type { OrderRow } from '../rows.ts';
import { keepOrderStatus, keepPayments } from './figures.ts';
import { findEntry, reverseEntry } from './khata.ts';
import { changeStock } from './products.ts';
import type { Tx } from './tx.ts';
import { byId } from './view.ts';

/** To the status that the order has already: nothing changes. */
export function changeOrderStatus(
  tx: Tx,
  id: string,
  status: OrderStatus,
  reversalId: string,
  ifVersion: number | null,
): Order {
  const order = findForChange(tx, id, ifVersion);
  if (order.status === status) return toOrder(order);
  if (!mayChangeStatus(order.status, status)) throw refuse('order_is_cancelled');
  if (status === 'cancelled') {
    giveBack(tx, order);
    if (standsInKhata(tx, order)) {
      reverseEntry(tx, order.khataEntryId, reversalId, ofCancelled(order.orderNumber));
    }
  }
  const next = update(tx, order, 'order.status_changed', {
    status,
    ...(status === 'completed' ? { completedAt: tx.by.at } : {}),
    ...(status === 'cancelled' ? { cancelledAt: tx.by.at } : {}),
  });
  keepOrderStatus(tx, order, status);
  return next;
}

export function changeOrderPaymentStatus(
  tx: Tx,
  id: string,
  change: PaymentChange,
  ifVersion: number | null,
): Order {
  const order = findForChange(tx, id, ifVersion);
  const rows = paymentsOnChange(order, change, standsInKhata(tx, order));
  if (order.paymentStatus === change.status && rows.length === 0) return toOrder(order);
  const added = rows.map((row) => ({ ...row, at: tx.by.at, byStatus: true }));
  keepPayments(tx, added);
  return update(tx, order, 'order.payment_status_changed', {
    paymentStatus: change.status,
    payments: [...order.payments, ...added],
  });
}

export function addOrderNotes(
  tx: Tx,
  id: string,
  added: { notes?: string; adminNotes?: string },
  ifVersion: number | null,
): Order {
  const order = findForChange(tx, id, ifVersion);
  return update(tx, order, 'order.note_added', withNotes(order, added, tx.by.at));
}

function findForChange(tx: Tx, id: string, ifVersion: number | null): OrderRow {
  const order = tx.get('orders', id);
  if (!order) throw refuse('order_not_found');
  requireVersion(order.version, ifVersion);
  return order;
}

/** Just the pieces that the order took, also of products that were deleted meanwhile. */
function giveBack(tx: Tx, order: Order): void {
  const pieces = piecesByProduct(order.lines);
  tx.need([...pieces.keys()].map((productId) => byId('products', productId)));
  for (const [productId, quantity] of pieces) changeStock(tx, productId, quantity);
}

/** Whether the order's debit is in the ledger and was not taken back, by a cancellation or by hand. */
function standsInKhata(tx: Tx, order: OrderRow): order is OrderRow & { khataEntryId: string } {
  if (order.khataEntryId === null) return false;
  return findEntry(tx, order.khataEntryId)?.reversedBy === null;
}

type Changes = Partial<
  Pick<
    Order,
    'status' | 'paymentStatus' | 'payments' | 'notes' | 'adminNotes' | 'completedAt' | 'cancelledAt'
  >
>;

function update(tx: Tx, order: OrderRow, action: string, changes: Changes): Order {
  const next: OrderRow = { ...order, ...changes, version: order.version + 1, updatedAt: tx.by.at };
  tx.put('orders', next);
  const { before, after } = changedFields<Changes>(order, changes);
  tx.record(action, { type: 'order', id: order.id }, before, after);
  return toOrder(next);
}
