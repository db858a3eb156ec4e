import assert from 'node:assert/strict';
import { MAX_PAISE } from '../../domain/money.ts';
import type { NewProduct } from '../../domain/product.ts';
import { dayOf, endOfDay, startOfDay } from '../../domain/shop-day.ts';
import type { Store } from '../store.ts';
import { ALL, aBy, aCustomer, anOrder, aProduct, aSale, DAY, HOUR, newId, START } from './builders.ts';
import type { ContractCase } from './contract-case.ts';

const TODAY = dayOf(START);
const at = (instant: number) => aBy({ at: instant });

async function addCustomer(store: Store, name: string, addedAt: number): Promise<string> {
  const customer = aCustomer({ name });
  await store.customers.add(customer, at(addedAt));
  return customer.id;
}

async function addPiece(store: Store, overrides: Partial<NewProduct>, addedAt = START): Promise<string> {
  const piece = aProduct(overrides);
  await store.products.add(piece, at(addedAt));
  return piece.id;
}

const lines = (productId: string, quantity = 1, unitPricePaise = 10_00) => [
  { productId, quantity, unitPricePaise },
];

export const buyerCases: ContractCase[] = [
  {
    name: 'who orders, by period and by the days after being added; removed customers do not count until they are restored',
    run: async (store) => {
      const ring = await addPiece(store, { stockQuantity: 9 }, START - 200 * DAY);
      const early = await addCustomer(store, 'Early', START - 100 * DAY);
      const late = await addCustomer(store, 'Late', START - 100 * DAY);
      const gone = await addCustomer(store, 'Gone', START - 100 * DAY);
      await addCustomer(store, 'Never', START);
      await store.orders.add(anOrder(early, lines(ring)), at(START - 70 * DAY));
      await store.orders.add(anOrder(early, lines(ring)), at(START - 70 * DAY));
      const cancelled = anOrder(late, lines(ring));
      await store.orders.add(cancelled, at(START));
      await store.orders.changeStatus(cancelled.id, 'cancelled', newId(), null, at(START));
      await store.orders.add(anOrder(gone, lines(ring)), at(START));
      const periods = [
        { from: START - 150 * DAY, to: START - 50 * DAY },
        { from: START, to: START + DAY },
        { from: START + DAY, to: START + 2 * DAY },
      ];
      const counted = async () => [
        await store.analytics.conversions(periods),
        await store.analytics.cohorts(periods.slice(0, 2)),
      ];
      const before = await counted();
      await store.customers.remove(gone, null, aBy());
      assert.deepEqual(await store.analytics.conversions(periods), [
        { customers: 2, ordering: 1 },
        { customers: 3, ordering: 1 },
        { customers: 3, ordering: 0 },
      ]);
      assert.deepEqual(await store.analytics.cohorts(periods.slice(0, 2)), [
        { customers: 2, within30: 1, within60: 1, within90: 1, ever: 2 },
        { customers: 1, within30: 0, within60: 0, within90: 0, ever: 0 },
      ]);
      await store.customers.restore(gone, aBy());
      assert.deepEqual(await counted(), before);
    },
  },
  {
    name: 'buyers by recency, frequency and value; a cancelled order is no purchase',
    run: async (store) => {
      const ring = await addPiece(store, { stockQuantity: 9 }, START - 200 * DAY);
      const often = await addCustomer(store, 'Often', START - 100 * DAY);
      const much = await addCustomer(store, 'Much', START - 100 * DAY);
      const none = await addCustomer(store, 'None', START - 100 * DAY);
      for (const days of [90, 31, 31]) {
        await store.sales.add(aSale(often, lines(ring)), at(startOfDay(TODAY) - days * DAY));
      }
      await store.orders.add(anOrder(much, lines(ring, 1, 99_00)), at(START - 3 * DAY));
      for (const customer of [often, none]) {
        const cancelled = anOrder(customer, lines(ring));
        await store.orders.add(cancelled, at(START));
        await store.orders.changeStatus(cancelled.id, 'cancelled', newId(), null, at(START));
      }
      const { segments, without, page } = await store.analytics.buyers(TODAY, 'value', ALL);
      assert.deepEqual(segments, [
        { recency: 0, frequency: 0, customers: 1, paise: 99_00 },
        { recency: 1, frequency: 2, customers: 1, paise: 30_00 },
      ]);
      assert.equal(without, 1);
      assert.deepEqual(
        page.rows.map(({ name, purchases, paise, daysSince }) => [name, purchases, paise, daysSince]),
        [
          ['Much', 1, 99_00, 3],
          ['Often', 3, 30_00, 31],
        ],
      );
      const first = async (by: 'recency' | 'frequency') =>
        (await store.analytics.buyers(TODAY, by, { skip: 0, limit: 1 })).page.rows.map(({ name }) => name);
      assert.deepEqual([await first('recency'), await first('frequency')], [['Much'], ['Often']]);
    },
  },
  {
    name: 'what a clock that ran ahead wrote was bought and added today',
    run: async (store) => {
      for (const ahead of [HOUR, 2 * DAY]) {
        const late = endOfDay(TODAY) + ahead;
        const ring = await addPiece(store, { stockQuantity: 9 }, late);
        const asha = await addCustomer(store, 'Asha', late);
        await store.sales.add(aSale(asha, lines(ring)), at(late));
      }
      const { segments, page } = await store.analytics.buyers(TODAY, 'recency', ALL);
      assert.deepEqual(segments, [{ recency: 0, frequency: 0, customers: 2, paise: 20_00 }]);
      assert.deepEqual(
        page.rows.map(({ daysSince }) => daysSince),
        [0, 0],
      );
      const { dead } = await store.analytics.idleStock(TODAY, 0, ALL);
      assert.deepEqual(
        dead.rows.map(({ idleDays }) => idleDays),
        [0, 0],
      );
    },
  },
  {
    name: 'the busy hours are those of the shop’s clock',
    run: async (store) => {
      const ring = await addPiece(store, { stockQuantity: 9 });
      const asha = await addCustomer(store, 'Asha', START);
      const midnight = endOfDay(TODAY);
      await store.sales.add(aSale(asha, lines(ring)), at(midnight - 1));
      await store.sales.add(aSale(asha, lines(ring)), at(midnight));
      await store.orders.add(anOrder(asha, lines(ring, 2)), at(midnight + HOUR - 1));
      const cancelled = anOrder(asha, lines(ring));
      await store.orders.add(cancelled, at(midnight));
      await store.orders.changeStatus(cancelled.id, 'cancelled', newId(), null, at(midnight));
      const range = { from: startOfDay(TODAY), to: midnight + DAY };
      // The start lies on a Thursday.
      assert.deepEqual(await store.analytics.busyHours(range), [
        { weekday: 3, hour: 23, orders: 0, ordersPaise: 0, sales: 1, salesPaise: 10_00 },
        { weekday: 4, hour: 0, orders: 1, ordersPaise: 20_00, sales: 1, salesPaise: 10_00 },
      ]);
      assert.deepEqual(await store.analytics.busyHours({ from: midnight + DAY, to: midnight + 2 * DAY }), []);
    },
  },
  {
    name: 'what is in stock, what runs low, and what lies',
    run: async (store) => {
      const rings = await addPiece(store, { stockQuantity: 6, name: 'Rings' }, START - 181 * DAY);
      await addPiece(store, { stockQuantity: 5, status: 'draft', goldPurity: '750' }, START - 90 * DAY);
      await addPiece(store, { stockQuantity: 1, name: 'Last' }, START - 400 * DAY);
      await addPiece(store, { stockQuantity: 0, name: 'Out' }, START - 400 * DAY);
      const deleted = await addPiece(store, { stockQuantity: 8 }, START - 400 * DAY);
      await store.products.remove(deleted, null, aBy());
      const asha = await addCustomer(store, 'Asha', START - 100 * DAY);
      await store.sales.add(aSale(asha, lines(rings)), at(START - 91 * DAY));
      const { low, out, ...counts } = await store.analytics.stockAlerts();
      assert.deepEqual(counts, { draft: 1, published: 3 });
      assert.deepEqual(
        [low, out].map(({ rows, total }) => [rows.map(({ name }) => name), total]),
        [
          [['Rings', 'Last'].toSorted(), 2],
          [['Out'], 1],
        ],
      );
      const lots = await store.analytics.stockLots();
      assert.deepEqual(
        lots.map(({ goldPurity, products, pieces, netMg, fineMg }) => [
          goldPurity,
          products,
          pieces,
          netMg,
          fineMg,
        ]),
        [
          ['750', 1, 5, 21_250, 15_940],
          ['916', 2, 6, 25_500, 23_358],
        ],
      );
      const { bands, dead } = await store.analytics.idleStock(TODAY, 91, ALL);
      assert.deepEqual(
        bands.map(({ products, pieces }) => [products, pieces]),
        [
          [1, 5],
          [1, 5],
          [0, 0],
          [1, 1],
        ],
      );
      assert.deepEqual(
        dead.rows.map(({ name, idleDays, lastSoldAt }) => [name, idleDays, lastSoldAt]),
        [
          ['Last', 400, null],
          ['Rings', 91, START - 91 * DAY],
        ],
      );
      assert.equal(dead.total, 2);
    },
  },
  {
    name: 'what lies in the shop comes to the same by age as by kind, however much was typed',
    run: async (store) => {
      // Ten such are more paise than 64 bits hold.
      const typed = { stockQuantity: 1_000_000, basePricePaise: MAX_PAISE };
      for (let n = 0; n < 10; n++) await addPiece(store, typed);
      const lots = await store.analytics.stockLots();
      const { bands } = await store.analytics.idleStock(TODAY, 91, ALL);
      const listed = 10 * typed.stockQuantity * typed.basePricePaise;
      assert.deepEqual(
        lots.map(({ listPaise }) => listPaise),
        [listed],
      );
      assert.deepEqual(
        bands.map(({ listPaise }) => listPaise),
        [listed, 0, 0, 0],
      );
    },
  },
];
