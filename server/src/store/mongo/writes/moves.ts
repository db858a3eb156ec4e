import { readShop } from './journal.ts';
import type { Tx } from './tx.ts';

/** The last entry of the journal here, and the first that is copied there. */
export function leaveFor(tx: Tx, to: string): null {
  tx.record('shop.moved', { type: 'shop', id: tx.shopId }, null, { to });
  tx.put('shops', { ...readShop(tx, tx.shopId), movedTo: to });
  return null;
}

export function comeBack(tx: Tx): null {
  const { movedTo: from } = readShop(tx, tx.shopId);
  if (from === undefined) return null;
  tx.record('shop.returned', { type: 'shop', id: tx.shopId }, null, { from });
  const { movedTo: _gone, ...shop } = readShop(tx, tx.shopId);
  tx.put('shops', shop);
  return null;
}
