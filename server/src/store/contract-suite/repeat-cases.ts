// Repeated requests: under an Idempotency-Key for 24 hours; the older client's retries for 90 seconds.

import assert from 'node:assert/strict';
import type { By, Claim } from '../../domain/actor.ts';
import type { Store } from '../store.ts';
import {
  ALL,
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  DAY,
  khataTerms,
  newId,
  START,
} from './builders.ts';
import { type ContractCase, present, refused } from './contract-case.ts';

function claim(overrides: Partial<Claim> = {}, at = START): By {
  const one = { userId: 'user-1', key: 'key-1', fingerprint: 'same request', retryCount: 0, ...overrides };
  return aBy({ at, claim: one });
}

/** The older client: no key, its count of tries. */
function retry(retryCount: number, at = START): By {
  return claim({ key: null, retryCount }, at);
}

/** A posting of 100 paise as a request makes it: a new id each time it arrives. */
async function poster(store: Store) {
  const { id } = (await store.customers.add(aCustomer(), aBy())).value;
  return {
    post: (by: By) => store.khata.post(aDebit(id, 100), by),
    count: async () => (await store.khata.list({ customerId: id }, ALL)).total,
    customerId: id,
  };
}

export const repeatCases: ContractCase[] = [
  {
    name: 'a repeated key gets the first answer, word for word, and does nothing',
    run: async (store) => {
      const { post, count } = await poster(store);
      const first = await post(claim());
      const position = await store.journal.position();
      const second = await post(claim({}, START + 1000));
      assert.deepEqual(second, first);
      assert.equal(await count(), 1);
      assert.equal(await store.journal.position(), position);
    },
  },
  {
    name: 'a repeated key that comes at once, many times, has one effect',
    run: async (store) => {
      const { post, count } = await poster(store);
      const answers = await Promise.all(Array.from({ length: 10 }, () => post(claim())));
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      assert.equal(await count(), 1);
    },
  },
  {
    name: 'the saved answer of an order holds what followed from it, and a repeat takes no stock and posts nothing',
    run: async (store) => {
      const customer = aCustomer();
      const product = aProduct({ stockQuantity: 3 });
      await store.customers.add(customer, aBy());
      await store.products.add(product, aBy());
      const lines = [{ productId: product.id, quantity: 2, unitPricePaise: 500_00 }];
      const place = () => store.orders.add(anOrder(customer.id, lines, { terms: khataTerms() }), claim());
      const first = await place();
      await store.products.change(product.id, { name: 'Renamed since' }, null, aBy());
      assert.deepEqual(await place(), first);
      assert.equal((await store.orders.list({}, ALL)).total, 1);
      assert.equal((await present(store.products.find(product.id))).stockQuantity, 1);
      assert.equal((await present(store.customers.find(customer.id))).balancePaise, 1000_00);
    },
  },
  {
    name: 'a key under another request is refused, and the first answer stays',
    run: async (store) => {
      const { post, count } = await poster(store);
      const first = await post(claim());
      await refused(post(claim({ fingerprint: 'another request' })), 'key_reused');
      assert.equal(await count(), 1);
      assert.deepEqual(await post(claim()), first);
    },
  },
  {
    name: 'keys are each user’s own, and two keys are two requests',
    run: async (store) => {
      const { post, count } = await poster(store);
      await post(claim());
      await post(claim({ userId: 'user-2' }));
      await post(claim({ key: 'key-2' }));
      assert.equal(await count(), 3);
    },
  },
  {
    name: 'a key is remembered for 24 hours and then forgotten',
    run: async (store) => {
      const { post, count } = await poster(store);
      await post(claim());
      await post(claim({}, START + DAY - 1));
      assert.equal(await count(), 1);
      await post(claim({ fingerprint: 'a new request' }, START + DAY + 1));
      assert.equal(await count(), 2);
      await post(claim({ fingerprint: 'a new request' }, START + DAY + 2));
      assert.equal(await count(), 2);
    },
  },
  {
    name: 'a saved refusal is given again, even when the rule would now allow it; a new key is judged anew',
    run: async (store) => {
      const { customerId, post } = await poster(store);
      await post(aBy());
      const remove = (by: By) => store.customers.remove(customerId, null, by);
      await refused(remove(claim()), 'customer_has_balance');
      await store.khata.post(aCredit(customerId, 100), aBy());
      await refused(remove(claim()), 'customer_has_balance');
      assert.notEqual(await store.customers.find(customerId), null);
      await remove(claim({ key: 'key-2' }));
      assert.equal(await store.customers.find(customerId), null);
    },
  },
  {
    name: 'a refusal of the input is not saved: the same key may be sent again once it can be done',
    run: async (store) => {
      const owner = (await store.customers.add(aCustomer(), aBy())).value;
      const add = () => store.customers.add(aCustomer({ phone: owner.phone }), claim());
      await refused(add(), 'phone_taken');
      await store.customers.remove(owner.id, null, aBy());
      await add();
      await add();
      assert.equal((await store.customers.list({}, ALL)).total, 1);
    },
  },
  {
    name: 'without a key two equal requests are two; a retry claims the one that went before, once a chain',
    run: async (store) => {
      const { post, count } = await poster(store);
      const first = await post(retry(0));
      const second = await post(retry(0));
      assert.equal(await count(), 2);
      const claimed = [await post(retry(1)), await post(retry(1))];
      assert.equal(await count(), 2);
      assert.deepEqual(
        claimed.map(({ position }) => position).toSorted((a, b) => a - b),
        [first.position, second.position],
      );
      assert.ok([first.position, second.position].includes((await post(retry(2))).position));
      assert.equal(await count(), 2);
    },
  },
  {
    name: 'a third equal retry with nothing left to claim is a request of its own',
    run: async (store) => {
      const { post, count } = await poster(store);
      await post(retry(0));
      await post(retry(1));
      await post(retry(1));
      assert.equal(await count(), 2);
    },
  },
  {
    name: 'a retry whose first try never arrived is done, and its own retries claim it',
    run: async (store) => {
      const { post, count } = await poster(store);
      await post(retry(1));
      await post(retry(2));
      await post(retry(3));
      assert.equal(await count(), 1);
    },
  },
  {
    name: 'a retry claims nothing older than 90 seconds, of another request or of another user',
    run: async (store) => {
      const { post, count } = await poster(store);
      await post(retry(0));
      await post(retry(1, START + 90_001));
      assert.equal(await count(), 2);
      await post(claim({ key: null, retryCount: 1, userId: 'user-2' }));
      await post(claim({ key: null, retryCount: 1, fingerprint: 'another request' }));
      assert.equal(await count(), 4);
    },
  },
  {
    name: 'the first try and its retry that come at once have one effect',
    run: async (store) => {
      const { post, count } = await poster(store);
      await Promise.all([post(retry(0)), post(retry(1)), post(retry(2))]);
      assert.equal(await count(), 1);
    },
  },
  {
    name: 'a repeat is recognised for every kind of change',
    run: async (store) => {
      const customer = aCustomer();
      const product = aProduct();
      await store.customers.add(customer, aBy());
      await store.products.add(product, aBy());
      const changes: ((by: By) => Promise<unknown>)[] = [
        (by) => store.customers.add(aCustomer(), by),
        (by) => store.customers.change(customer.id, { name: newId() }, null, by),
        (by) => store.products.add(aProduct(), by),
        (by) => store.products.change(product.id, { name: newId() }, null, by),
        (by) => store.products.remove(product.id, null, by),
        (by) => store.settings.change({ shopName: newId() }, null, by),
      ];
      for (const [index, change] of changes.entries()) {
        const first = await change(claim({ key: `kind-${index}` }));
        const position = await store.journal.position();
        assert.deepEqual(await change(claim({ key: `kind-${index}` })), first);
        assert.equal(await store.journal.position(), position, `change ${index} ran again`);
      }
    },
  },
];
