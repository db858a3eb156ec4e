// An order is one write: number, copies of customer and pieces, stock, khata debit, payment rows and journal entry.

import { khataField } from '../../../domain/checkout.ts';
import { ofOrder } from '../../../domain/khata-texts.ts';
import { type NewOrder, type Order, orderNumbers, type PlacedOrder } from '../../../domain/order.ts';
import { draftOrder } from '../../../domain/order-draft.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { orderSearchText } from '../reads/orders.ts';
import { addPayments, debitKhata, findBuyer, pieceFinder, takeFromStock } from './checkout.ts';
import { keepOrder } from './figures.ts';
import type { Tx } from './tx.ts';

export function addOrder(tx: Tx, input: NewOrder): PlacedOrder {
  const { id } = input;
  const buyer = findBuyer(tx, input.customerId);
  const find = pieceFinder(tx);
  const { draft, khataPaise } = draftOrder(input, buyer, tx.by.at, find);
  const lines = takeFromStock(tx, draft.lines, 'items', find);
  const order = { ...draft, lines, orderNumber: insertUnderFreeNumber(tx, draft, input.numberTails) };
  insertLines(tx, order);
  keepOrder(tx, order, find);
  addPayments(tx, { orderId: id }, order.payments, 0);
  const warning = debitKhata(
    tx,
    buyer,
    {
      id: input.khataEntryId,
      amountPaise: khataPaise,
      description: ofOrder(order.orderNumber),
      reference: order.orderNumber,
      field: khataField(input.terms),
    },
    { kind: 'order', id },
  );
  const { id: _id, version, createdAt, updatedAt, completedAt, cancelledAt, ...fields } = order;
  tx.record('order.created', { type: 'order', id }, null, fields);
  return { order, warning };
}

/** Inserts the order's row under the first number that the unique index lets pass, and answers that number. */
function insertUnderFreeNumber(tx: Tx, order: Order, tails: string): string {
  for (const number of orderNumbers(tx.by.at, tails)) {
    if (insertRow(tx, { ...order, orderNumber: number })) return number;
  }
  throw refuse('busy', { details: 'No free order number was found. Try again', retryAfterSeconds: 1 });
}

/** False when the number is taken. */
function insertRow(tx: Tx, order: Order): boolean {
  const { lines, payments, version, completedAt, cancelledAt, updatedAt, ...row } = order;
  const { changes } = tx.run(
    `INSERT INTO orders (shop_id, id, version, order_number, customer_id, customer_name, customer_phone,
       customer_email, customer_address, search_text, subtotal_paise, tax_paise, discount_paise, total_paise, status,
       payment_status, payment_method, khata_entry_id, notes, admin_notes, created_at, updated_at)
     VALUES (:shopId, :id, 1, :orderNumber, :customerId, :customerName, :customerPhone, :customerEmail,
       :customerAddress, :searchText, :subtotalPaise, :taxPaise, :discountPaise, :totalPaise, :status,
       :paymentStatus, :paymentMethod, :khataEntryId, :notes, :adminNotes, :createdAt, :createdAt)
     ON CONFLICT (shop_id, order_number) DO NOTHING`,
    { ...row, shopId: tx.shopId, searchText: orderSearchText(row.orderNumber, row.customerName) },
  );
  return changes === 1;
}

function insertLines(tx: Tx, order: Order): void {
  for (const [position, line] of order.lines.entries()) {
    tx.run(
      `INSERT INTO order_lines (shop_id, order_id, position, product_id, product_name, product_category, quantity,
         taken_quantity, unit_price_paise, total_paise, net_weight_mg, gold_purity)
       VALUES (:shopId, :orderId, :position, :productId, :productName, :productCategory, :quantity,
         :takenQuantity, :unitPricePaise, :totalPaise, :netWeightMg, :goldPurity)`,
      { ...line, shopId: tx.shopId, orderId: order.id, position },
    );
  }
}
