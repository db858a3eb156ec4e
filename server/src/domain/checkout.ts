// What orders and sales have in common when they are made: the buyer, the pieces and their stock. `find` answers what the
// store holds at that moment.

import { formatRupees, MAX_PAISE } from './money.ts';
import { KHATA, type PaymentPlan, type PaymentTerms, planPayments } from './payment.ts';
import type { Product } from './product.ts';
import { invalid, refuse, type ShopError } from './shop-error.ts';
import { takeLines } from './stock.ts';

/** What the lines are called on the wire. */
export type ListName = 'items' | 'products';

/** What a bill needs of a piece. */
export type BilledPiece = Pick<
  Product,
  'id' | 'name' | 'category' | 'basePricePaise' | 'netWeightMg' | 'goldPurity' | 'stockQuantity' | 'isActive'
>;

export type FindPiece = (productId: string) => BilledPiece | null;

export function unknownBuyer(customerId: string): ShopError {
  const limit = `no customer has the id ${customerId}`;
  return refuse('unknown_customer', {
    details: { customer_id: limit },
    fields: [{ field: 'customer_id', rule: 'exists', limit }],
  });
}

/** Each line with its piece; drafts are sold too, deleted pieces are not. Refuses: unknown_product. */
export function findPieces<L extends { productId: string }>(
  lines: readonly L[],
  list: ListName,
  find: FindPiece,
): { line: L; piece: BilledPiece }[] {
  const found = new Map<string, BilledPiece | null>();
  return lines.map((line, index) => {
    const { productId } = line;
    const piece = found.get(productId) ?? find(productId);
    found.set(productId, piece);
    if (piece?.isActive) return { line, piece };
    const field = `${list}.${index}.product_id`;
    const limit = piece ? `${piece.name} (${productId}) was deleted` : `no product has the id ${productId}`;
    throw refuse('unknown_product', {
      details: { [field]: limit },
      fields: [{ field, rule: piece ? 'deleted' : 'exists', limit }],
    });
  });
}

/** The lines with the pieces that each takes from the stock. Refuses: out_of_stock. */
export function takePieces<L extends { productId: string; productName: string; quantity: number }>(
  lines: readonly L[],
  list: ListName,
  strictStock: boolean,
  find: FindPiece,
): (L & { takenQuantity: number })[] {
  const stock = new Map(lines.map(({ productId }) => [productId, find(productId)?.stockQuantity ?? 0]));
  const taking = takeLines(stock, lines, strictStock);
  if ('short' in taking) {
    const { index, productId, available, wanted } = taking.short;
    const name = lines[index]?.productName ?? productId;
    throw refuse('out_of_stock', {
      details: `${name}: ${available} available, ${wanted} wanted`,
      fields: [{ field: `${list}.${index}.quantity`, rule: 'stock', limit: `only ${available} in stock` }],
      data: { product_id: productId, product_name: name, available, wanted },
    });
  }
  return lines.map((line, index) => ({ ...line, takenQuantity: taking.taken[index] ?? 0 }));
}

export function totalTooLarge(list: ListName): ShopError {
  return invalid(list, 'maximum', `must not come to more than ${formatRupees(MAX_PAISE)}`);
}

/**
 * How a total is paid. Refuses invalid_input where more than the total would be paid, or where the bill is said to be
 * paid and the payments that are named come to less.
 */
export function requirePayments(totalPaise: number, terms: PaymentTerms): PaymentPlan {
  const plan = planPayments(totalPaise, terms);
  const field = terms.payments === null ? 'amount_paid' : 'payments';
  const total = formatRupees(totalPaise);
  if (!plan) throw invalid(field, 'maximum', `must not come to more than the total of ${total}`);
  if (terms.isPaid && namedPaise(totalPaise, terms) < totalPaise)
    throw invalid(field, 'minimum', `must come to the total of ${total} where payment_status is paid`);
  return plan;
}

/** Which field puts a part of the bill on the khata. */
export function khataField({ payments }: PaymentTerms): string {
  const row = payments?.findIndex(({ method }) => method === KHATA) ?? -1;
  return row === -1 ? 'payment_method' : `payments.${row}.amount`;
}

/** What the caller says was paid; the total where they named no amount, or its rest goes to the khata. */
function namedPaise(totalPaise: number, { payments, method, amountPaidPaise }: PaymentTerms): number {
  if (payments !== null) return payments.reduce((sum, row) => sum + row.amountPaise, 0);
  return amountPaidPaise === 0 || method === KHATA ? totalPaise : amountPaidPaise;
}
