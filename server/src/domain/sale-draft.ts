import type { Actor } from './actor.ts';
import { lineTotals, saleTotal } from './bill.ts';
import { type FindPiece, findPieces, requirePayments, totalTooLarge } from './checkout.ts';
import type { Customer } from './customer.ts';
import type { NewSale, Sale, SaleLine } from './sale.ts';

/**
 * The sale as it will be stored, but for the stock, of which nothing is taken yet; and what is to be debited to the
 * khata. Refuses: unknown_product, invalid_input.
 */
export function draftSale(
  input: NewSale,
  customer: Customer,
  by: { at: number; actor: Actor },
  find: FindPiece,
): { draft: Sale; khataPaise: number } {
  const { lines, totalPaise } = priceLines(input, find);
  const finalPaise = saleTotal(totalPaise, input.discountPaise);
  const plan = requirePayments(finalPaise, input.terms);
  const draft: Sale = {
    id: input.id,
    customerId: customer.id,
    customerName: customer.name,
    lines,
    totalPaise,
    discountPaise: input.discountPaise,
    finalPaise,
    paymentStatus: input.paymentStatus,
    paymentMethod: input.paymentMethod,
    payments: plan.rows.map((row) => ({ ...row, at: by.at, byStatus: false })),
    khataEntryId: plan.khataPaise > 0 ? input.khataEntryId : null,
    notes: input.notes,
    createdAt: by.at,
    createdBy: by.actor.name,
  };
  return { draft, khataPaise: plan.khataPaise };
}

function priceLines(input: NewSale, find: FindPiece): { lines: SaleLine[]; totalPaise: number } {
  const totals = lineTotals(input.lines);
  if (!totals) throw totalTooLarge('products');
  const lines = findPieces(input.lines, 'products', find).map(({ line, piece }) => ({
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
