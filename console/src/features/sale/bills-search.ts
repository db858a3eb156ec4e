// What the address of the list of bills may say, in the words of the orders' list.

import { type OrderSearch, readOrderSearch } from '../orders/order-search.ts';

export type BillsSearch = Pick<OrderSearch, 'payment' | 'from' | 'to'>;

export function readBillsSearch({ payment, from, to }: Record<string, unknown>): BillsSearch {
  return readOrderSearch({ payment, from, to });
}
