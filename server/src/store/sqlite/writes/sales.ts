// A counter sale is one write, as an order is; it has no number and no later life.

import { khataField } from '../../../domain/checkout.ts';
import { OF_A_SALE } from '../../../domain/khata-texts.ts';
import type { NewSale, RecordedSale, Sale } from '../../../domain/sale.ts';
import { draftSale } from '../../../domain/sale-draft.ts';
import { addPayments, debitKhata, findBuyer, pieceFinder, takeFromStock } from './checkout.ts';
import { keepSale } from './figures.ts';
import type { Tx } from './tx.ts';

export function addSale(tx: Tx, input: NewSale): RecordedSale {
  const { id } = input;
  const buyer = findBuyer(tx, input.customerId);
  const find = pieceFinder(tx);
  const { draft, khataPaise } = draftSale(input, buyer, tx.by, find);
  const sale: Sale = { ...draft, lines: takeFromStock(tx, draft.lines, 'products', find) };
  insertSale(tx, sale);
  keepSale(tx, sale, find);
  addPayments(tx, { saleId: id }, sale.payments, 0);
  const warning = debitKhata(
    tx,
    buyer,
    {
      id: input.khataEntryId,
      amountPaise: khataPaise,
      description: OF_A_SALE,
      reference: null,
      field: khataField(input.terms),
    },
    { kind: 'sale', id },
  );
  const { id: _id, createdAt, createdBy, ...fields } = sale;
  tx.record('sale.created', { type: 'sale', id }, null, fields);
  return { sale, warning };
}

function insertSale(tx: Tx, sale: Sale): void {
  const { lines, payments, ...row } = sale;
  tx.run(
    `INSERT INTO sales (shop_id, id, customer_id, customer_name, total_paise, discount_paise, final_paise,
       payment_status, payment_method, khata_entry_id, notes, created_at, created_by)
     VALUES (:shopId, :id, :customerId, :customerName, :totalPaise, :discountPaise, :finalPaise,
       :paymentStatus, :paymentMethod, :khataEntryId, :notes, :createdAt, :createdBy)`,
    { ...row, shopId: tx.shopId },
  );
  for (const [position, line] of lines.entries()) {
    tx.run(
      `INSERT INTO sale_lines (shop_id, sale_id, position, product_id, product_name, quantity, taken_quantity,
         unit_price_paise, net_weight_mg, gold_purity)
       VALUES (:shopId, :saleId, :position, :productId, :productName, :quantity, :takenQuantity,
         :unitPricePaise, :netWeightMg, :goldPurity)`,
      { ...line, shopId: tx.shopId, saleId: sale.id, position },
    );
  }
}
