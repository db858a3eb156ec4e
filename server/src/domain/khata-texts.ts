// What the program itself writes into an entry of the khata. Stored and sent as they are; the console says them in the
// reader's language (entry-title.ts there).

/** What an entry says that an import posts. */
export const OPENING_BALANCE = 'Opening balance';

export const OF_A_SALE = 'Sale';

export function ofOrder(orderNumber: string): string {
  return `Order ${orderNumber}`;
}

/** The reason of the entry that takes an order's back. */
export function ofCancelled(orderNumber: string): string {
  return `Order ${orderNumber} cancelled`;
}
