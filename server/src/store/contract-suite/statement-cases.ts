import assert from 'node:assert/strict';
import { aBy, aCredit, aDebit, newId, START } from './builders.ts';
import { type ContractCase, present } from './contract-case.ts';
import { addCustomer } from './shop-counter.ts';

export const statementCases: ContractCase[] = [
  {
    name: 'a statement begins with the first entry of its time, by position, and with the balance before it',
    run: async (store) => {
      const { khata } = store;
      const [customerId, other] = [await addCustomer(store), await addCustomer(store)];
      // The clock is set back behind the third one.
      const times = [0, 2000, 5000, 1000, 6000];
      for (const [n, at] of times.entries()) {
        await khata.post(aDebit(other, 7), aBy({ at: START + at }));
        const entry = n === 1 ? aCredit(customerId, 30) : aDebit(customerId, 100 + n);
        await khata.post(entry, aBy({ at: START + at }));
      }
      const begin = async (from: number | null, limit: number) => {
        const { openingPaise, entries } = await present(khata.statement(customerId, from, limit));
        return [openingPaise, ...entries.map(({ amountPaise }) => amountPaise)];
      };
      assert.deepEqual(await begin(null, 10), [0, 100, 30, 102, 103, 104]);
      assert.deepEqual(await begin(null, 2), [0, 100, 30]);
      assert.deepEqual(await begin(START, 10), [0, 100, 30, 102, 103, 104]);
      assert.deepEqual(await begin(START + 1, 10), [100, 30, 102, 103, 104]);
      assert.deepEqual(await begin(START + 2001, 10), [70, 102, 103, 104]);
      assert.deepEqual(await begin(START + 2001, 2), [70, 102, 103]);
      assert.deepEqual(await begin(START + 5001, 10), [275, 104]);
      assert.deepEqual(await begin(START + 6001, 10), [379]);
    },
  },
  {
    name: 'a statement is of one moment: it names its last entry, and the customer as of then',
    run: async (store) => {
      const { khata } = store;
      const customerId = await addCustomer(store);
      const { customer, ...empty } = await present(khata.statement(customerId, null, 10));
      assert.deepEqual(customer, await store.customers.find(customerId));
      assert.deepEqual(empty, { count: 0, last: 0, openingPaise: 0, entries: [] });
      const { entry, ...rest } = (await khata.post(aDebit(customerId, 5), aBy())).value;
      assert.deepEqual(rest, { warning: null });
      await khata.post(aDebit(await addCustomer(store), 7), aBy());
      const { customerName: _name, reversedBy: _reversal, ...told } = entry;
      const begun = await present(khata.statement(customerId, null, 10));
      assert.deepEqual([begun.count, begun.last, begun.customer.balancePaise], [1, entry.position, 5]);
      assert.equal(begun.entries.length, 1);
      assert.partialDeepStrictEqual(begun.entries[0], told);
      const removed = await addCustomer(store);
      await store.customers.remove(removed, null, aBy());
      assert.equal(await khata.statement(removed, null, 10), null);
      assert.equal(await khata.statement(newId(), null, 10), null);
      const beside = Array.from({ length: 20 }, () => khata.post(aDebit(customerId, 1), aBy()));
      for (let n = 0; n < 10; n++) {
        const { entries, last, count, openingPaise } = await present(khata.statement(customerId, START, 50));
        assert.equal(openingPaise, 0);
        assert.equal(entries.length, count);
        assert.equal(entries.at(-1)?.position, last);
      }
      await Promise.all(beside);
    },
  },
  {
    name: 'a statement reads on from a position, oldest first, and leaves nothing out',
    run: async (store) => {
      const customerId = await addCustomer(store);
      const other = await addCustomer(store);
      for (let n = 0; n < 7; n++) {
        await store.khata.post(aDebit(customerId, 100 + n), aBy());
        await store.khata.post(aDebit(other, 1), aBy());
      }
      const amounts: number[] = [];
      for (let after = 0; ; ) {
        const page = await store.khata.listFrom(customerId, after, 3);
        if (page.length === 0) break;
        amounts.push(...page.map(({ amountPaise }) => amountPaise));
        after = page.at(-1)?.position ?? Number.POSITIVE_INFINITY;
      }
      assert.deepEqual(amounts, [100, 101, 102, 103, 104, 105, 106]);
    },
  },
];
