// What of the catalogue a stretch of the journal may have changed.

import type { JournalEntry, Subject } from '../../domain/journal.ts';
import type { Store } from '../../store/store.ts';

type Effect = 'none' | 'the piece itself' | 'pieces of an order' | 'pieces of a sale' | 'prices';

const EFFECTS = {
  product: 'the piece itself',
  order: 'pieces of an order',
  sale: 'pieces of a sale',
  metal_price: 'prices',
  settings: 'prices',
  // Imported rates are among them.
  shop: 'prices',
  customer: 'none',
  khata_entry: 'none',
  diamond_price: 'none',
  user: 'none',
  image: 'none',
  model: 'none',
  forecast: 'none',
  backup: 'none',
} as const satisfies Record<Subject['type'], Effect>;

interface Bill {
  lines: readonly { productId: string }[];
}

export interface Changed {
  pieces: Set<string>;
  prices: boolean;
}

/** Adds what the entries changed to `changed`. Payloads may have been erased: what was sold is read from the store. */
export async function noteChanges(
  store: Pick<Store, 'orders' | 'sales'>,
  entries: readonly JournalEntry[],
  changed: Changed,
): Promise<void> {
  // All at once: a store far away is asked once for them.
  const bills: Promise<Bill | null>[] = [];
  for (const { subject } of entries) {
    switch (EFFECTS[subject.type]) {
      case 'the piece itself':
        changed.pieces.add(subject.id);
        break;
      case 'pieces of an order':
        bills.push(store.orders.find(subject.id));
        break;
      case 'pieces of a sale':
        bills.push(store.sales.find(subject.id));
        break;
      case 'prices':
        changed.prices = true;
        break;
      case 'none':
        break;
    }
  }
  for (const bill of await Promise.all(bills)) {
    for (const { productId } of bill?.lines ?? []) changed.pieces.add(productId);
  }
}
