// What orders and sales have in common when they are made: the buyer, the pieces and their stock, the payment rows and
// the khata debit. A refusal at any point takes back what was written before it: the door rolls the change back.

import type { Customer } from '../../../domain/customer.ts';
import type { CreditWarning, KhataEntry } from '../../../domain/khata.ts';
import { formatRupees, MAX_PAISE } from '../../../domain/money.ts';
import type { Payment, PaymentTerms } from '../../../domain/payment.ts';
import type { Product } from '../../../domain/product.ts';
import { invalid, refuse, type ShopError } from '../../../domain/shop-error.ts';
import { piecesByProduct, takeLines } from '../../../domain/stock.ts';
import { findCustomer } from '../reads/customers.ts';
import { findAnyProduct } from '../reads/products.ts';
import { getSettings } from '../reads/settings.ts';
import { postEntry } from './khata.ts';
import { changeStock } from './products.ts';
import type { Tx } from './tx.ts';

/** What the lines are called on the wire. */
type ListName = 'items' | 'products';

/** Refuses: unknown_customer. */
export function findBuyer(tx: Tx, customerId: string): Customer {
  const customer = findCustomer(tx, tx.shopId, customerId);
  if (customer) return customer;
  const limit = `no customer has the id ${customerId}`;
  throw refuse('unknown_customer', {
    details: { customer_id: limit },
    fields: [{ field: 'customer_id', rule: 'exists', limit }],
  });
}

/** Each line with its piece; drafts are sold too, deleted pieces are not. Refuses: unknown_product. */
export function findPieces<L extends { productId: string }>(
  tx: Tx,
  lines: readonly L[],
  list: ListName,
): { line: L; piece: Product }[] {
  const found = new Map<string, Product | null>();
  return lines.map((line, index) => {
    const { productId } = line;
    const piece = found.get(productId) ?? findAnyProduct(tx, tx.shopId, productId);
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

/** Takes the pieces out of the stock and answers how many each line took. Refuses: out_of_stock. */
export function takePieces(
  tx: Tx,
  lines: readonly { productId: string; productName: string; quantity: number }[],
): number[] {
  const stock = new Map(
    lines.map(({ productId }) => [productId, findAnyProduct(tx, tx.shopId, productId)?.stockQuantity ?? 0]),
  );
  const taking = takeLines(stock, lines, getSettings(tx, tx.shopId).strictStock);
  if ('short' in taking) {
    const { productId, available, wanted } = taking.short;
    const name = lines.find((line) => line.productId === productId)?.productName ?? productId;
    throw refuse('out_of_stock', {
      details: `${name}: ${available} available, ${wanted} wanted`,
      data: { product_id: productId, product_name: name, available, wanted },
    });
  }
  const took = lines.map((line, index) => ({ ...line, takenQuantity: taking.taken[index] ?? 0 }));
  for (const [productId, quantity] of piecesByProduct(took)) changeStock(tx, productId, -quantity);
  return taking.taken;
}

export function totalTooLarge(list: ListName): ShopError {
  return invalid(list, 'maximum', `must not come to more than ${formatRupees(MAX_PAISE)}`);
}

export function paymentsOverTotal(totalPaise: number, terms: PaymentTerms): ShopError {
  const field = terms.payments === null ? 'amount_paid' : 'payments';
  return invalid(field, 'maximum', `must not come to more than the total of ${formatRupees(totalPaise)}`);
}

/** Debits the khata part, where there is one. Refuses: credit_limit_exceeded. */
export function debitKhata(
  tx: Tx,
  debit: {
    id: string;
    customerId: string;
    amountPaise: number;
    description: string;
    reference: string | null;
  },
  source: NonNullable<KhataEntry['source']>,
): CreditWarning | null {
  if (debit.amountPaise === 0) return null;
  const { id, customerId, amountPaise, description, reference } = debit;
  const input = { id, customerId, type: 'debit', amountPaise, description, paymentMethod: null } as const;
  return postEntry(tx, { ...input, referenceNumber: reference }, source).warning;
}

/** Adds payment rows to an order or sale that has `existing` of them. */
export function addPayments(
  tx: Tx,
  owner: { orderId: string } | { saleId: string },
  rows: readonly Payment[],
  existing: number,
): void {
  for (const [index, row] of rows.entries()) {
    tx.run(
      `INSERT INTO payments (shop_id, order_id, sale_id, position, method, amount_paise, reference, at, by_status)
       VALUES (:shopId, :orderId, :saleId, :position, :method, :amountPaise, :reference, :at, :byStatus)`,
      {
        shopId: tx.shopId,
        orderId: 'orderId' in owner ? owner.orderId : null,
        saleId: 'saleId' in owner ? owner.saleId : null,
        position: existing + index,
        method: row.method,
        amountPaise: row.amountPaise,
        reference: row.reference,
        at: row.at,
        byStatus: row.byStatus ? 1 : 0,
      },
    );
  }
}
