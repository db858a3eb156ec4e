import assert from 'node:assert/strict';
import type { SaleFilter } from '../../domain/sale.ts';
import {
  ALL,
  aBy,
  aSale,
  EVERY_PAYMENT_FIELD,
  EVERY_SALE_FIELD,
  khataTerms,
  newId,
  noTerms,
  START,
} from './builders.ts';
import { type ContractCase, countDone, present, refusedWithoutTrace } from './contract-case.ts';
import { openCounter } from './shop-counter.ts';

export const saleCases: ContractCase[] = [
  {
    name: 'a sale adds up to the paisa, takes the stock and is found and listed as it was answered',
    run: async (store) => {
      const { sales } = store;
      const { customer, product, line, stock } = await openCounter(store, 2);
      const input = aSale(customer.id, line(3), {
        ...EVERY_SALE_FIELD,
        terms: noTerms({ payments: [EVERY_PAYMENT_FIELD] }),
      });
      const actor = { kind: 'system', name: 'Meera' } as const;
      const { sale, warning } = (await sales.add(input, aBy({ at: START, actor }))).value;
      assert.equal(warning, null);
      assert.deepEqual({ ...sale, ...EVERY_SALE_FIELD }, sale);
      assert.deepEqual([sale.customerId, sale.customerName], [customer.id, customer.name]);
      assert.deepEqual(sale.payments, [{ ...EVERY_PAYMENT_FIELD, at: START, byStatus: false }]);
      assert.deepEqual(sale.lines, [
        {
          productId: product.id,
          productName: product.name,
          quantity: 3,
          takenQuantity: 2,
          unitPricePaise: 100_10,
          netWeightMg: product.netWeightMg,
          goldPurity: product.goldPurity,
        },
      ]);
      assert.deepEqual([sale.totalPaise, sale.finalPaise], [300_30, 300_00]);
      assert.deepEqual([sale.createdAt, sale.createdBy], [START, 'Meera']);
      assert.equal(await stock(), 0);
      await store.products.change(product.id, { name: 'Renamed' }, null, aBy());
      assert.deepEqual(await sales.find(input.id), sale);
      assert.deepEqual((await sales.list({}, ALL)).rows, [sale]);
      assert.equal(await sales.find(newId()), null);
    },
  },
  {
    name: 'a refused sale leaves nothing behind',
    run: async (store) => {
      const { sales } = store;
      const { customer, line } = await openCounter(store);
      const terms = khataTerms();
      const unknown = [...line(1), { productId: newId(), quantity: 1, unitPricePaise: 1 }];
      await refusedWithoutTrace(
        store,
        () => sales.add(aSale(newId(), line(1), { terms }), aBy()),
        'unknown_customer',
      );
      await refusedWithoutTrace(
        store,
        () => sales.add(aSale(customer.id, unknown), aBy()),
        'unknown_product',
      );
      const overpaid = aSale(customer.id, line(1), { terms: noTerms({ amountPaidPaise: 100_11 }) });
      await refusedWithoutTrace(store, () => sales.add(overpaid, aBy()), 'invalid_input');
      await store.settings.change(
        { strictStock: true, creditRule: 'refuse', creditLimitPaise: 50 },
        null,
        aBy(),
      );
      await refusedWithoutTrace(store, () => sales.add(aSale(customer.id, line(6)), aBy()), 'out_of_stock');
      const onCredit = () => sales.add(aSale(customer.id, line(1), { terms }), aBy());
      await refusedWithoutTrace(store, onCredit, 'credit_limit_exceeded');
    },
  },
  {
    name: 'with strict stock the last pieces are sold once, to buyers who come at once',
    run: async (store) => {
      const { customer, line, stock } = await openCounter(store, 7);
      await store.settings.change({ strictStock: true }, null, aBy());
      const attempts = Array.from({ length: 20 }, () => store.sales.add(aSale(customer.id, line(1)), aBy()));
      assert.equal(await countDone(attempts, 'out_of_stock'), 7);
      assert.equal(await stock(), 0);
      assert.equal((await store.sales.list({}, ALL)).total, 7);
    },
  },
  {
    name: 'a sale on khata debits what was not paid, and names its entry',
    run: async (store) => {
      const { customer, line, balance } = await openCounter(store);
      const terms = khataTerms({ amountPaidPaise: 40_00 });
      const input = aSale(customer.id, line(1), { discountPaise: 10, terms });
      const { sale } = (await store.sales.add(input, aBy())).value;
      assert.equal(await balance(), 60_00);
      assert.equal(sale.khataEntryId, input.khataEntryId);
      const entry = await present(store.khata.find(input.khataEntryId));
      assert.deepEqual(entry.source, { kind: 'sale', id: input.id });
      const cash = aSale(customer.id, line(1), { terms: noTerms({ method: 'cash', isPaid: true }) });
      const paid = (await store.sales.add(cash, aBy())).value.sale;
      assert.deepEqual(
        paid.payments.map(({ method, amountPaise }) => [method, amountPaise]),
        [['cash', 100_10]],
      );
      assert.equal(paid.khataEntryId, null);
      assert.equal(await balance(), 60_00);
    },
  },
  {
    name: 'lists are filtered by what is named and by nothing else, newest first',
    run: async (store) => {
      const { sales } = store;
      const [one, two] = [await openCounter(store), await openCounter(store)];
      const inputs = [
        aSale(one.customer.id, one.line(1), { paymentStatus: 'paid' }),
        aSale(two.customer.id, two.line(1), { paymentStatus: 'pending' }),
        aSale(one.customer.id, one.line(1), { paymentStatus: 'partial' }),
      ];
      for (const [index, input] of inputs.entries()) await sales.add(input, aBy({ at: START + index }));
      const [a, b, c] = inputs.map(({ id }) => id) as [string, string, string];
      const expected: [SaleFilter, string[]][] = [
        [{}, [c, b, a]],
        [{ customerId: one.customer.id }, [c, a]],
        [{ paymentStatus: 'pending' }, [b]],
        [{ from: START + 1, to: START + 2 }, [b]],
        [{ customerId: one.customer.id, from: START + 1 }, [c]],
        [{ customerId: newId() }, []],
      ];
      for (const [filter, ids] of expected) {
        const { rows, total } = await sales.list(filter, ALL);
        assert.deepEqual([rows.map(({ id }) => id), total], [ids, ids.length], JSON.stringify(filter));
      }
    },
  },
];
