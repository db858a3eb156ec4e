import assert from 'node:assert/strict';
import { dayOf, startOfDay } from '../../domain/shop-day.ts';
import { aBy, aCredit, aDebit, anOrder, aSale, DAY, newId, noTerms, START } from './builders.ts';
import type { ContractCase } from './contract-case.ts';
import { addCustomer, openCounter } from './shop-counter.ts';

const TODAY = startOfDay(dayOf(START));
const at = (instant: number) => aBy({ at: instant });
const paidBy = (method: string, amountPaise: number) => ({ method, amountPaise, reference: null });
const inCash = { method: 'cash', isPaid: true };

export const cashCases: ContractCase[] = [
  {
    name: 'the cash of a customer since an instant is that of sales, orders and khata together, and of nobody else',
    run: async (store) => {
      const { sales, orders, khata, customers } = store;
      const { customer, line } = await openCounter(store, 50);
      const received = () => customers.cashReceived(customer.id, TODAY);
      assert.equal(await received(), 0);
      const split = noTerms({ payments: [paidBy('cash', 60_00), paidBy('upi', 40_10)] });
      await sales.add(aSale(customer.id, line(1), { terms: split }), at(TODAY));
      assert.equal(await received(), 60_00);
      await sales.add(aSale(customer.id, line(1), { terms: noTerms(inCash) }), at(TODAY - 1));
      assert.equal(await received(), 60_00);
      const terms = noTerms({ method: 'Cash', amountPaidPaise: 5_00 });
      await orders.add(anOrder(customer.id, line(1), { terms }), at(START));
      assert.equal(await received(), 65_00);
      await khata.post(aCredit(customer.id, 1_01, { paymentMethod: 'cash' }), at(START));
      await khata.post(aCredit(customer.id, 7, { paymentMethod: 'cash' }), at(TODAY - 1));
      await khata.post(aCredit(customer.id, 70, { paymentMethod: 'cheque' }), at(START));
      await khata.post(aCredit(customer.id, 700), at(START));
      await khata.post(aDebit(customer.id, 7_000, { paymentMethod: 'cash' }), at(START));
      assert.equal(await received(), 66_01);
      const other = await addCustomer(store);
      await sales.add(aSale(other, line(1), { terms: noTerms(inCash) }), at(START));
      await khata.post(aCredit(other, 9, { paymentMethod: 'cash' }), at(START));
      assert.equal(await received(), 66_01);
      assert.equal(await customers.cashReceived(other, TODAY), 100_19);
      assert.equal(await customers.cashReceived(customer.id, 0), 166_18);
    },
  },
  {
    name: 'an order of another day counts for the day on which its cash came; what is taken back leaves the rest',
    run: async (store) => {
      const { orders, customers } = store;
      const { customer, line } = await openCounter(store, 50);
      const received = (since = TODAY) => customers.cashReceived(customer.id, since);
      const advance = noTerms({ method: 'Cash', amountPaidPaise: 40_00 });
      const order = anOrder(customer.id, line(1), { paymentStatus: 'partial', terms: advance });
      await orders.add(order, at(START - DAY));
      await orders.changePaymentStatus(order.id, { status: 'paid' }, null, at(START));
      assert.equal(await received(), 60_10);
      assert.equal(await received(START - DAY), 100_10);
      const terms = noTerms({ method: 'cash', amountPaidPaise: 300_00 });
      const old = anOrder(customer.id, line(3), { paymentStatus: 'partial', terms });
      await orders.add(old, at(START - DAY));
      await orders.changePaymentStatus(old.id, { status: 'unpaid' }, null, at(START));
      assert.equal(await received(), 60_10, 'what was taken back came in yesterday');
      await orders.changePaymentStatus(order.id, { status: 'unpaid' }, null, at(START));
      assert.equal(await received(), 0);
      await orders.changePaymentStatus(order.id, { status: 'paid', method: 'upi' }, null, at(START));
      assert.equal(await received(), 0);
      assert.equal(await received(START - DAY), 0);
    },
  },
  {
    name: 'a cash entry that was reversed was never received, nor was the reversal of one',
    run: async (store) => {
      const { khata, customers } = store;
      const id = await addCustomer(store);
      const [wrong, given] = [
        aCredit(id, 500, { paymentMethod: 'cash' }),
        aDebit(id, 300, { paymentMethod: 'cash' }),
      ];
      for (const entry of [wrong, given, aCredit(id, 20, { paymentMethod: 'cash' })]) {
        await khata.post(entry, at(START));
      }
      assert.equal(await customers.cashReceived(id, TODAY), 520);
      for (const entry of [wrong, given]) await khata.reverse(entry.id, newId(), 'a mistake', at(START + 1));
      assert.equal(await customers.cashReceived(id, TODAY), 20);
      const gone = await addCustomer(store);
      await customers.remove(gone, null, aBy());
      assert.equal(await customers.cashReceived(gone, TODAY), null);
      assert.equal(await customers.cashReceived(newId(), TODAY), null);
    },
  },
];
