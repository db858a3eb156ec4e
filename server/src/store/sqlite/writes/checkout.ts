// What orders and sales have in common when they are made: the buyer, the pieces and their stock, the payment rows and
// the khata debit. A refusal at any point takes back what was written before it: the door rolls the change back.

import { type FindPiece, type ListName, takePieces, unknownBuyer } from '../../../domain/checkout.ts';
import type { Customer } from '../../../domain/customer.ts';
import type { CreditWarning, KhataEntry } from '../../../domain/khata.ts';
import type { Payment } from '../../../domain/payment.ts';
import { piecesByProduct } from '../../../domain/stock.ts';
import { CUSTOMER_COLUMNS, type CustomerRow, toCustomer } from '../reads/customers.ts';
import { type FoundPiece, findBilledPiece } from '../reads/products.ts';
import { keepPayments } from './figures.ts';
import { type Account, postEntry } from './khata.ts';
import { changeStock } from './products.ts';
import type { Tx } from './tx.ts';

/** A customer as they were before the bill, and their account. */
export type Buyer = Customer & Account;

/** Refuses: unknown_customer. */
export function findBuyer(tx: Tx, customerId: string): Buyer {
  const row = tx.get<CustomerRow & Pick<Account, 'debitsPaise' | 'creditsPaise'>>(
    `SELECT ${CUSTOMER_COLUMNS}, khata_debits_paise AS debitsPaise, khata_credits_paise AS creditsPaise
     FROM customers WHERE shop_id = :shopId AND id = :customerId AND is_active = 1`,
    { shopId: tx.shopId, customerId },
  );
  if (!row) throw unknownBuyer(customerId);
  const { debitsPaise, creditsPaise } = row;
  return { ...toCustomer(row), debitsPaise, creditsPaise };
}

/** The pieces of one bill, each as it was stored when it was first asked for: before the bill takes any. */
export function pieceFinder(tx: Tx): (productId: string) => FoundPiece | null {
  const found = new Map<string, FoundPiece | null>();
  return (productId) => {
    const known = found.get(productId);
    if (known !== undefined) return known;
    const piece = findBilledPiece(tx, tx.shopId, productId);
    found.set(productId, piece);
    return piece;
  };
}

/** Takes the pieces out of the stock and answers the lines with how many each took. Refuses: out_of_stock. */
export function takeFromStock<L extends { productId: string; productName: string; quantity: number }>(
  tx: Tx,
  lines: readonly L[],
  list: ListName,
  find: FindPiece,
): (L & { takenQuantity: number })[] {
  const took = takePieces(lines, list, tx.standing.settings.strictStock, find);
  for (const [productId, quantity] of piecesByProduct(took)) changeStock(tx, productId, -quantity);
  return took;
}

/** Debits the khata part, where there is one. Refuses: credit_limit_exceeded. */
export function debitKhata(
  tx: Tx,
  buyer: Buyer,
  debit: {
    id: string;
    amountPaise: number;
    description: string;
    reference: string | null;
    /** Which field asks for it. */
    field: string;
  },
  source: NonNullable<KhataEntry['source']>,
): CreditWarning | null {
  if (debit.amountPaise === 0) return null;
  const { id, amountPaise, description, reference, field } = debit;
  const input = {
    id,
    customerId: buyer.id,
    type: 'debit',
    amountPaise,
    description,
    paymentMethod: null,
  } as const;
  return postEntry(tx, { ...input, referenceNumber: reference }, buyer, source, field).warning;
}

/** Adds payment rows to an order or sale that has `existing` of them. */
export function addPayments(
  tx: Tx,
  owner: { orderId: string } | { saleId: string },
  rows: readonly Payment[],
  existing: number,
): void {
  keepPayments(tx, rows);
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
