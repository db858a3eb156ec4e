// What happens to an order after it was made: status, payment status, notes.

import { changedFields } from '../../../domain/changed-fields.ts';
import { ofCancelled } from '../../../domain/khata-texts.ts';
import type { OrderStatus } from '../../../domain/order.ts';
import { mayChangeStatus, type Order, withNotes } from '../../../domain/order.ts';
import { type PaymentChange, paymentsOnChange } from '../../../domain/payment-change.ts';
import { requireVersion } from '../../../domain/require-version.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { piecesByProduct } from '../../../domain/stock.ts';
import { findOrder, standsInKhata } from '../reads/orders.ts';
import { addPayments } from './checkout.ts';
import { keepOrderStatus } from './figures.ts';
import { reverseEntry } from './khata.ts';
import { changeStock } from './products.ts';
import type { Tx } from './tx.ts';

/** To the status that the order has already: nothing changes. */
export function changeOrderStatus(
  tx: Tx,
  id: string,
  status: OrderStatus,
  reversalId: string,
  ifVersion: number | null,
): Order {
  const order = findForChange(tx, id, ifVersion);
  if (order.status === status) return order;
  if (!mayChangeStatus(order.status, status)) throw refuse('order_is_cancelled');
  if (status === 'cancelled') {
    giveBack(tx, order);
    if (standsInKhata(tx, tx.shopId, order)) {
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
  const rows = paymentsOnChange(order, change, standsInKhata(tx, tx.shopId, order));
  if (order.paymentStatus === change.status && rows.length === 0) return order;
  const added = rows.map((row) => ({ ...row, at: tx.by.at, byStatus: true }));
  addPayments(tx, { orderId: id }, added, order.payments.length);
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

function findForChange(tx: Tx, id: string, ifVersion: number | null): Order {
  const order = findOrder(tx, tx.shopId, id);
  if (!order) throw refuse('order_not_found');
  requireVersion(order.version, ifVersion);
  return order;
}

/** Just the pieces that the order took, also of products that were deleted meanwhile. */
function giveBack(tx: Tx, order: Order): void {
  for (const [productId, quantity] of piecesByProduct(order.lines)) changeStock(tx, productId, quantity);
}

type Changes = Partial<
  Pick<
    Order,
    'status' | 'paymentStatus' | 'payments' | 'notes' | 'adminNotes' | 'completedAt' | 'cancelledAt'
  >
>;

/** Writes the row and the journal entry. New payment rows are in `changes` for the journal only. */
function update(tx: Tx, order: Order, action: string, changes: Changes): Order {
  const next = { ...order, ...changes, version: order.version + 1, updatedAt: tx.by.at };
  tx.run(
    `UPDATE orders SET version = :version, updated_at = :at, status = :status, payment_status = :paymentStatus,
       notes = :notes, admin_notes = :adminNotes, completed_at = :completedAt, cancelled_at = :cancelledAt
     WHERE shop_id = :shopId AND id = :id`,
    {
      shopId: tx.shopId,
      id: order.id,
      version: next.version,
      at: next.updatedAt,
      status: next.status,
      paymentStatus: next.paymentStatus,
      notes: next.notes,
      adminNotes: next.adminNotes,
      completedAt: next.completedAt,
      cancelledAt: next.cancelledAt,
    },
  );
  const { before, after } = changedFields<Changes>(order, changes);
  tx.record(action, { type: 'order', id: order.id }, before, after);
  return next;
}
