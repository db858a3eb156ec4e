import type { Tx } from './tx.ts';

/** The last entry of the journal here, and the first that is copied there. */
export function leaveFor(tx: Tx, to: string): null {
  tx.record('shop.moved', { type: 'shop', id: tx.shopId }, null, { to });
  tx.run('INSERT INTO store_moved (shop_id, moved_to) VALUES (:shopId, :to)', { shopId: tx.shopId, to });
  tx.forgetStanding();
  return null;
}

export function comeBack(tx: Tx): null {
  const from = tx.standing.movedTo;
  if (from === null) return null;
  tx.run('DELETE FROM store_moved WHERE shop_id = :shopId', { shopId: tx.shopId });
  tx.forgetStanding();
  tx.record('shop.returned', { type: 'shop', id: tx.shopId }, null, { from });
  return null;
}
