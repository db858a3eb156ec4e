// An order is one write: number, copies of customer and pieces, stock, khata debit, payment rows and journal entry.

import { lineTotals, orderTotal } from '../../../domain/bill.ts';
import type { Customer } from '../../../domain/customer.ts';
import { formatRupees } from '../../../domain/money.ts';
import {
  type NewOrder,
  type Order,
  type OrderLine,
  orderNumber,
  type PlacedOrder,
} from '../../../domain/order.ts';
import { planPayments } from '../../../domain/payment.ts';
import { invalid, refuse } from '../../../domain/shop-error.ts';
import { orderSearchText } from '../reads/orders.ts';
import {
  addPayments,
  debitKhata,
  findBuyer,
  findPieces,
  paymentsOverTotal,
  takePieces,
  totalTooLarge,
} from './checkout.ts';
import type { Tx } from './tx.ts';

export function addOrder(tx: Tx, input: NewOrder): PlacedOrder {
  const { id } = input;
  const customer = findBuyer(tx, input.customerId);
  const { lines, subtotalPaise } = priceLines(tx, input);
  const totalPaise = totalOf(subtotalPaise, input);
  const plan = planPayments(totalPaise, input.terms);
  if (!plan) throw paymentsOverTotal(totalPaise, input.terms);
  const taken = takePieces(tx, lines);

  const draft: Order = {
    ...emptyOrder(tx, input, customer),
    lines: lines.map((line, index) => ({ ...line, takenQuantity: taken[index] ?? 0 })),
    subtotalPaise,
    totalPaise,
    payments: plan.rows.map((row) => ({ ...row, at: tx.by.at, byStatus: false })),
    khataEntryId: plan.khataPaise > 0 ? input.khataEntryId : null,
  };
  const order = { ...draft, orderNumber: insertUnderFreeNumber(tx, draft, input.numberTails) };
  insertLines(tx, order);
  addPayments(tx, { orderId: id }, order.payments, 0);
  const warning = debitKhata(
    tx,
    {
      id: input.khataEntryId,
      customerId: customer.id,
      amountPaise: plan.khataPaise,
      description: `Order ${order.orderNumber}`,
      reference: order.orderNumber,
    },
    { kind: 'order', id },
  );
  const { id: _id, version, createdAt, updatedAt, completedAt, cancelledAt, ...fields } = order;
  tx.record('order.created', { type: 'order', id }, null, fields);
  return { order, warning };
}

function emptyOrder(tx: Tx, input: NewOrder, customer: Customer): Order {
  return {
    id: input.id,
    version: 1,
    orderNumber: '',
    customerId: customer.id,
    customerName: customer.name,
    customerPhone: customer.phone,
    customerEmail: customer.email ?? '',
    customerAddress: customer.address ?? '',
    lines: [],
    subtotalPaise: 0,
    taxPaise: input.taxPaise,
    discountPaise: input.discountPaise,
    totalPaise: 0,
    status: 'pending',
    paymentStatus: input.paymentStatus,
    paymentMethod: input.paymentMethod,
    payments: [],
    khataEntryId: null,
    notes: input.notes,
    adminNotes: input.adminNotes,
    createdAt: tx.by.at,
    updatedAt: tx.by.at,
    completedAt: null,
    cancelledAt: null,
  };
}

/** The lines with the pieces' facts and prices of the moment; nothing is taken from the stock yet. */
function priceLines(tx: Tx, input: NewOrder): { lines: OrderLine[]; subtotalPaise: number } {
  const found = findPieces(tx, input.lines, 'items').map(({ line, piece }) => ({
    quantity: line.quantity,
    unitPricePaise: line.unitPricePaise ?? piece.basePricePaise,
    piece,
  }));
  const totals = lineTotals(found);
  if (!totals) throw totalTooLarge('items');
  const lines = found.map(({ piece, quantity, unitPricePaise }, index) => ({
    productId: piece.id,
    productName: piece.name,
    productCategory: piece.category,
    quantity,
    takenQuantity: 0,
    unitPricePaise,
    totalPaise: totals.linesPaise[index] ?? 0,
    netWeightMg: piece.netWeightMg,
    goldPurity: piece.goldPurity,
  }));
  return { lines, subtotalPaise: totals.sumPaise };
}

function totalOf(subtotalPaise: number, { taxPaise, discountPaise }: NewOrder): number {
  const total = orderTotal(subtotalPaise, taxPaise, discountPaise);
  if (total === 'too_large') throw totalTooLarge('items');
  if (total === 'discount_too_large') {
    const limit = `must not be larger than subtotal and tax together (${formatRupees(subtotalPaise + taxPaise)})`;
    throw invalid('discount_amount', 'maximum', limit);
  }
  return total;
}

/** Inserts the order's row under the first number that the unique index lets pass, and answers that number. */
function insertUnderFreeNumber(tx: Tx, order: Order, tails: readonly string[]): string {
  for (const tail of tails) {
    const number = orderNumber(tx.by.at, tail);
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
    { shopId: tx.shopId, ...row, searchText: orderSearchText(row.orderNumber, row.customerName) },
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
      { shopId: tx.shopId, orderId: order.id, position, ...line },
    );
  }
}
