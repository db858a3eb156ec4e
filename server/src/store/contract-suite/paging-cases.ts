// Every list in pages: together the pages are the whole list, each row once, in an order that does not move even
// where many rows are of the same millisecond.

import assert from 'node:assert/strict';
import type { Page, PageRequest, RowMark } from '../../domain/page.ts';
import type { Store } from '../store.ts';
import {
  aBy,
  aCustomer,
  aDebit,
  aDiamondPrice,
  aGoldRate,
  anOrder,
  aProduct,
  aSale,
  START,
} from './builders.ts';
import type { ContractCase } from './contract-case.ts';

const ROWS = 11;

type List = (page: PageRequest) => Promise<Page<{ id: string }>>;

/** The list read on from a row, where there is such a reading. */
type ListAfter = (row: RowMark | null, limit: number) => Promise<RowMark[]>;

/** Fills one list with rows of one millisecond; answers the ids as they were added, and the list. */
type Filling = (store: Store) => Promise<{ ids: string[]; list: List; listAfter?: ListAfter }>;

const lists: Record<string, Filling> = {
  customers: async ({ customers }) => {
    const inputs = Array.from({ length: ROWS }, () => aCustomer());
    for (const input of shuffled(inputs)) await customers.add(input, aBy({ at: START }));
    return { ids: byIdDescending(inputs), list: (page) => customers.list({}, page) };
  },
  products: async ({ products }) => {
    const inputs = Array.from({ length: ROWS }, () => aProduct());
    for (const input of shuffled(inputs)) await products.add(input, aBy({ at: START }));
    return {
      ids: byIdDescending(inputs),
      list: (page) => products.list({ status: 'published' }, page),
      listAfter: (row, limit) => products.listAfter({ status: 'published' }, row, limit),
    };
  },
  orders: async ({ customers, products, orders }) => {
    const [customer, product] = [aCustomer(), aProduct()];
    await customers.add(customer, aBy());
    await products.add(product, aBy());
    const line = { productId: product.id, quantity: 1, unitPricePaise: 100 };
    const inputs = Array.from({ length: ROWS }, () => anOrder(customer.id, [line, line]));
    for (const input of shuffled(inputs)) await orders.add(input, aBy({ at: START }));
    return {
      ids: byIdDescending(inputs),
      list: (page) => orders.list({}, page),
      listAfter: (row, limit) => orders.listAfter({ to: START + 1 }, row, limit),
    };
  },
  sales: async ({ customers, products, sales }) => {
    const [customer, product] = [aCustomer(), aProduct()];
    await customers.add(customer, aBy());
    await products.add(product, aBy());
    const line = { productId: product.id, quantity: 1, unitPricePaise: 100 };
    const inputs = Array.from({ length: ROWS }, () => aSale(customer.id, [line, line]));
    for (const input of shuffled(inputs)) await sales.add(input, aBy({ at: START }));
    return {
      ids: byIdDescending(inputs),
      list: (page) => sales.list({}, page),
      listAfter: (row, limit) => sales.listAfter({ to: START + 1 }, row, limit),
    };
  },
  khata: async ({ customers, khata }) => {
    const customer = aCustomer();
    await customers.add(customer, aBy());
    const inputs = shuffled(Array.from({ length: ROWS }, () => aDebit(customer.id, 100)));
    for (const input of inputs) await khata.post(input, aBy({ at: START }));
    const ids = inputs.map(({ id }) => id).toReversed();
    return { ids, list: (page) => khata.list({ customerId: customer.id }, page) };
  },
  'khata of a time, by clocks that differ': async ({ customers, khata }) => {
    const customer = aCustomer();
    await customers.add(customer, aBy());
    const post = async (at: number): Promise<string> =>
      (await khata.post(aDebit(customer.id, 100), aBy({ at }))).value.entry.id;
    const ids: string[] = [];
    await post(START - 1);
    for (let n = 0; n < ROWS; n++) {
      ids.push(await post(START + ((n * 4) % ROWS)));
      if (n % 4 === 0) await post(START + ROWS);
    }
    return { ids: ids.toReversed(), list: (page) => khata.list({ from: START, to: START + ROWS }, page) };
  },
  'gold rates': async ({ prices }) => {
    const inputs = shuffled(Array.from({ length: ROWS }, (_, n) => aGoldRate(700_000 + n, START)));
    for (const input of inputs) await prices.record(input, aBy({ at: START }));
    const ids = inputs.map(({ id }) => id).toReversed();
    return { ids, list: (page) => prices.list({ metal: 'gold' }, page) };
  },
  stones: async ({ prices }) => {
    const inputs = shuffled(Array.from({ length: ROWS }, () => aDiamondPrice()));
    for (const input of inputs) await prices.recordDiamond(input, aBy({ at: START }));
    const ids = inputs.map(({ id }) => id).toReversed();
    return { ids, list: (page) => prices.listDiamonds({}, page) };
  },
};

export const pagingCases: ContractCase[] = Object.entries(lists).flatMap(([name, fill]) => [
  {
    name: `${name}: the pages together are the whole list, in the promised order, whatever the page size`,
    run: async (store) => {
      const { ids, list, listAfter } = await fill(store);
      for (const limit of [1, 3, 4, ROWS, 1000]) {
        const seen: string[] = [];
        for (let skip = 0; skip < ROWS; skip += limit) {
          const { rows, total } = await list({ skip, limit });
          assert.equal(total, ROWS);
          assert.equal(rows.length, Math.min(limit, ROWS - skip));
          seen.push(...rows.map(({ id }) => id));
        }
        assert.deepEqual(seen, ids, `in pages of ${limit}`);
        if (listAfter) assert.deepEqual(await readOn(listAfter, limit), ids, `read on by ${limit}`);
      }
      assert.deepEqual(await list({ skip: ROWS, limit: 5 }), { rows: [], total: ROWS });
    },
  },
]);

async function readOn(listAfter: ListAfter, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let row: RowMark | null = null; ; ) {
    const rows = await listAfter(row, limit);
    ids.push(...rows.map(({ id }) => id));
    row = rows.at(-1) ?? null;
    if (row === null) return ids;
  }
}

function byIdDescending(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id).toSorted((a, b) => (a < b ? 1 : -1));
}

/** Every second row first: neither the order of the ids nor its opposite. */
function shuffled<T>(rows: readonly T[]): T[] {
  return [...rows.filter((_, n) => n % 2 === 1), ...rows.filter((_, n) => n % 2 === 0)];
}
