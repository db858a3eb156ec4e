import assert from 'node:assert/strict';
import { revenueOf, totalsOf } from '../../domain/figures.ts';
import { addDays, instantsOf } from '../../domain/period.ts';
import { dayOf, endOfDay } from '../../domain/shop-day.ts';
import type { Store } from '../store.ts';
import {
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  anOrder,
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
const TOMORROW = addDays(TODAY, 1);
const MIDNIGHT = endOfDay(TODAY);
const at = (instant: number) => aBy({ at: instant });
const paidBy = (method: string, amountPaise: number) => ({ method, amountPaise, reference: null });

/** Method and paise of the days, which come to what was collected on them. */
async function moneyOn(store: Store, from: string, to = from): Promise<[string | null, number][]> {
  const rows = await store.analytics.moneyIn(instantsOf({ from, to }));
  const { collectedPaise } = revenueOf(totalsOf(await store.analytics.daily({ from, to })));
  assert.equal(
    rows.reduce((sum, { paise }) => sum + paise, 0),
    collectedPaise,
    `collected from ${from} to ${to}`,
  );
  return rows.map(({ method, paise }) => [method, paise]);
}

export const moneyInCases: ContractCase[] = [
  {
    name: 'money that came in is told by method, however it is spelled, on the shop’s own days; the khata part is none',
    run: async (store) => {
      const { sales, orders, khata } = store;
      const { customer, line } = await openCounter(store, 50);
      assert.deepEqual(await moneyOn(store, TODAY), []);
      const split = [paidBy('cash', 60_00), paidBy('khata', 40_10)];
      await sales.add(aSale(customer.id, line(1), { terms: noTerms({ payments: split }) }), at(START));
      const upi = noTerms({ method: 'upi', isPaid: true });
      await sales.add(aSale(customer.id, line(2), { terms: upi }), at(MIDNIGHT - 1));
      await sales.add(aSale(customer.id, line(1), { terms: upi }), at(MIDNIGHT));
      // The method of an order is free text.
      for (const method of [' Cash', 'By Hand', 'by hand ', '']) {
        const terms = noTerms({ method, amountPaidPaise: 5_00 });
        await orders.add(anOrder(customer.id, line(1), { terms }), at(START));
      }
      // What was paid down on an order whose rest is on khata came in without a word of how.
      const down = khataTerms({ amountPaidPaise: 50_20 });
      await orders.add(anOrder(customer.id, line(1), { terms: down }), at(START));
      await khata.post(aCredit(customer.id, 7_00, { paymentMethod: 'cash' }), at(START));
      await khata.post(aCredit(customer.id, 70, { paymentMethod: 'cheque' }), at(START));
      await khata.post(aCredit(customer.id, 7), at(START));
      await khata.post(aDebit(customer.id, 900_00, { paymentMethod: 'cash' }), at(START));
      assert.deepEqual(await moneyOn(store, TODAY), [
        ['upi', 200_20],
        ['cash', 72_00],
        ['by hand', 10_00],
        ['cheque', 70],
        [null, 55_27],
      ]);
      assert.deepEqual(await moneyOn(store, TOMORROW), [['upi', 100_10]]);
      assert.deepEqual((await moneyOn(store, TODAY, TOMORROW))[0], ['upi', 300_30]);
      assert.deepEqual(await moneyOn(store, addDays(TODAY, -1)), []);
    },
  },
  {
    name: 'money that was given back is off its method on the day it was given back; what is cancelled stays until then',
    run: async (store) => {
      const { orders, khata } = store;
      const { customer, line } = await openCounter(store, 50);
      const [wrong, lent] = [
        aCredit(customer.id, 7_00, { paymentMethod: 'cash' }),
        aDebit(customer.id, 3_00, { paymentMethod: 'cash' }),
      ];
      for (const entry of [wrong, lent]) await khata.post(entry, at(START));
      const advance = noTerms({ method: 'Cash', amountPaidPaise: 40_00 });
      const paid = anOrder(customer.id, line(1), { paymentStatus: 'partial', terms: advance });
      const dropped = anOrder(customer.id, line(1), {
        paymentStatus: 'partial',
        terms: noTerms({ payments: [paidBy('card', 30_00), paidBy('khata', 20_00)] }),
      });
      for (const order of [paid, dropped]) await orders.add(order, at(START));
      const today = [
        ['cash', 47_00],
        ['card', 30_00],
      ];
      assert.deepEqual(await moneyOn(store, TODAY), today);

      await khata.reverse(wrong.id, newId(), 'another customer', at(START + DAY));
      await khata.reverse(lent.id, newId(), 'not so', at(START + DAY));
      await orders.changePaymentStatus(paid.id, { status: 'paid', method: 'upi' }, null, at(START + DAY));
      // The debit that a cancellation takes back is no money, and the card's part stays until it is given back.
      await orders.changeStatus(dropped.id, 'cancelled', newId(), null, at(START + DAY));
      assert.deepEqual(await moneyOn(store, TOMORROW), [
        ['upi', 60_10],
        ['cash', -7_00],
      ]);
      for (const { id } of [paid, dropped]) {
        await orders.changePaymentStatus(id, { status: 'unpaid' }, null, at(START + DAY));
      }
      assert.deepEqual(await moneyOn(store, TOMORROW), [
        ['upi', 0],
        ['card', -30_00],
        ['cash', -47_00],
      ]);
      assert.deepEqual(await moneyOn(store, TODAY), today);
      assert.deepEqual(await moneyOn(store, TODAY, TOMORROW), [
        ['card', 0],
        ['cash', 0],
        ['upi', 0],
      ]);
    },
  },
  {
    name: 'an opening balance came in on no day, nor did what takes it back',
    run: async (store) => {
      const asha = aCustomer();
      const opening = aCredit(asha.id, 3_00, { paymentMethod: 'cash' });
      await store.imports.customers([{ customer: asha, opening }], at(START));
      await store.khata.post(aCredit(asha.id, 1_00, { paymentMethod: 'cash' }), at(START));
      assert.deepEqual(await moneyOn(store, TODAY), [['cash', 1_00]]);
      await store.khata.reverse(opening.id, newId(), 'not so', at(START + DAY));
      assert.deepEqual(await moneyOn(store, TOMORROW), []);
    },
  },
];
