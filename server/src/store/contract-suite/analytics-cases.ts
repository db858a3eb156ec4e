import assert from 'node:assert/strict';
import { type Figure, totalsOf } from '../../domain/figures.ts';
import { dayOf, endOfDay } from '../../domain/shop-day.ts';
import type { Store } from '../store.ts';
import {
  ALL,
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  aSale,
  DAY,
  khataTerms,
  newId,
  noTerms,
  START,
} from './builders.ts';
import type { ContractCase } from './contract-case.ts';
import { openCounter } from './shop-counter.ts';

const TODAY = dayOf(START);
const at = (instant: number) => aBy({ at: instant });
/** All of the shop's days around the start. */
const RANGE = { from: '2025-01-01', to: '2026-12-31' };

/** Count, paise and fine milligrams of the figures that are not zero, over the days of RANGE. */
async function figuresOf(store: Store): Promise<Record<string, [number, number, number]>> {
  const daily = await store.analytics.daily(RANGE);
  const totals = totalsOf(daily);
  assert.deepEqual(await store.analytics.totals(), totals, 'the whole history is the sum of its days');
  const entries = Object.entries(totals) as [Figure, { count: number; paise: number; fineMg: number }][];
  return Object.fromEntries(
    entries
      .filter(([, { count, paise, fineMg }]) => count !== 0 || paise !== 0 || fineMg !== 0)
      .map(([figure, { count, paise, fineMg }]) => [figure, [count, paise, fineMg]]),
  );
}

async function addDebtor(store: Store, name: string): Promise<string> {
  const customer = aCustomer({ name });
  await store.customers.add(customer, at(START - 300 * DAY));
  return customer.id;
}

