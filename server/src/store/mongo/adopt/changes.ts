// What an adoption writes, through the same door as everything else, so that each row has its entry in the journal. The
// journal says when it was taken over and by whom; the rows keep the times and names that they had.

import type { By } from '../../../domain/actor.ts';
import type { OrderRow, ProductRow, SaleRow, UserRow } from '../rows.ts';
import type { Change, ChangeTable } from '../writes/changes.ts';
import { dayOfFigures, keepOrder, keepOrderStatus, keepPayments, keepSale } from '../writes/figures.ts';
import { postKnown } from '../writes/khata.ts';
import type { Tx } from '../writes/tx.ts';
import { type AnyQuery, byId } from '../writes/view.ts';
import type { NewRate, NewStone, OlderCustomer, OlderEntry } from './to-rows.ts';

/** The same transaction, for rows that say when they were made and by whom. */
function asOf(tx: Tx, at: number, name = tx.by.actor.name): Tx {
  return { ...tx, by: { ...tx.by, at, actor: { kind: 'system', name } } satisfies By };
}

function adoptUser(tx: Tx, row: UserRow): void {
  const { username, email, role, isActive } = row;
  tx.add('users', row);
  tx.record('user.adopted', { type: 'user', id: row.id }, null, { username, email, role, isActive });
}

function adoptProduct(tx: Tx, row: ProductRow): void {
  const { id, shopId: _shop, searchText: _text, figures: _sums, ...fields } = row;
  tx.add('products', row);
  tx.record('product.adopted', { type: 'product', id }, null, fields);
}

/** `sharesPhone`: another customer has the same number: perhaps the same person. */
function adoptCustomer(tx: Tx, { row, storedPaise }: OlderCustomer, sharesPhone: boolean): void {
  const { id, name, phone, phoneE164, email, address } = row;
  const marked = sharesPhone ? { possibleDuplicate: true } : {};
  const fields = { name, phone, phoneE164, email, address, storedBalancePaise: storedPaise, ...marked };
  tx.add('customers', row);
  tx.record('customer.adopted', { type: 'customer', id }, null, fields);
}

function adoptEntry(tx: Tx, { entry, createdAt, createdBy }: OlderEntry): void {
  tx.need([byId('customers', entry.customerId), dayOfFigures(createdAt) as unknown as AnyQuery]);
  postKnown(asOf(tx, createdAt, createdBy), entry, null);
}

function adoptOrder(tx: Tx, row: OrderRow): void {
  const { id, shopId: _shop, searchText: _text, ...fields } = row;
  askFor(tx, row);
  tx.add('orders', row);
  tx.record('order.adopted', { type: 'order', id }, null, fields);
  const then = asOf(tx, row.createdAt);
  // A cancelled order counts as one that was made and taken back.
  const made = row.status === 'cancelled' ? { ...row, status: 'pending' as const } : row;
  keepOrder(then, made);
  if (row.status === 'cancelled') keepOrderStatus(then, made, 'cancelled');
  keepPayments(then, row.payments);
}

function adoptSale(tx: Tx, row: SaleRow): void {
  const { id, shopId: _shop, ...fields } = row;
  askFor(tx, row);
  tx.add('sales', row);
  tx.record('sale.adopted', { type: 'sale', id }, null, fields);
  const then = asOf(tx, row.createdAt);
  keepSale(then, row);
  keepPayments(then, row.payments);
}

/** All that the figures of a bill stand in, as one reading. */
function askFor(tx: Tx, { customerId, lines, createdAt }: OrderRow | SaleRow): void {
  const pieces = [...new Set(lines.map(({ productId }) => productId))];
  tx.need([
    byId('customers', customerId),
    ...pieces.map((id) => byId('products', id)),
    dayOfFigures(createdAt) as unknown as AnyQuery,
  ]);
}

function adoptRates(tx: Tx, rows: NewRate[]): void {
  const position = tx.record('metal_prices.adopted', { type: 'shop', id: tx.shopId }, null, {
    rows: rows.length,
  });
  for (const [place, row] of rows.entries()) tx.add('price_history', { ...row, position, place });
}

function adoptStones(tx: Tx, rows: NewStone[]): void {
  const position = tx.record('diamond_prices.adopted', { type: 'shop', id: tx.shopId }, null, {
    rows: rows.length,
  });
  for (const [place, row] of rows.entries()) tx.add('diamond_price_history', { ...row, position, place });
}

const CHANGES = {
  'adopt.user': adoptUser,
  'adopt.product': adoptProduct,
  'adopt.customer': adoptCustomer,
  'adopt.entry': adoptEntry,
  'adopt.order': adoptOrder,
  'adopt.sale': adoptSale,
  'adopt.rates': adoptRates,
  'adopt.stones': adoptStones,
} as const;
export type AdoptionChange = keyof typeof CHANGES;

export const ADOPTION: ChangeTable = {
  find: (name) => (Object.hasOwn(CHANGES, name) ? (CHANGES[name as AdoptionChange] as Change) : undefined),
  isBookkeeping: () => false,
};
