// A counter sale is one write, as an order is; it has no number and no later life.

import { lineTotals, saleTotal } from '../../../domain/bill.ts';
import { planPayments } from '../../../domain/payment.ts';
import type { NewSale, RecordedSale, Sale, SaleLine } from '../../../domain/sale.ts';
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

export function addSale(tx: Tx, input: NewSale): RecordedSale {
  const { id, discountPaise } = input;
  const customer = findBuyer(tx, input.customerId);
  const { lines, totalPaise } = priceLines(tx, input);
  const finalPaise = saleTotal(totalPaise, discountPaise);
  const plan = planPayments(finalPaise, input.terms);
  if (!plan) throw paymentsOverTotal(finalPaise, input.terms);
  const taken = takePieces(tx, lines);

  const sale: Sale = {
    id,
    customerId: customer.id,
    customerName: customer.name,
    lines: lines.map((line, index) => ({ ...line, takenQuantity: taken[index] ?? 0 })),
    totalPaise,
    discountPaise,
    finalPaise,
    paymentStatus: input.paymentStatus,
    paymentMethod: input.paymentMethod,
    payments: plan.rows.map((row) => ({ ...row, at: tx.by.at, byStatus: false })),
    khataEntryId: plan.khataPaise > 0 ? input.khataEntryId : null,
    notes: input.notes,
    createdAt: tx.by.at,
    createdBy: tx.by.actor.name,
  };
  insertSale(tx, sale);
  addPayments(tx, { saleId: id }, sale.payments, 0);
  const warning = debitKhata(
    tx,
    {
      id: input.khataEntryId,
      customerId: customer.id,
      amountPaise: plan.khataPaise,
      description: 'Sale',
      reference: null,
    },
    { kind: 'sale', id },
  );
  const { id: _id, createdAt, createdBy, ...fields } = sale;
  tx.record('sale.created', { type: 'sale', id }, null, fields);
  return { sale, warning };
}

function priceLines(tx: Tx, input: NewSale): { lines: SaleLine[]; totalPaise: number } {
  const totals = lineTotals(input.lines);
  if (!totals) throw totalTooLarge('products');
  const lines = findPieces(tx, input.lines, 'products').map(({ line, piece }) => ({
    productId: piece.id,
    productName: piece.name,
    quantity: line.quantity,
    takenQuantity: 0,
    unitPricePaise: line.unitPricePaise,
    netWeightMg: piece.netWeightMg,
    goldPurity: piece.goldPurity,
  }));
  return { lines, totalPaise: totals.sumPaise };
}

function insertSale(tx: Tx, sale: Sale): void {
  const { lines, payments, ...row } = sale;
  tx.run(
    `INSERT INTO sales (shop_id, id, customer_id, customer_name, total_paise, discount_paise, final_paise,
       payment_status, payment_method, khata_entry_id, notes, created_at, created_by)
     VALUES (:shopId, :id, :customerId, :customerName, :totalPaise, :discountPaise, :finalPaise,
       :paymentStatus, :paymentMethod, :khataEntryId, :notes, :createdAt, :createdBy)`,
    { shopId: tx.shopId, ...row },
  );
  for (const [position, line] of lines.entries()) {
    tx.run(
      `INSERT INTO sale_lines (shop_id, sale_id, position, product_id, product_name, quantity, taken_quantity,
         unit_price_paise, net_weight_mg, gold_purity)
       VALUES (:shopId, :saleId, :position, :productId, :productName, :quantity, :takenQuantity,
         :unitPricePaise, :netWeightMg, :goldPurity)`,
      { shopId: tx.shopId, saleId: sale.id, position, ...line },
    );
  }
}
