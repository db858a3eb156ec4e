import { lineTotals, orderTotal } from './bill.ts';
import { type FindPiece, findPieces, requirePayments, totalTooLarge } from './checkout.ts';
import type { Customer } from './customer.ts';
import { formatRupees } from './money.ts';
import type { NewOrder, Order, OrderLine } from './order.ts';
import { invalid } from './shop-error.ts';

/**
 * The order as it will be stored, but for its number and for the stock, of which nothing is taken yet; and what is to
 * be debited to the khata. Refuses: unknown_product, invalid_input.
 */
export function draftOrder(
  input: NewOrder,
  customer: Customer,
  at: number,
  find: FindPiece,
): { draft: Order; khataPaise: number } {
  const { lines, subtotalPaise } = priceLines(input, find);
  const totalPaise = totalOf(subtotalPaise, input);
  const plan = requirePayments(totalPaise, input.terms);
  const draft: Order = {
    id: input.id,
    version: 1,
    orderNumber: '',
    customerId: customer.id,
    customerName: customer.name,
    customerPhone: customer.phone,
    customerEmail: customer.email ?? '',
    customerAddress: customer.address ?? '',
    lines,
    subtotalPaise,
    taxPaise: input.taxPaise,
    discountPaise: input.discountPaise,
    totalPaise,
    status: 'pending',
    paymentStatus: input.paymentStatus,
    paymentMethod: input.paymentMethod,
    payments: plan.rows.map((row) => ({ ...row, at, byStatus: false })),
    khataEntryId: plan.khataPaise > 0 ? input.khataEntryId : null,
    notes: input.notes,
    adminNotes: input.adminNotes,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
    cancelledAt: null,
  };
  return { draft, khataPaise: plan.khataPaise };
}

/** The lines with the pieces' facts and prices of the moment. */
function priceLines(input: NewOrder, find: FindPiece): { lines: OrderLine[]; subtotalPaise: number } {
  const found = findPieces(input.lines, 'items', find).map(({ line, piece }) => ({
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
