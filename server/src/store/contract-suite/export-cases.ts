import assert from 'node:assert/strict';
import type { ExportFilters, ExportRows, ExportTable, ListTable } from '../../domain/export.ts';
import type { Image } from '../../domain/image.ts';
import type { ExportReader } from '../export-store.ts';
import type { Store } from '../store.ts';
import {
  ALL,
  aBy,
  aCustomer,
  aDebit,
  aDiamondPrice,
  aGoldRate,
  anOrder,
  aProduct,
  aSale,
  aUser,
  newId,
  START,
} from './builders.ts';
import { type ContractCase, refusedWithoutTrace } from './contract-case.ts';

async function readAll<T extends ExportTable>(
  store: Store,
  table: T,
  filter: ExportFilters[T],
): Promise<ExportRows[T][]> {
  const rows: ExportRows[T][] = [];
  await reading(store, ['moment'], async ([reader]) => {
    for await (const page of reader.pages(table, filter)) {
      assert.ok(page.length > 0, 'a page is empty');
      rows.push(...page);
    }
  });
  return rows;
}

/** The same by a reader that is told what it will be asked for. */
async function readAlone<T extends ListTable>(
  { exports }: Store,
  table: T,
  filter: ExportFilters[T],
): Promise<ExportRows[T][]> {
  const reader = await exports.open('moment', { table, filter });
  try {
    const rows: ExportRows[T][] = [];
    for await (const page of reader.pages(table, filter)) rows.push(...page);
    return rows;
  } finally {
    await reader.close();
  }
}

/** Readers that are closed again whatever comes of the work: one left open would hold its moment. */
async function reading(
  { exports }: Store,
  modes: readonly ['moment', 'slow'?],
  work: (readers: [ExportReader, ...ExportReader[]]) => Promise<void>,
): Promise<void> {
  const readers = await Promise.all(modes.map((mode) => exports.open(mode ?? 'slow')));
  try {
    await work(readers as [ExportReader, ...ExportReader[]]);
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
  }
}

/** Many changes, not more at once than a store takes. */
async function inTurns<T>(items: readonly T[], change: (item: T) => Promise<unknown>): Promise<void> {
  for (let done = 0; done < items.length; done += 500) {
    await Promise.all(items.slice(done, done + 500).map(change));
  }
}

/** A little of everything, at different times. Answers the customer. */
async function fillShop(store: Store): Promise<string> {
  const customer = aCustomer();
  const product = aProduct();
  const line = { productId: product.id, quantity: 1 };
  await store.customers.add(customer, aBy());
  await store.customers.add(aCustomer(), aBy({ at: START + 5 }));
  await store.products.add(product, aBy());
  await store.users.add(aUser(), aBy());
  for (let n = 0; n < 3; n++) {
    const by = () => aBy({ at: START + n });
    await store.khata.post(aDebit(customer.id, 100 + n), by());
    await store.orders.add(anOrder(customer.id, [{ ...line, unitPricePaise: null }]), by());
    await store.sales.add(aSale(customer.id, [{ ...line, unitPricePaise: 100 }]), by());
    await store.prices.record(aGoldRate(700_000 + n, START), by());
    await store.prices.recordDiamond(aDiamondPrice(), by());
  }
  return customer.id;
}

