import assert from 'node:assert/strict';
import {
  ALL,
  aBy,
  anOrder,
  EVERY_ORDER_FIELD,
  EVERY_PAYMENT_FIELD,
  khataTerms,
  newId,
  noTerms,
  START,
} from './builders.ts';
import { type ContractCase, countDone, present, refusedWithoutTrace } from './contract-case.ts';
import { openCounter } from './shop-counter.ts';

export const orderCases: ContractCase[] = [
  {
    name: 'an order keeps the facts of its moment, adds up to the paisa and is found and listed as it was answered',
    run: async (store) => {
      const { orders } = store;
      const { customer, product, line } = await openCounter(store);
      const atListPrice = { productId: product.id, quantity: 2, unitPricePaise: null };
      const input = anOrder(customer.id, [atListPrice, ...line(1, 33_33)], {
        ...EVERY_ORDER_FIELD,
        terms: noTerms({ payments: [EVERY_PAYMENT_FIELD] }),
      });
      const { order, warning } = (await orders.add(input, aBy({ at: START }))).value;
      assert.equal(warning, null);
      const fact = {
        productId: product.id,
        productName: product.name,
        productCategory: product.category,
        netWeightMg: product.netWeightMg,
        goldPurity: product.goldPurity,
      };
      assert.deepEqual(order, {
        ...EVERY_ORDER_FIELD,
        id: input.id,
        version: 1,
        orderNumber: `ORD-20260115-${input.numberTails.slice(0, 4)}`,
        customerId: customer.id,
        customerName: customer.name,
        customerPhone: customer.phone,
        customerEmail: 'buyer@example.com',
        customerAddress: 'Pune',
        lines: [
          { ...fact, quantity: 2, takenQuantity: 2, unitPricePaise: 100_10, totalPaise: 200_20 },
          { ...fact, quantity: 1, takenQuantity: 1, unitPricePaise: 33_33, totalPaise: 33_33 },
        ],
        subtotalPaise: 233_53,
        totalPaise: 240_04,
        status: 'pending',
        payments: [{ ...EVERY_PAYMENT_FIELD, at: START, byStatus: false }],
        khataEntryId: null,
        createdAt: START,
        updatedAt: START,
        completedAt: null,
        cancelledAt: null,
      });
      await store.products.change(product.id, { name: 'Renamed', basePricePaise: 1 }, null, aBy());
      await store.customers.change(customer.id, { name: 'Renamed' }, null, aBy());
      assert.deepEqual(await orders.find(input.id), order);
      assert.deepEqual((await orders.list({}, ALL)).rows, [order]);
      assert.equal(await orders.find(newId()), null);
    },
  },
  {
    name: 'an order with an unknown buyer or piece, or a discount or payment over the total, leaves nothing behind',
    run: async (store) => {
      const { orders } = store;
      const { customer, product, line, stock } = await openCounter(store);
      const terms = khataTerms();
      const attempts = [
        ['unknown_customer', anOrder(newId(), line(1), { terms })],
        [
          'unknown_product',
          anOrder(customer.id, [...line(1), { productId: newId(), quantity: 1, unitPricePaise: 1 }]),
        ],
        ['invalid_input', anOrder(customer.id, line(1), { discountPaise: 100_11, terms })],
        ['invalid_input', anOrder(customer.id, line(1), { terms: noTerms({ amountPaidPaise: 100_11 }) })],
      ] as const;
      for (const [code, input] of attempts) {
        await refusedWithoutTrace(store, () => orders.add(input, aBy()), code);
      }
      await store.products.remove(product.id, null, aBy());
      await refusedWithoutTrace(
        store,
        () => orders.add(anOrder(customer.id, line(1)), aBy()),
        'unknown_product',
      );
      await store.products.restore(product.id, aBy());
      assert.equal(await stock(), 5);
    },
  },
  {
    name: 'a number is given once: a tail that is taken makes way for the next, also for orders placed at once',
    run: async (store) => {
      const { customer, line } = await openCounter(store);
      const tails = ['AAAA', 'BBBB', 'CCCC', 'DDDD', 'EEEE', 'FFFF'];
      const placed = await Promise.all(
        tails.map(() =>
          store.orders.add(
            anOrder(customer.id, line(1), { numberTails: tails.join('') }),
            aBy({ at: START }),
          ),
        ),
      );
      const numbers = placed.map(({ value }) => value.order.orderNumber);
      assert.deepEqual(
        numbers.toSorted(),
        tails.map((tail) => `ORD-20260115-${tail}`),
      );
      const stored = (await store.orders.list({}, ALL)).rows.map(({ orderNumber }) => orderNumber);
      assert.deepEqual(stored.toSorted(), numbers.toSorted());
    },
  },
  {
    name: 'a line takes what is there; cancelling gives back just that, and a second time nothing',
    run: async (store) => {
      const { orders } = store;
      const { customer, line, stock } = await openCounter(store, 4);
      const input = anOrder(customer.id, [...line(3), ...line(3)]);
      const { order } = (await orders.add(input, aBy())).value;
      assert.deepEqual(
        order.lines.map(({ takenQuantity }) => takenQuantity),
        [3, 1],
      );
      assert.equal(await stock(), 0);
      const cancel = async () =>
        (await orders.changeStatus(input.id, 'cancelled', newId(), null, aBy())).value;
      const cancelled = await cancel();
      assert.equal(cancelled.status, 'cancelled');
      assert.notEqual(cancelled.cancelledAt, null);
      assert.equal(await stock(), 4);
      assert.deepEqual(await cancel(), cancelled);
      assert.equal(await stock(), 4);
    },
  },
  {
    name: 'of the last pieces no more are taken than there were, by orders placed at once',
    run: async (store) => {
      const { customer, line, stock } = await openCounter(store, 7);
      const placed = await Promise.all(
        Array.from({ length: 12 }, () => store.orders.add(anOrder(customer.id, line(1)), aBy())),
      );
      const taken = placed.flatMap(({ value }) =>
        value.order.lines.map(({ takenQuantity }) => takenQuantity),
      );
      assert.equal(
        taken.reduce((sum, pieces) => sum + pieces, 0),
        7,
      );
      assert.equal(await stock(), 0);
    },
  },
  {
    name: 'with strict stock just as many orders are done as there are pieces, and a refused one takes none',
    run: async (store) => {
      const { customer, line, stock } = await openCounter(store, 3);
      await store.settings.change({ strictStock: true }, null, aBy());
      const tooMany = () => store.orders.add(anOrder(customer.id, [...line(2), ...line(2)]), aBy());
      await refusedWithoutTrace(store, tooMany, 'out_of_stock');
      const attempts = Array.from({ length: 8 }, () =>
        store.orders.add(anOrder(customer.id, line(1)), aBy()),
      );
      assert.equal(await countDone(attempts, 'out_of_stock'), 3);
      assert.equal(await stock(), 0);
      assert.equal((await store.orders.list({}, ALL)).total, 3);
    },
  },
  {
    name: 'an order on khata debits the total less what was paid, in the same write, and a cancellation takes it back',
    run: async (store) => {
      const { orders, khata } = store;
      const { customer, line, balance } = await openCounter(store);
      const input = anOrder(customer.id, line(2), { terms: khataTerms({ amountPaidPaise: 50_05 }) });
      const { order } = (await orders.add(input, aBy())).value;
      assert.equal(order.khataEntryId, input.khataEntryId);
      assert.equal(await balance(), 200_20 - 50_05);
      const entry = await present(khata.find(input.khataEntryId));
      assert.deepEqual(entry.source, { kind: 'order', id: input.id });
      assert.deepEqual([entry.type, entry.amountPaise], ['debit', 150_15]);
      await orders.changePaymentStatus(input.id, { status: 'paid' }, null, aBy());
      await orders.changePaymentStatus(input.id, { status: 'unpaid' }, null, aBy());
      assert.equal(await balance(), 150_15);
      const reversalId = newId();
      await orders.changeStatus(input.id, 'cancelled', reversalId, null, aBy());
      assert.equal(await balance(), 0);
      assert.equal((await present(khata.find(reversalId))).reverses, input.khataEntryId);
      await orders.changeStatus(input.id, 'cancelled', newId(), null, aBy());
      assert.equal(await balance(), 0);
      assert.equal((await khata.totals(customer.id)).count, 2);
    },
  },
  {
    name: 'payments are kept as rows; only the khata part is debited',
    run: async (store) => {
      const { customer, line, balance } = await openCounter(store);
      const payments = [
        { method: 'cash', amountPaise: 60_10, reference: null },
        { method: 'khata', amountPaise: 30_00, reference: null },
        { method: 'upi', amountPaise: 10_00, reference: 'UPI-1' },
      ];
      const input = anOrder(customer.id, line(1), { terms: noTerms({ payments }) });
      const { order } = (await store.orders.add(input, aBy({ at: START }))).value;
      assert.deepEqual(
        order.payments.map(({ method, amountPaise, reference, at }) => ({
          method,
          amountPaise,
          reference,
          at,
        })),
        payments.map((row) => ({ ...row, at: START })),
      );
      assert.equal(await balance(), 30_00);
    },
  },
  {
    name: 'an order over the credit limit warns, or is refused and leaves nothing behind',
    run: async (store) => {
      const { customer, line } = await openCounter(store);
      await store.customers.change(customer.id, { creditLimitPaise: 100_00 }, null, aBy());
      const place = () => store.orders.add(anOrder(customer.id, line(1), { terms: khataTerms() }), aBy());
      assert.deepEqual((await place()).value.warning, { limitPaise: 100_00, balancePaise: 100_10 });
      await store.settings.change({ creditRule: 'refuse' }, null, aBy());
      await refusedWithoutTrace(store, place, 'credit_limit_exceeded');
    },
  },
];
