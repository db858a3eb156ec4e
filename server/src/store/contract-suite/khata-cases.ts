import assert from 'node:assert/strict';
import { foldBalance, MAX_BALANCE_PAISE } from '../../domain/khata.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { Store } from '../store.ts';
import { ALL, aBy, aCredit, aDebit, DAY, newId, START } from './builders.ts';
import { type ContractCase, countDone, present, refused, refusedWithoutTrace } from './contract-case.ts';
import { addCustomer } from './shop-counter.ts';

/** The balance, which must be what the entries come to, each of them following from the one before. */
async function checkedBalance(store: Store, customerId: string): Promise<number> {
  const { balancePaise } = await present(store.customers.find(customerId));
  const entries = await store.khata.listFrom(customerId, 0, 1000);
  let running = 0;
  for (const entry of entries) {
    running += foldBalance([entry]);
    assert.equal(entry.balanceAfterPaise, running, 'an entry does not follow from the one before');
  }
  assert.equal(balancePaise, running, 'the balance is not the fold of the entries');
  return balancePaise;
}

export const khataCases: ContractCase[] = [
  {
    name: 'an entry is found as it was posted, with its balance, and raises or lowers what is owed',
    run: async (store) => {
      const { khata } = store;
      const customerId = await addCustomer(store);
      const input = aDebit(customerId, 123_45, {
        description: 'मंगळसूत्र "22K"',
        paymentMethod: 'cheque',
        referenceNumber: 'CHQ-7',
      });
      const actor = { kind: 'command_line', name: 'swati' } as const;
      const { value } = await khata.post(input, aBy({ at: START + 5, actor }));
      const { position, customerName, ...fields } = value.entry;
      assert.deepEqual(fields, {
        ...input,
        balanceAfterPaise: 123_45,
        createdAt: START + 5,
        createdBy: 'swati',
        reverses: null,
        reversedBy: null,
        source: null,
      });
      assert.equal(value.warning, null);
      assert.equal(customerName, (await present(store.customers.find(customerId))).name);
      assert.ok(position > 0);
      assert.deepEqual(await khata.find(input.id), value.entry);
      assert.equal(await khata.find(newId()), null);
      await khata.post(aCredit(customerId, 200_00), aBy());
      assert.equal(await checkedBalance(store, customerId), -76_55);
    },
  },
  {
    name: 'paise stay exact: a thousandth of a rupee is never made or lost',
    run: async (store) => {
      const customerId = await addCustomer(store);
      const amounts = [10, 20, 1, 29, 70, 110, 333, 1_005, 99_999_999_999_99, 3];
      await Promise.all(amounts.map((amount) => store.khata.post(aDebit(customerId, amount), aBy())));
      const sum = amounts.reduce((total, amount) => total + amount, 0);
      assert.equal(await checkedBalance(store, customerId), sum);
      const listed = (await store.khata.list({ customerId }, ALL)).rows.map(({ amountPaise }) => amountPaise);
      assert.deepEqual(
        listed.toSorted((a, b) => a - b),
        amounts.toSorted((a, b) => a - b),
      );
    },
  },
  {
    name: 'entries posted at once to one customer are all there, each with a balance and a place of its own',
    run: async (store) => {
      const customerId = await addCustomer(store);
      const count = 40;
      await Promise.all(
        Array.from({ length: count }, (_, n) =>
          store.khata.post(n % 3 === 0 ? aCredit(customerId, 7) : aDebit(customerId, 100 + n), aBy()),
        ),
      );
      await checkedBalance(store, customerId);
      const entries = await store.khata.listFrom(customerId, 0, 1000);
      assert.equal(entries.length, count);
      assert.equal(new Set(entries.map(({ position }) => position)).size, count);
    },
  },
  {
    name: 'a posting to nobody is refused, and to a removed customer too',
    run: async (store) => {
      const { khata } = store;
      const customerId = await addCustomer(store);
      await store.customers.remove(customerId, null, aBy());
      for (const id of [newId(), customerId]) {
        await refusedWithoutTrace(store, () => khata.post(aDebit(id, 100), aBy()), 'customer_not_found');
      }
    },
  },
  {
    name: 'a balance that would leave its range is refused and stays',
    run: async (store) => {
      const customerId = await addCustomer(store);
      await store.khata.post(aDebit(customerId, MAX_BALANCE_PAISE), aBy());
      await refusedWithoutTrace(store, () => store.khata.post(aDebit(customerId, 1), aBy()), 'invalid_input');
      assert.equal(await checkedBalance(store, customerId), MAX_BALANCE_PAISE);
    },
  },
  {
    name: 'over the limit it warns or refuses, as set; at the limit and when paying it does neither',
    run: async (store) => {
      const { khata, settings } = store;
      const customerId = await addCustomer(store, 1000_00);
      assert.equal((await khata.post(aDebit(customerId, 1000_00), aBy())).value.warning, null);
      const over = await khata.post(aDebit(customerId, 1), aBy());
      assert.deepEqual(over.value.warning, { limitPaise: 1000_00, balancePaise: 1000_01 });
      await settings.change({ creditRule: 'refuse' }, null, aBy());
      await refusedWithoutTrace(
        store,
        () => khata.post(aDebit(customerId, 1), aBy()),
        'credit_limit_exceeded',
      );
      assert.equal((await khata.post(aCredit(customerId, 1), aBy())).value.warning, null);
      assert.equal(await checkedBalance(store, customerId), 1000_00);
      const own = await addCustomer(store);
      await khata.post(aDebit(own, 5000_00), aBy());
      await settings.change({ creditLimitPaise: 100_00 }, null, aBy());
      await refusedWithoutTrace(store, () => khata.post(aDebit(own, 1), aBy()), 'credit_limit_exceeded');
    },
  },
  {
    name: 'of postings made at once within a limit just as many are done as fit',
    run: async (store) => {
      await store.settings.change({ creditRule: 'refuse' }, null, aBy());
      const customerId = await addCustomer(store, 100);
      const attempts = Array.from({ length: 12 }, () => store.khata.post(aDebit(customerId, 30), aBy()));
      assert.equal(await countDone(attempts, 'credit_limit_exceeded'), 3);
      assert.equal(await checkedBalance(store, customerId), 90);
    },
  },
  {
    name: 'a reversal is the exact opposite, names the entry and is named by it',
    run: async (store) => {
      const { khata } = store;
      const customerId = await addCustomer(store);
      const input = aDebit(customerId, 350_05);
      await khata.post(input, aBy());
      await khata.post(aDebit(customerId, 100), aBy());
      const reversalId = newId();
      const { value } = await khata.reverse(input.id, reversalId, 'typed twice', aBy());
      assert.equal(value.id, reversalId);
      assert.equal(value.type, 'credit');
      assert.equal(value.amountPaise, 350_05);
      assert.equal(value.balanceAfterPaise, 100);
      assert.equal(value.reverses, input.id);
      assert.equal(value.description, 'typed twice');
      assert.deepEqual(await khata.find(reversalId), value);
      const original = await present(khata.find(input.id));
      assert.equal(original.reversedBy, reversalId);
      assert.deepEqual(
        [original.type, original.amountPaise, original.balanceAfterPaise],
        ['debit', 350_05, 350_05],
      );
      assert.equal(await checkedBalance(store, customerId), 100);
    },
  },
  {
    name: 'an entry is reversed once, a reversal never, and an unknown entry neither',
    run: async (store) => {
      const { khata } = store;
      const customerId = await addCustomer(store);
      const input = aCredit(customerId, 500);
      await khata.post(input, aBy());
      const attempts = Array.from({ length: 5 }, () => khata.reverse(input.id, newId(), 'mistake', aBy()));
      assert.equal(await countDone(attempts, 'entry_already_reversed'), 1);
      const again = () => khata.reverse(input.id, newId(), 'mistake', aBy());
      await refusedWithoutTrace(store, again, 'entry_already_reversed');
      const { reversedBy } = await present(khata.find(input.id));
      await refused(khata.reverse(reversedBy ?? '', newId(), 'undo', aBy()), 'entry_is_reversal');
      await refused(khata.reverse(newId(), newId(), 'undo', aBy()), 'entry_not_found');
      assert.equal(await checkedBalance(store, customerId), 0);
    },
  },
  {
    name: 'lists are filtered by customer and time (from inclusive, to exclusive), newest first',
    run: async (store) => {
      const { khata } = store;
      const [a, b] = [await addCustomer(store), await addCustomer(store)];
      const posted: string[] = [];
      for (const [index, customerId] of [a, b, a, a].entries()) {
        const entry = aDebit(customerId, 100);
        await khata.post(entry, aBy({ at: START + index * 1000 }));
        posted.push(entry.id);
      }
      const ids = async (filter: Parameters<typeof khata.list>[0]): Promise<(string | undefined)[]> => {
        const { rows, total } = await khata.list(filter, ALL);
        assert.equal(total, rows.length);
        return rows.map(({ id }) => id);
      };
      assert.deepEqual(await ids({}), posted.toReversed());
      assert.deepEqual(await ids({ customerId: b }), [posted[1]]);
      assert.deepEqual(await ids({ customerId: newId() }), []);
      assert.deepEqual(await ids({ from: START + 1000, to: START + 3000 }), [posted[2], posted[1]]);
      assert.deepEqual(await ids({ customerId: a, from: START + 1000 }), [posted[3], posted[2]]);
    },
  },
  {
    name: 'totals and the summary count everything once',
    run: async (store) => {
      const { khata } = store;
      const [owes, paidAhead, clear] = [
        await addCustomer(store),
        await addCustomer(store),
        await addCustomer(store),
      ];
      await khata.post(aDebit(owes, 900), aBy());
      await khata.post(aCredit(owes, 150), aBy());
      await khata.post(aCredit(paidAhead, 40), aBy());
      assert.deepEqual(await khata.totals(owes), { count: 2, debitsPaise: 900, creditsPaise: 150 });
      assert.deepEqual(await khata.totals(clear), { count: 0, debitsPaise: 0, creditsPaise: 0 });
      const { topDebtors, ...summary } = await khata.summary();
      assert.deepEqual(summary, {
        customers: 3,
        customersWithBalance: 2,
        debtors: 1,
        outstandingPaise: 750,
        creditPaise: 40,
        totals: { count: 3, debitsPaise: 900, creditsPaise: 190 },
      });
      assert.deepEqual(
        topDebtors.map(({ id, balancePaise }) => [id, balancePaise]),
        [[owes, 750]],
      );
    },
  },
  {
    name: 'one customer’s debts age by themselves, down to nothing where the shop owes',
    run: async (store) => {
      const { khata } = store;
      const [owes, other, paidAhead] = [
        await addCustomer(store),
        await addCustomer(store),
        await addCustomer(store),
      ];
      const [today, nextDay] = [dayOf(START), dayOf(START + DAY)];
      await khata.post(aDebit(owes, 700), aBy({ at: START - 90 * DAY }));
      await khata.post(aDebit(owes, 30), aBy({ at: START - 30 * DAY }));
      await khata.post(aDebit(other, 9_000), aBy());
      await khata.post(aDebit(paidAhead, 50), aBy());
      await khata.post(aCredit(paidAhead, 80), aBy());
      const nothing = { days30: 0, days60: 0, days90: 0, older: 0 };
      assert.deepEqual(await khata.ageing(owes, today), {
        ...nothing,
        balancePaise: 730,
        days30: 30,
        days90: 700,
      });
      assert.deepEqual(await khata.ageing(owes, nextDay), {
        ...nothing,
        balancePaise: 730,
        days60: 30,
        older: 700,
      });
      assert.deepEqual(await khata.ageing(paidAhead, today), { ...nothing, balancePaise: -30 });
      await khata.post(aCredit(owes, 710), aBy());
      assert.deepEqual(await khata.ageing(owes, today), { ...nothing, balancePaise: 20, days30: 20 });
      const clear = await addCustomer(store);
      assert.deepEqual(await khata.ageing(clear, today), { ...nothing, balancePaise: 0 });
      await store.customers.remove(clear, null, aBy());
      assert.equal(await khata.ageing(clear, today), null);
      assert.equal(await khata.ageing(newId(), today), null);
    },
  },
];