export const exportCases: ContractCase[] = [
  {
    name: 'every table is read whole, as its list shows it and with its filters',
    run: async (store) => {
      const customerId = await fillShop(store);
      const { customers, products, khata, orders, sales, prices } = store;
      const from = START + 1;
      assert.deepEqual(await readAll(store, 'customers', {}), (await customers.list({}, ALL)).rows);
      assert.deepEqual(await readAll(store, 'products', {}), (await products.list({}, ALL)).rows);
      assert.deepEqual(await readAll(store, 'khata', {}), (await khata.list({}, ALL)).rows);
      assert.deepEqual(
        await readAll(store, 'khata', { customerId, from, to: from + 1 }),
        (await khata.list({ customerId, from, to: from + 1 }, ALL)).rows,
      );
      assert.deepEqual(await readAll(store, 'orders', { from }), (await orders.list({ from }, ALL)).rows);
      assert.deepEqual(
        await readAll(store, 'sales', { to: from }),
        (await sales.list({ to: from }, ALL)).rows,
      );
      assert.equal((await readAll(store, 'sales', {})).length, 3);
      const gold = { metal: 'gold', includeHeld: true } as const;
      assert.deepEqual(await readAll(store, 'metal_prices', gold), (await prices.list(gold, ALL)).rows);
      assert.deepEqual(await readAll(store, 'diamond_prices', {}), (await prices.listDiamonds({}, ALL)).rows);
      assert.deepEqual(await readAll(store, 'users', {}), await store.users.list());
      assert.deepEqual(
        await readAll(store, 'journal', {}),
        (await store.journal.list({}, 1000)).toReversed(),
      );
    },
  },
  {
    name: 'a reader that is told what it will be asked for reads the same',
    run: async (store) => {
      const customerId = await fillShop(store);
      const held = { metal: 'gold', includeHeld: true, fromDay: '2026-01-01' } as const;
      const same = async <T extends ListTable>(table: T, filter: ExportFilters[T], count: number) => {
        const alone = await readAlone(store, table, filter);
        assert.equal(alone.length, count, table);
        assert.deepEqual(alone, await readAll(store, table, filter));
      };
      await same('orders', { from: START + 1, status: 'pending' }, 2);
      await same('orders', { customerId, to: START + 1, search: 'ord' }, 1);
      await same('sales', { customerId, from: START + 2 }, 1);
      await same('customers', { search: 'CUSTOMER' }, 2);
      await same('customers', { search: 'कुस्टोमर' }, 2);
      await same('orders', { search: 'कुस्टोमर' }, 3);
      await same('products', { search: 'रिंग' }, 1);
      await same('customers', { isRemoved: true }, 0);
      await same(
        'products',
        { status: 'draft' },
        (await store.products.list({ status: 'draft' }, ALL)).total,
      );
      await same('metal_prices', held, 3);
      await same('diamond_prices', { fromDay: '2100-01-01' }, 0);
      await same('khata', { customerId }, 3);
      const pieces = await store.exports.open('moment', { table: 'products', filter: {} });
      assert.deepEqual(await pieces.board(START), await store.prices.board(START));
      await pieces.close();
    },
  },
  {
    name: 'more rows than a page holds come each once, in the order of the list',
    run: async (store) => {
      const rows = Array.from({ length: 1_050 }, (_, n) => ({ input: aCustomer(), at: START + (n % 7) }));
      await inTurns(rows, ({ input, at }) => store.customers.add(input, aBy({ at })));
      const [first] = rows;
      const id = first?.input.id ?? '';
      await inTurns(rows, () => store.khata.post(aDebit(id, 1), aBy()));
      // Compared by their ids as one text: to describe how a thousand rows differ takes a minute.
      const idsOf = (list: readonly { id: string }[]): string => list.map((row) => row.id).join();
      const customers = await readAll(store, 'customers', {});
      const listed = (await store.customers.list({}, ALL)).rows;
      assert.ok(idsOf(customers.slice(0, listed.length)) === idsOf(listed), 'not in the order of the list');
      assert.equal(new Set(customers.map((customer) => customer.id)).size, rows.length);
      const positions = (await readAll(store, 'khata', {})).map(({ position }) => position);
      const sorted = [...new Set(positions)].sort((a, b) => b - a);
      assert.ok(positions.join() === sorted.join(), 'not in order, or not each once');
      assert.equal(positions.length, rows.length);
      const oldest = (await store.khata.listFrom(id, 0, 1))[0]?.id ?? '';
      const reversal = (await store.khata.reverse(oldest, newId(), 'a mistake', aBy())).value;
      const last = (await readAll(store, 'khata', {})).at(-1);
      assert.deepEqual([last?.id, last?.reversedBy], [oldest, reversal.id], 'taken back a page before');
    },
  },
  {
    name: 'an entry names what took it back, of that time or not, and nothing that was later than the reading',
    run: async (store) => {
      const { id } = (await store.customers.add(aCustomer(), aBy())).value;
      const post = async (at: number) =>
        (await store.khata.post(aDebit(id, 100), aBy({ at }))).value.entry.id;
      const [first, second] = [await post(START), await post(START + 1)];
      const takeBack = async (entry: string) =>
        (await store.khata.reverse(entry, newId(), 'a mistake', aBy({ at: START + 9 }))).value.id;
      const reversal = await takeBack(first);
      await reading(store, ['moment', 'slow'], async (readers) => {
        await takeBack(second);
        for (const reader of readers) {
          for (const filter of [
            {},
            { customerId: id },
            { to: START + 5 },
            { customerId: id, to: START + 5 },
          ]) {
            const seen = new Map<string, string | null>();
            for await (const page of reader.pages('khata', filter))
              for (const entry of page) seen.set(entry.id, entry.reversedBy);
            assert.equal(seen.size, 'to' in filter ? 2 : 3);
            assert.deepEqual([seen.get(first), seen.get(second)], [reversal, null], JSON.stringify(filter));
          }
        }
      });
    },
  },
  {
    name: 'a reader of a moment sees that moment, and a slow one the ledger as it was when it began',
    run: async (store) => {
      const customerId = await fillShop(store);
      await reading(store, ['moment', 'slow'], async (readers) => {
        await store.customers.add(aCustomer(), aBy());
        await store.customers.change(customerId, { name: 'Renamed' }, null, aBy());
        await store.khata.post(aDebit(customerId, 999), aBy());
        const names: string[] = [];
        for await (const page of readers[0].pages('customers', {}))
          names.push(...page.map(({ name }) => name));
        assert.equal(names.length, 2);
        assert.ok(!names.includes('Renamed'));
        for (const reader of readers) {
          const amounts: number[] = [];
          for await (const page of reader.pages('khata', {})) {
            amounts.push(...page.map(({ amountPaise }) => amountPaise));
          }
          assert.deepEqual(amounts, [102, 101, 100]);
        }
      });
    },
  },
  {
    name: 'what was removed is read apart, and images with their bytes',
    run: async (store) => {
      const customer = aCustomer();
      const product = aProduct();
      await store.customers.add(customer, aBy());
      await store.customers.remove(customer.id, null, aBy());
      await store.products.add(product, aBy());
      await store.products.remove(product.id, null, aBy());
      const picture = `${'0'.repeat(32)}_20260115103000.png`;
      await store.images.add({ name: picture, contentType: 'image/png', bytes: Buffer.from('png') }, aBy());
      const idsOf = (rows: { id: string }[]): string[] => rows.map(({ id }) => id);
      assert.deepEqual(idsOf(await readAll(store, 'customers', { isRemoved: true })), [customer.id]);
      assert.deepEqual(idsOf(await readAll(store, 'products', { isRemoved: true })), [product.id]);
      assert.deepEqual(await readAll(store, 'customers', {}), []);
      assert.deepEqual(await readAll(store, 'products', {}), []);
      await reading(store, ['moment'], async ([reader]) => {
        const images: Image[] = [];
        for await (const image of reader.images()) images.push(image);
        assert.deepEqual(
          images.map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
          [[picture, 'png']],
        );
        assert.deepEqual(await reader.board(START), await store.prices.board(START));
        assert.deepEqual(await reader.settings(), await store.settings.get());
      });
    },
  },
  {
    name: 'an export stands in the journal',
    run: async (store) => {
      const record = { table: 'khata', format: 'csv', filter: { from: START }, rows: 7 } as const;
      const { position } = await store.exports.made(record, aBy());
      const [entry] = await store.journal.list({}, 1);
      assert.deepEqual([entry?.seq, entry?.action, entry?.after], [position, 'export.made', record]);
    },
  },
  {
    name: 'an import is all of its rows, with their opening entries, or none of them',
    run: async (store) => {
      const [asha, ravi] = [aCustomer({ creditLimitPaise: 100 }), aCustomer()];
      const opening = aDebit(asha.id, 5_000);
      const rows = [
        { customer: asha, opening },
        { customer: ravi, opening: null },
      ];
      const { value } = await store.imports.customers(rows, aBy());
      assert.equal(value, 2);
      assert.equal((await store.customers.find(asha.id))?.balancePaise, 5_000);
      assert.equal((await store.khata.find(opening.id))?.balanceAfterPaise, 5_000);
      const products = [aProduct(), aProduct()];
      assert.equal((await store.imports.products(products, aBy())).value, 2);
      assert.equal((await store.products.list({}, ALL)).total, 2);
      const again = [
        { customer: aCustomer(), opening: null },
        { customer: { ...aCustomer(), ...phoneOf(ravi) }, opening: null },
      ];
      await refusedWithoutTrace(store, () => store.imports.customers(again, aBy()), 'phone_taken');
    },
  },
];

function phoneOf({ phone, phoneE164 }: { phone: string; phoneE164: string }) {
  return { phone, phoneE164 };
}
