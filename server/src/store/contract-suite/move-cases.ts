import assert from 'node:assert/strict';
import { aBy, aCustomer } from './builders.ts';
import { type ContractCase, refused, refusedWithoutTrace } from './contract-case.ts';

const PLACE = 'mongodb://db1,db2/swati';

export const moveCases: ContractCase[] = [
  {
    name: 'a shop that left says where it is, is read as before, and takes no change, bookkeeping neither',
    run: async (store) => {
      const { value: customer } = await store.customers.add(aCustomer(), aBy());
      assert.equal(await store.moves.movedTo(), null);
      await store.moves.leave(PLACE, aBy());
      assert.equal(await store.moves.movedTo(), PLACE);
      const add = () => store.customers.add(aCustomer({ phone: '9820098299' }), aBy());
      await refusedWithoutTrace(store, add, 'shop_moved');
      const attempt = { id: 'a1', account: 'asha', address: '10.0.0.1' };
      const refusal = await refused(store.sessions.takeAttempt(attempt, aBy()), 'shop_moved');
      assert.match(refusal.message ?? '', /mongodb:\/\/db1,db2\/swati$/);
      await refused(store.moves.leave('sqlite:/elsewhere', aBy()), 'shop_moved');
      assert.equal((await store.customers.find(customer.id))?.id, customer.id);
      const [entry] = await store.journal.list({}, 1);
      assert.deepEqual([entry?.action, entry?.after], ['shop.moved', { to: PLACE }]);
    },
  },
  {
    name: 'changes that wait together with the leaving are refused after it',
    run: async (store) => {
      const names = ['9820098201', '9820098202', '9820098203'];
      const attempts = await Promise.allSettled([
        store.customers.add(aCustomer({ phone: '9820098200' }), aBy()),
        store.moves.leave(PLACE, aBy()),
        ...names.map((phone) => store.customers.add(aCustomer({ phone }), aBy())),
      ]);
      const done = attempts.filter(({ status }) => status === 'fulfilled').length;
      const [last] = await store.journal.list({}, 1);
      assert.equal(last?.action, 'shop.moved');
      assert.equal((await store.customers.list({}, { skip: 0, limit: 10 })).total, done - 1);
    },
  },
  {
    name: 'a result that was saved before the leaving is not given again',
    run: async (store) => {
      const claim = { userId: 'u1', key: 'k1', fingerprint: 'f1', retryCount: 0 };
      const customer = aCustomer();
      await store.customers.add(customer, aBy({ claim }));
      await store.moves.leave(PLACE, aBy());
      await refused(store.customers.add(customer, aBy({ claim })), 'shop_moved');
    },
  },
  {
    name: 'a shop that comes back takes changes again; one that never left has nothing to come back from',
    run: async (store) => {
      await store.moves.comeBack(aBy());
      assert.equal(await store.journal.position(), 0);
      await store.moves.leave(PLACE, aBy());
      await store.moves.comeBack(aBy());
      assert.equal(await store.moves.movedTo(), null);
      await store.customers.add(aCustomer(), aBy());
      const [, entry] = await store.journal.list({}, 2);
      assert.deepEqual([entry?.action, entry?.after], ['shop.returned', { from: PLACE }]);
    },
  },
];
