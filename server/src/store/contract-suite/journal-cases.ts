import assert from 'node:assert/strict';
import type { By } from '../../domain/actor.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { JobReason } from '../../domain/training-job.ts';
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
  aSession,
  aUser,
  newId,
  START,
} from './builders.ts';
import { type ContractCase, refused } from './contract-case.ts';

/** A day's work: every kind of change of the books, each with the entry that it must leave first. */
async function everyChange(store: Store): Promise<[action: string, change: (by: By) => Promise<unknown>][]> {
  const { customers, khata, products, orders, sales, prices, users, settings } = store;
  const customer = aCustomer();
  const product = aProduct({ status: 'draft' });
  const entry = aDebit(customer.id, 100);
  const order = anOrder(customer.id, [{ productId: product.id, quantity: 1, unitPricePaise: null }]);
  const user = aUser();
  const rate = aGoldRate(700_000, START);
  return [
    ['customer.created', (by) => customers.add(customer, by)],
    ['customer.changed', (by) => customers.change(customer.id, { name: 'Renamed' }, null, by)],
    ['khata.posted', (by) => khata.post(entry, by)],
    ['khata.reversed', (by) => khata.reverse(entry.id, newId(), 'mistake', by)],
    ['product.created', (by) => products.add(product, by)],
    ['product.published', (by) => products.bulk([product.id], 'publish', by)],
    ['product.changed', (by) => products.change(product.id, { stonesPaise: 100 }, null, by)],
    ['product.removed', (by) => products.remove(product.id, null, by)],
    ['product.restored', (by) => products.restore(product.id, by)],
    ['order.created', (by) => orders.add(order, by)],
    ['', (by) => orders.changePaymentStatus(order.id, { status: 'paid' }, null, by)],
    ['', (by) => orders.addNotes(order.id, { notes: 'call first' }, null, by)],
    ['', (by) => orders.changeStatus(order.id, 'cancelled', newId(), null, by)],
    [
      '',
      (by) =>
        sales.add(aSale(customer.id, [{ productId: product.id, quantity: 1, unitPricePaise: 100 }]), by),
    ],
    ['metal_price.recorded', (by) => prices.record(rate, by)],
    [
      'metal_price.recorded',
      (by) => prices.record(aGoldRate(120_00, START, { metal: 'silver', purity: '999' }), by),
    ],
    ['diamond_price.recorded', (by) => prices.recordDiamond(aDiamondPrice(), by)],
    ['user.created', (by) => users.add(user, by)],
    ['user.changed', (by) => users.change(user.id, { permissions: [] }, by)],
    ['user.password_reset', (by) => users.change(user.id, { passwordHash: 'the-secret-hash' }, by)],
    ['settings.changed', (by) => settings.change({ strictStock: true }, null, by)],
    ['customer.removed', (by) => customers.remove(customer.id, null, by)],
    ['customer.restored', (by) => customers.restore(customer.id, by)],
  ];
}

const meera = { kind: 'system', name: 'Meera' } as const;