export const analyticsCases: ContractCase[] = [
  {
    name: 'figures follow an order through its life, on the day it was made',
    run: async (store) => {
      const { customer, line } = await openCounter(store, 5);
      // 4.250 g of 916 are 3.893 g of fine gold.
      const input = anOrder(customer.id, line(2), { terms: khataTerms({ amountPaidPaise: 50_20 }) });
      await store.orders.add(input, at(START));
      const khata = { 'khata.given': [1, 150_00, 0], payment: [1, 50_20, 0] };
      assert.deepEqual(await figuresOf(store), { 'order.pending': [1, 200_20, 7_786], ...khata });
      await store.orders.changeStatus(input.id, 'completed', newId(), null, at(START + DAY));
      assert.deepEqual(await figuresOf(store), { 'order.completed': [1, 200_20, 7_786], ...khata });
      assert.deepEqual(
        (await store.analytics.daily(RANGE)).filter(({ count }) => count > 0).map(({ day }) => day),
        [TODAY, TODAY, TODAY],
      );
      await store.orders.changeStatus(input.id, 'cancelled', newId(), null, at(START + 2 * DAY));
      assert.deepEqual(await figuresOf(store), {
        'order.cancelled': [1, 200_20, 7_786],
        payment: [1, 50_20, 0],
        'khata.given': [2, 0, 0],
      });
    },
  },
  {
    name: 'figures of sales, payments and khata entries lie on the shop’s own days',
    run: async (store) => {
      const { customer, line } = await openCounter(store, 5);
      const midnight = endOfDay(TODAY);
      const terms = noTerms({ method: 'cash', isPaid: true });
      await store.sales.add(aSale(customer.id, line(1), { paymentStatus: 'paid', terms }), at(midnight - 1));
      await store.sales.add(aSale(customer.id, line(1), { discountPaise: 10 }), at(midnight));
      const credit = aCredit(customer.id, 7_00);
      await store.khata.post(credit, at(midnight - 1));
      await store.khata.reverse(credit.id, newId(), 'wrong customer', at(midnight));
      const daily = await store.analytics.daily(RANGE);
      assert.deepEqual(
        daily.map(({ day, figure, count, paise }) => [day, figure, count, paise]),
        [
          [TODAY, 'khata.received', 1, 7_00],
          [TODAY, 'payment', 1, 100_10],
          [TODAY, 'sale.paid', 1, 100_10],
          [dayOf(midnight), 'khata.received', 1, -7_00],
          [dayOf(midnight), 'sale.pending', 1, 100_00],
        ],
      );
      const only = await store.analytics.daily({ from: TODAY, to: TODAY });
      assert.deepEqual(only, daily.slice(0, 3));
    },
  },
  {
    name: 'an opening balance is an entry and no money of its day, nor is what takes it back; it ages like any debit',
    run: async (store) => {
      const [asha, ravi] = [aCustomer(), aCustomer()];
      const paidAhead = aCredit(asha.id, 3_00);
      const rows = [
        { customer: asha, opening: paidAhead },
        { customer: ravi, opening: aDebit(ravi.id, 5_00) },
      ];
      await store.imports.customers(rows, at(START));
      assert.deepEqual(await figuresOf(store), { 'khata.given': [1, 0, 0], 'khata.received': [1, 0, 0] });
      const { value: reversal } = await store.khata.reverse(paidAhead.id, newId(), 'not so', at(START + DAY));
      await store.khata.post(aCredit(asha.id, 7_00, { description: 'Opening balance' }), at(START + DAY));
      assert.deepEqual(await figuresOf(store), {
        'khata.given': [1, 0, 0],
        'khata.received': [3, 7_00, 0],
      });
      const { rows: entries, total } = await store.khata.list({}, ALL);
      assert.equal(total, 4);
      const openingOf = ({ id }: { id: string }) => ({ kind: 'opening', id });
      assert.deepEqual(
        entries.map(({ type, source }) => [type, source]),
        [
          ['credit', null],
          ['debit', openingOf(asha)],
          ['debit', openingOf(ravi)],
          ['credit', openingOf(asha)],
        ],
      );
      assert.deepEqual(reversal.source, openingOf(asha));
      assert.deepEqual((await store.khata.find(paidAhead.id))?.source, openingOf(asha));
      assert.equal((await store.khata.ageing(ravi.id, TODAY))?.days30, 5_00);
      assert.deepEqual((await store.journal.verify()).problems, []);
    },
  },
  {
    name: 'the products that sold most, of a range and ever, by each measure and source',
    run: async (store) => {
      const { customer } = await openCounter(store);
      const light = aProduct({ netWeightMg: 1_000, name: 'Light' });
      const heavy = aProduct({ netWeightMg: 20_000, goldPurity: '750', name: 'Heavy' });
      for (const piece of [light, heavy]) await store.products.add(piece, aBy());
      const line = (id: string, quantity: number, unitPricePaise: number) => [
        { productId: id, quantity, unitPricePaise },
      ];
      await store.sales.add(aSale(customer.id, line(light.id, 3, 5_00)), at(START));
      await store.sales.add(aSale(customer.id, line(heavy.id, 1, 90_00)), at(START + DAY));
      const cancelled = anOrder(customer.id, line(light.id, 9, 5_00));
      await store.orders.add(cancelled, at(START));
      await store.orders.changeStatus(cancelled.id, 'cancelled', newId(), null, at(START));
      await store.orders.add(anOrder(customer.id, line(heavy.id, 4, 1_00)), at(START));
      await store.products.remove(heavy.id, null, aBy());
      const top = async (
        range: typeof RANGE | null,
        source: 'sales' | 'orders' | 'both',
        by: 'quantity' | 'revenue' | 'fine_grams',
      ) =>
        (await store.analytics.topProducts(range, { source, by, limit: 10 })).map((row) => [
          row.name,
          row.quantity,
          row.paise,
          row.fineMg,
        ]);
      for (const range of [null, RANGE]) {
        assert.deepEqual(await top(range, 'sales', 'quantity'), [
          ['Light', 3, 15_00, 2_748],
          ['Heavy', 1, 90_00, 15_000],
        ]);
        assert.deepEqual((await top(range, 'sales', 'revenue'))[0]?.[0], 'Heavy');
        assert.deepEqual((await top(range, 'sales', 'fine_grams'))[0]?.[0], 'Heavy');
        assert.deepEqual(await top(range, 'orders', 'quantity'), [['Heavy', 4, 4_00, 60_000]]);
        assert.deepEqual((await top(range, 'both', 'quantity'))[0], ['Heavy', 5, 94_00, 75_000]);
      }
      assert.deepEqual(
        (await top({ from: TODAY, to: TODAY }, 'sales', 'quantity')).map(([name]) => name),
        ['Light'],
      );
      const [first] = await store.analytics.topProducts(null, { source: 'sales', by: 'revenue', limit: 1 });
      assert.equal(first?.isActive, false);
    },
  },
  {
    name: 'the khata ages first in, first out; what is taken back never was',
    run: async (store) => {
      const { khata } = store;
      const asha = await addDebtor(store, 'Asha');
      const ravi = await addDebtor(store, 'Ravi');
      const clear = await addDebtor(store, 'Clear');
      const post = (entry: ReturnType<typeof aDebit>, daysAgo: number) =>
        khata.post(entry, at(START - daysAgo * DAY));
      const wrong = aDebit(asha, 5_00);
      const paid = aCredit(asha, 150_00);
      await post(aDebit(asha, 100_00), 200);
      await post(aDebit(asha, 100_00), 91);
      await post(aDebit(asha, 40_00), 90);
      await post(wrong, 60);
      await post(aDebit(asha, 30_00), 31);
      await post(aDebit(asha, 1_00), 30);
      await post(paid, 3);
      await khata.reverse(wrong.id, newId(), 'wrong', at(START));
      await post(aDebit(ravi, 9_00), 400);
      await post(aDebit(clear, 9_00), 5);
      await post(aCredit(clear, 9_00), 5);
      const debtors = async () => (await store.analytics.khataAgeing(TODAY, ALL)).debtors;
      const row = (days: { name: string; days30: number; days60: number; days90: number; older: number }) => [
        days.name,
        days.days30,
        days.days60,
        days.days90,
        days.older,
      ];
      assert.deepEqual((await debtors()).rows.map(row), [
        ['Asha', 1_00, 30_00, 40_00, 50_00],
        ['Ravi', 0, 0, 0, 9_00],
      ]);
      assert.deepEqual((await store.analytics.khataAgeing(TODAY, { skip: 1, limit: 1 })).debtors, {
        rows: (await debtors()).rows.slice(1),
        total: 2,
      });
      assert.deepEqual(await khata.ageing(asha, TODAY), {
        balancePaise: 121_00,
        days30: 1_00,
        days60: 30_00,
        days90: 40_00,
        older: 50_00,
      });
      // A payment that is taken back opens what it had settled.
      await khata.reverse(paid.id, newId(), 'bounced', at(START));
      assert.deepEqual((await debtors()).rows.map(row)[0], ['Asha', 1_00, 30_00, 40_00, 200_00]);
      assert.deepEqual((await store.analytics.khataAgeing(TODAY, ALL)).totals, {
        days30: 1_00,
        days60: 30_00,
        days90: 40_00,
        older: 209_00,
      });
    },
  },
];
