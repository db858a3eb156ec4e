// The collections, as the database itself holds them to their shape: a validator and the indexes of each. Every index
// begins with the shop, which is the shard key; ids alone are unique by themselves.

import { ACCOUNT_COLLECTIONS } from './account-collections.ts';
import { BOOK_COLLECTIONS } from './book-collections.ts';
import { PRICE_COLLECTIONS } from './price-collections.ts';
import type { CollectionSpec } from './shapes.ts';
import { TRADE_COLLECTIONS } from './trade-collections.ts';

export const COLLECTIONS: readonly CollectionSpec[] = [
  ...BOOK_COLLECTIONS,
  ...TRADE_COLLECTIONS,
  ...PRICE_COLLECTIONS,
  ...ACCOUNT_COLLECTIONS,
];
