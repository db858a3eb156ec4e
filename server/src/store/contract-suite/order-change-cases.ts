import assert from 'node:assert/strict';
import type { OrderFilter } from '../../domain/order.ts';
import { ALL, aBy, aCredit, anOrder, aProduct, DAY, khataTerms, newId, START } from './builders.ts';
import { type ContractCase, countDone, present, refused, refusedWithoutTrace } from './contract-case.ts';
import { openCounter } from './shop-counter.ts';

export const orderChangeCases: ContractCase[] = [
  {
    name: 'a cancellation does not take back a khata entry that was reversed by hand before',
    run: async (store) => {
      const { customer, line, balance } = await openCounter(store);
      const input = anOrder(customer.id, line(1), { terms: khataTerms() });
      await store.orders.add(input, aBy());
      await store.khata.reverse(input.khataEntryId, newId(), 'by hand', aBy());
      await store.orders.changeStatus(input.id, 'cancelled', newId(), null, aBy());
      assert.equal(await balance(), 0);
    },
  },
  {
    name: 'an order of many pieces, whose customer was removed since, is cancelled as one of few is',
    run: async (store) => {
      const { orders, products, khata, customers } = store;
      const { customer } = await openCounter(store);
      const pieces = Array.from({ length: 30 }, (_, index) => aProduct({ stockQuantity: index % 2 }));
      for (const piece of pieces) await products.add(piece, aBy());
      const lines = pieces.map(({ id }) => ({ productId: id, quantity: 1, unitPricePaise: 100_10 }));
      const [earlier, input] = [
        anOrder(customer.id, lines.slice(0, 1)),
        anOrder(customer.id, lines, { terms: khataTerms() }),
      ] as const;
      await orders.add(earlier, aBy({ at: START - DAY }));
      await orders.add(input, aBy());
      await khata.post(aCredit(customer.id, 30 * 100_10), aBy());
      await customers.remove(customer.id, null, aBy());
      await orders.changeStatus(input.id, 'cancelled', newId(), null, aBy());
      assert.equal((await present(customers.find(customer.id))).balancePaise, -30 * 100_10);
      const stock = await Promise.all(pieces.map(async ({ id }) => (await products.find(id))?.stockQuantity));
      // The earlier order has taken the first piece, of which there was none.
      assert.deepEqual(
        stock,
        pieces.map(({ stockQuantity }) => stockQuantity),
      );
      assert.deepEqual((await store.journal.verify()).problems, []);
    },
  },
  {
    name: 'every status can be reached but none after cancelled; the moments and the history are kept',
    run: async (store) => {
      const { orders } = store;
      const { customer, line } = await openCounter(store);
      const input = anOrder(customer.id, line(1));
      const by = (at: number) => aBy({ at, actor: { kind: 'system', name: 'Meera' } });
      await orders.add(input, by(START));
      const change = async (status: 'pending' | 'processing' | 'completed' | 'cancelled', at: number) =>
        (await orders.changeStatus(input.id, status, newId(), null, by(at))).value;
      assert.equal((await change('completed', START + 1)).completedAt, START + 1);
      await change('processing', START + 2);
      const cancelled = await change('cancelled', START + 3);
      assert.deepEqual(
        [cancelled.status, cancelled.cancelledAt, cancelled.version],
        ['cancelled', START + 3, 4],
      );
      for (const status of ['pending', 'processing', 'completed'] as const) {
        await refusedWithoutTrace(store, () => change(status, START + 4), 'order_is_cancelled');
      }
      const detail = await present(orders.detail(input.id));
      assert.deepEqual(detail.order, cancelled);
      assert.deepEqual(detail.customer, await store.customers.find(customer.id));
      assert.deepEqual(detail.history, [
        { at: START, from: null, to: 'pending', by: 'Meera' },
        { at: START + 1, from: 'pending', to: 'completed', by: 'Meera' },
        { at: START + 2, from: 'completed', to: 'processing', by: 'Meera' },
        { at: START + 3, from: 'processing', to: 'cancelled', by: 'Meera' },
      ]);
      assert.equal(await orders.detail(newId()), null);
    },
  },
  {
    name: 'an order is told without its customer, once that is removed, and without the history of another',
    run: async (store) => {
      const { orders } = store;
      const { customer, line } = await openCounter(store);
      const [input, other] = [anOrder(customer.id, line(1)), anOrder(customer.id, line(1))];
      for (const one of [input, other]) await orders.add(one, aBy());
      await orders.changeStatus(other.id, 'processing', newId(), null, aBy());
      await store.customers.remove(customer.id, null, aBy());
      const detail = await present(orders.detail(input.id));
      assert.equal(detail.customer, null);
      assert.deepEqual(
        detail.history.map(({ to }) => to),
        ['pending'],
      );
    },
  },
  {
    name: 'an order is told as on khata for as long as its debit stands, and a payment other than was told is not booked',
    run: async (store) => {
      const { orders, khata } = store;
      const { customer, line } = await openCounter(store);
      const [plain, cancelled, input] = [
        anOrder(customer.id, line(1)),
        anOrder(customer.id, line(1), { terms: khataTerms() }),
        anOrder(customer.id, line(1), { terms: khataTerms({ amountPaidPaise: 50_05 }) }),
      ];
      for (const one of [plain, cancelled, input]) await orders.add(one, aBy());
      await orders.changeStatus(cancelled.id, 'cancelled', newId(), null, aBy());
      const inKhata = async (id: string) => (await present(orders.detail(id))).inKhata;
      assert.deepEqual(await Promise.all([plain.id, cancelled.id, input.id].map(inKhata)), [
        false,
        false,
        true,
      ]);
      const pay = (amountPaise: number) => () =>
        orders.changePaymentStatus(input.id, { status: 'paid', amountPaise }, null, aBy());
      await refusedWithoutTrace(store, pay(50_05), 'stale_version');
      await khata.reverse(input.khataEntryId, newId(), 'by hand', aBy());
      assert.equal(await inKhata(input.id), false);
      await refusedWithoutTrace(store, pay(0), 'stale_version');
      const paid = (await pay(50_05)()).value;
      assert.equal(paid.payments.at(-1)?.amountPaise, 50_05);
      await refusedWithoutTrace(store, pay(50_05), 'stale_version');
      assert.deepEqual((await pay(0)()).value, paid, 'it is paid already');
    },
  },
  {
    name: 'parts of what is missing come in one after the other, each of them kept; a part that is too much leaves no trace',
    run: async (store) => {
      const { orders } = store;
      const { customer, line } = await openCounter(store);
      const input = anOrder(customer.id, line(1));
      await orders.add(input, aBy());
      const take = (partPaise: number, method: 'cash' | 'upi', at: number) => () =>
        orders.changePaymentStatus(input.id, { status: 'partial', method, partPaise }, null, aBy({ at }));
      await take(10_05, 'cash', START + 1)();
      await take(20_00, 'upi', START + 2)();
      const kept = await present(orders.find(input.id));
      assert.deepEqual(
        [kept.paymentStatus, kept.version, kept.payments],
        [
          'partial',
          3,
          [
            { method: 'cash', amountPaise: 10_05, reference: null, at: START + 1, byStatus: true },
            { method: 'upi', amountPaise: 20_00, reference: null, at: START + 2, byStatus: true },
          ],
        ],
      );
      const rest = kept.totalPaise - 30_05;
      await refusedWithoutTrace(store, take(rest, 'cash', START + 3), 'invalid_input');
      await take(rest - 1, 'cash', START + 3)();
      assert.equal((await present(orders.find(input.id))).payments.length, 3);
      assert.deepEqual((await store.journal.verify()).problems, []);
    },
  },
  {
    name: 'a stale version or an unknown order is refused by every change, and of changes at once one is done',
    run: async (store) => {
      const { orders } = store;
      const { customer, line } = await openCounter(store);
      const input = anOrder(customer.id, line(1));
      await orders.add(input, aBy());
      const attempts = [1, 2, 3].map(() => orders.changeStatus(input.id, 'processing', newId(), 1, aBy()));
      assert.equal(await countDone(attempts, 'stale_version'), 1);
      const changes = (id: string, version: number | null) => [
        () => orders.changeStatus(id, 'completed', newId(), version, aBy()),
        () => orders.changePaymentStatus(id, { status: 'paid' }, version, aBy()),
        () => orders.addNotes(id, { notes: 'x' }, version, aBy()),
      ];
      for (const change of changes(input.id, 1)) await refusedWithoutTrace(store, change, 'stale_version');
      for (const change of changes(newId(), null)) await refused(change(), 'order_not_found');
      for (const [index, change] of changes(input.id, null).entries()) {
        await change();
        assert.equal((await present(orders.find(input.id))).version, index + 3);
      }
    },
  },
  {
    name: 'notes are appended for the customer or for the shop, and none is lost when they come at once',
    run: async (store) => {
      const { customer, line } = await openCounter(store);
      const input = anOrder(customer.id, line(1), { notes: 'first' });
      await store.orders.add(input, aBy());
      await Promise.all([
        store.orders.addNotes(input.id, { notes: 'second' }, null, aBy()),
        store.orders.addNotes(input.id, { notes: 'third' }, null, aBy()),
        store.orders.addNotes(input.id, { adminNotes: 'private' }, null, aBy()),
      ]);
      const { notes, adminNotes } = await present(store.orders.find(input.id));
      for (const text of ['first', 'second', 'third']) assert.ok(notes.includes(text), text);
      assert.ok(!notes.includes('private') && adminNotes.includes('private'));
    },
  },
  {
    name: 'lists and statistics are filtered by what is named and by nothing else',
    run: async (store) => {
      const { orders } = store;
      const [one, two] = [await openCounter(store), await openCounter(store)];
      const [a, b, c] = [
        anOrder(one.customer.id, one.line(1), { numberTails: 'QQQ1' }),
        anOrder(one.customer.id, one.line(2), { numberTails: 'QQQ2' }),
        anOrder(two.customer.id, two.line(1), { numberTails: 'QQQ3' }),
      ] as const;
      for (const [index, input] of [a, b, c].entries()) await orders.add(input, aBy({ at: START + index }));
      await orders.changeStatus(b.id, 'completed', newId(), null, aBy());
      await orders.changePaymentStatus(c.id, { status: 'partial' }, null, aBy());
      const expected: [OrderFilter, string[]][] = [
        [{}, [c.id, b.id, a.id]],
        [{ status: 'completed' }, [b.id]],
        [{ status: 'cancelled' }, []],
        [{ paymentStatus: 'unpaid' }, [b.id, a.id]],
        [{ customerId: two.customer.id }, [c.id]],
        [{ from: START + 1, to: START + 2 }, [b.id]],
        [{ search: 'qqq3' }, [c.id]],
        [{ search: one.customer.name.toUpperCase() }, [b.id, a.id]],
        [{ search: '%' }, []],
        [{ status: 'pending', customerId: one.customer.id }, [a.id]],
      ];
      for (const [filter, ids] of expected) {
        const { rows, total } = await orders.list(filter, ALL);
        assert.deepEqual([rows.map(({ id }) => id), total], [ids, ids.length], JSON.stringify(filter));
      }
      const { count, totalPaise, byStatus, byPaymentStatus } = await orders.statistics({});
      assert.deepEqual([count, totalPaise], [3, 4 * 100_10]);
      assert.deepEqual(byStatus, { pending: 2, processing: 0, completed: 1, cancelled: 0 });
      assert.deepEqual(byPaymentStatus, { unpaid: 2, partial: 1, paid: 0 });
      assert.equal((await orders.statistics({ from: START + 1, to: START + 2 })).count, 1);
    },
  },
  {
    name: 'a search finds orders by the name of the customer in either script, and counts the same',
    run: async (store) => {
      const { orders, customers } = store;
      const { customer, line } = await openCounter(store, 9);
      const ids: string[] = [];
      for (const [n, name] of ['गणपत शिंदे', 'Ganpat Shinde', 'Sunita'].entries()) {
        await customers.change(customer.id, { name }, null, aBy());
        const input = anOrder(customer.id, line(1));
        await orders.add(input, aBy({ at: START + n }));
        ids.push(input.id);
      }
      const expected: [string, number[]][] = [
        ['ganpat', [1, 0]],
        ['गणपत शिं', [1, 0]],
        ['shinde', [1, 0]],
        ['सुनीता', [2]],
        ['गोविंद', []],
      ];
      for (const [search, places] of expected) {
        const { rows, total } = await orders.list({ search }, ALL);
        const found = places.map((place) => ids[place]);
        assert.deepEqual([rows.map(({ id }) => id), total], [found, found.length], search);
        assert.deepEqual(await orders.listAfter({ search }, null, 1000), rows, 'read on');
        assert.equal((await orders.statistics({ search })).count, found.length);
      }
    },
  },
];