export const journalCases: ContractCase[] = [
  {
    name: 'every change of the books leaves entries that say who, when, for which request, what and of what',
    run: async (store) => {
      const { journal } = store;
      let position = await journal.position();
      for (const [index, [action, change]] of (await everyChange(store)).entries()) {
        const by = aBy({ actor: meera, at: START + index, requestId: `journal-${index}` });
        await change(by);
        const now = await journal.position();
        const added = (await journal.list({}, 1000)).filter(({ seq }) => seq > position);
        assert.ok(added.length > 0, `nothing in the journal after change ${index} (${action})`);
        assert.equal(now - position, added.length, 'the position is not the number of the newest entry');
        for (const entry of added) {
          assert.deepEqual(
            [entry.actor, entry.at, entry.requestId],
            [meera, START + index, `journal-${index}`],
          );
          assert.notEqual(entry.subject.id, '');
        }
        if (action !== '')
          assert.ok(
            added.some((entry) => entry.action === action),
            `no entry is ${action}`,
          );
        position = now;
      }
    },
  },
  {
    name: 'entries follow each other without a gap, each naming the hash of the one before',
    run: async (store) => {
      for (const [index, [, change]] of (await everyChange(store)).entries())
        await change(aBy({ at: START + index }));
      const entries = (await store.journal.list({}, 1000)).toReversed();
      assert.deepEqual(
        entries.map(({ seq }) => seq),
        entries.map((_, index) => index + 1),
      );
      let before = '0'.repeat(64);
      for (const entry of entries) {
        assert.equal(entry.prevHash, before);
        assert.match(entry.hash, /^[0-9a-f]{64}$/);
        before = entry.hash;
        assert.deepEqual(await store.journal.findByHash(entry.hash), entry);
      }
      assert.equal(await store.journal.findByHash('f'.repeat(64)), null);
      const report = await store.journal.verify();
      assert.deepEqual(report.problems, []);
      assert.deepEqual(report.head, { seq: entries.length, hash: before });
    },
  },
  {
    name: 'the stamp is another one as soon as a change is answered',
    run: async (store) => {
      for (const [action, change] of await everyChange(store)) {
        const before = store.journal.stamp();
        await change(aBy());
        assert.notEqual(store.journal.stamp(), before, action);
      }
    },
  },
  {
    name: 'a change by its name is the method of that name, and no other name is a change',
    run: async (store) => {
      const input = aCustomer();
      const { value, position } = await store.run('customers.add', [input], aBy());
      assert.deepEqual(value, await store.customers.find(input.id));
      assert.equal(position, await store.journal.position());
      await refused(store.run('customers.remove', [newId(), null], aBy()), 'customer_not_found');
      for (const name of ['customers.drop', 'constructor', '']) {
        await assert.rejects(store.run(name, [input.id], aBy()), new RegExp(`no change is named ${name}`));
      }
    },
  },
  {
    name: 'no entry holds a secret',
    run: async (store) => {
      const user = aUser({ passwordHash: 'the-secret-hash' });
      await store.users.add(user, aBy());
      await store.users.change(user.id, { passwordHash: 'the-secret-hash-2' }, aBy());
      assert.doesNotMatch(JSON.stringify(await store.journal.list({}, 1000)), /the-secret-hash/);
    },
  },
  {
    name: 'an entry of a change holds the changed fields alone, before and after',
    run: async ({ customers, journal }) => {
      const customer = aCustomer({ name: 'Old' });
      await customers.add(customer, aBy());
      await customers.change(customer.id, { name: 'New', email: null }, null, aBy());
      const [entry] = await journal.list({}, 1);
      assert.deepEqual([entry?.before, entry?.after], [{ name: 'Old' }, { name: 'New' }]);
    },
  },
  {
    name: 'what is removed or brought back is named by its entry',
    run: async ({ customers, khata, products, journal }) => {
      const [customer, product] = [aCustomer({ name: 'Asha' }), aProduct({ name: 'Nath' })];
      const entry = aDebit(customer.id, 100);
      await customers.add(customer, aBy());
      await khata.post(entry, aBy());
      await khata.post({ ...aDebit(customer.id, 100), type: 'credit' }, aBy());
      await products.add(product, aBy());
      const named = { customer: 'Asha', product: 'Nath' };
      const newest = async (type: keyof typeof named, isActive: boolean) => {
        const [kept] = await journal.list({ subject: type }, 1);
        const name = named[type];
        assert.equal(kept?.action, `${type}.${isActive ? 'restored' : 'removed'}`);
        assert.deepEqual(
          [kept.before, kept.after],
          [
            { name, isActive: !isActive },
            { name, isActive },
          ],
        );
      };
      await products.remove(product.id, null, aBy());
      await newest('product', false);
      await products.restore(product.id, aBy());
      await newest('product', true);
      await products.bulk([product.id], 'delete', aBy());
      await newest('product', false);
      await customers.remove(customer.id, null, aBy());
      await newest('customer', false);
      await customers.restore(customer.id, aBy());
      await newest('customer', true);
      await customers.remove(customer.id, null, aBy());
      await khata.reverse(entry.id, newId(), 'mistake', aBy());
      await newest('customer', true);
    },
  },
  {
    name: 'a refusal and sign-in bookkeeping leave no entry',
    run: async (store) => {
      const user = aUser();
      await store.users.add(user, aBy());
      const position = await store.journal.position();
      const session = aSession(user);
      const opened = await store.sessions.open(session, aBy());
      const first = session.refreshHash;
      await store.sessions.rotate({ hash: first, firstHash: first }, 'next', aBy());
      await store.sessions.takeAttempt({ id: newId(), account: user.id, address: '192.0.2.9' }, aBy());
      await store.sessions.revokeAll(user.id, aBy());
      await refused(store.customers.remove(newId(), null, aBy()), 'customer_not_found');
      assert.equal(await store.journal.position(), position);
      assert.equal(opened.position, position);
    },
  },
  {
    name: 'an answer names the position at which it can be read, also among others that came at once',
    run: async ({ customers, journal }) => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => customers.add(aCustomer(), aBy())));
      const positions = answers.map(({ position }) => position);
      assert.equal(new Set(positions).size, positions.length);
      const entries = await journal.list({}, 100);
      for (const { position, value } of answers) {
        assert.equal(entries.find(({ seq }) => seq === position)?.subject.id, value.id);
      }
      assert.equal(await journal.position(), Math.max(...positions));
    },
  },
  {
    name: 'the journal is filtered by subject, actor, action and time, newest first, up to a limit',
    run: async ({ customers, journal }) => {
      const [a, b] = [aCustomer(), aCustomer()];
      const ravi = { kind: 'user', id: newId(), name: 'Ravi' } as const;
      await customers.add(a, aBy({ at: START, actor: ravi }));
      await customers.add(b, aBy({ at: START + 10, actor: meera }));
      await customers.change(a.id, { name: 'Again' }, null, aBy({ at: START + 20, actor: meera }));
      const seqs = async (...args: Parameters<typeof journal.list>): Promise<number[]> =>
        (await journal.list(...args)).map(({ seq }: JournalEntry) => seq);
      assert.deepEqual(await seqs({}, 1000), [3, 2, 1]);
      assert.deepEqual(await seqs({}, 2), [3, 2]);
      assert.deepEqual(await seqs({ subject: `customer:${a.id}` }, 10), [3, 1]);
      assert.deepEqual(await seqs({ subject: 'customer' }, 10), [3, 2, 1]);
      assert.deepEqual(await seqs({ subject: 'order' }, 10), []);
      assert.deepEqual(await seqs({ actor: 'Ravi' }, 10), [1]);
      assert.deepEqual(await seqs({ actor: ravi.id }, 10), [1]);
      assert.deepEqual(await seqs({ action: 'customer.changed' }, 10), [3]);
      assert.deepEqual(await seqs({ from: START + 10, to: START + 20 }, 10), [2]);
      assert.deepEqual(await seqs({ actor: 'Meera', action: 'customer.created' }, 10), [2]);
    },
  },
  {
    name: 'what follows a position is read oldest first, in pages, whole and without what came before',
    run: async (store) => {
      const { journal } = store;
      assert.deepEqual(await journal.listAfter(0, 10), []);
      for (const [, change] of await everyChange(store)) await change(aBy());
      const all = (await journal.list({}, 1000)).toReversed();
      const walked: JournalEntry[] = [];
      for (let last = 0; ; last = walked.at(-1)?.seq ?? 0) {
        const page = await journal.listAfter(last, 7);
        walked.push(...page);
        if (page.length < 7) break;
        assert.ok(walked.length <= all.length, 'a page comes again');
      }
      assert.deepEqual(walked, all);
      assert.deepEqual(await journal.listAfter(all.length - 1, 10), all.slice(-1));
      assert.deepEqual(await journal.listAfter(all.length, 10), []);
      assert.deepEqual(await journal.listAfter(all.length + 5, 10), []);
    },
  },
  {
    name: 'the store has an epoch and can be asked how it is',
    run: async (store) => {
      await store.ping();
      assert.match(await store.journal.epoch(), /./);
      await store.customers.add(aCustomer(), aBy());
      const info = await store.info();
      assert.equal(info.rows.customers, (await store.customers.list({}, ALL)).total);
      assert.ok(info.schemaVersion > 0);
    },
  },
  {
    name: 'what monitors ask is told in one reading: the head, what is trained, and no backup yet',
    run: async (store) => {
      const none = { backupMade: null, backupFailed: null };
      assert.deepEqual(await store.vitals(), { position: 0, modelGeneration: 0, openJobs: [], ...none });
      const { position } = await store.customers.add(aCustomer(), aBy());
      const ask = (reason: JobReason) =>
        store.jobs.request({ id: newId(), targets: ['gold'], reason }, aBy());
      await ask('new_rows');
      await store.jobs.claim(aBy());
      await ask('asked');
      const openJobs = await store.jobs.open();
      assert.deepEqual(
        openJobs.map(({ state }) => state),
        ['running', 'waiting'],
      );
      assert.deepEqual(await store.vitals(), { position, modelGeneration: 0, openJobs, ...none });
    },
  },
];
