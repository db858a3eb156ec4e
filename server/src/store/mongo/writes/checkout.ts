// What orders and sales have in common when they are made: the buyer, the pieces and their stock, the khata debit. A
// refusal at any point takes back what was written before it: the door rolls the change back.

import { type FindPiece, type ListName, takePieces, unknownBuyer } from '../../../domain/checkout.ts';
import type { Customer } from '../../../domain/customer.ts';
import type { CreditWarning, KhataEntry } from '../../../domain/khata.ts';
import { piecesByProduct } from '../../../domain/stock.ts';
import { toProduct } from '../reads/products.ts';
import { findActive } from './customers.ts';
import { postEntry } from './khata.ts';
import { changeStock } from './products.ts';
import { getSettings } from './settings.ts';
import type { Tx } from './tx.ts';
import { byId } from './view.ts';

/** The buyer; pieces are read in the same go. Refuses: unknown_customer. */
export function findBuyer(tx: Tx, customerId: string, lines: readonly { productId: string }[]): Customer {
  tx.need([byId('customers', customerId), ...lines.map(({ productId }) => byId('products', productId))]);
  const customer = findActive(tx, customerId);
  if (!customer) throw unknownBuyer(customerId);
  return customer;
}

/** Pieces as stored now, removed ones included. */
export function pieceFinder(tx: Tx): FindPiece {
  return (productId) => {
    const row = tx.get('products', productId);
    return row && toProduct(row);
  };
}

/** Takes the pieces out of the stock and answers the lines with how many each took. Refuses: out_of_stock. */
export function takeFromStock<L extends { productId: string; productName: string; quantity: number }>(
  tx: Tx,
  lines: readonly L[],
  list: ListName,
): (L & { takenQuantity: number })[] {
  const took = takePieces(lines, list, getSettings(tx).strictStock, pieceFinder(tx));
  for (const [productId, quantity] of piecesByProduct(took)) changeStock(tx, productId, -quantity);
  return took;
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
    /** Which field asks for it. */
    field: string;
  },
  source: NonNullable<KhataEntry['source']>,
): CreditWarning | null {
  if (debit.amountPaise === 0) return null;
  const { id, customerId, amountPaise, description, reference, field } = debit;
  const input = { id, customerId, type: 'debit', amountPaise, description, paymentMethod: null } as const;
  return postEntry(tx, { ...input, referenceNumber: reference }, source, field).warning;
}
