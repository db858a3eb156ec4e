// What must hold when many write at once (R4, R9 to R12 at a tenth of their size): on one door, and on two doors of
// two processes that share the database. Counted on this side: the store is never asked whether it lost something.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openMongoDatabase, uriOf } from '../../../test/mongo-database.ts';
import type { By } from '../../domain/actor.ts';
import { foldBalance } from '../../domain/khata.ts';
import { ShopError } from '../../domain/shop-error.ts';
import {
  ALL,
  aBy,
  aCredit,
  aCustomer,
  aDebit,
  anOrder,
  aProduct,
  khataTerms,
} from '../contract-suite/builders.ts';
import { countDone, present, refused } from '../contract-suite/contract-case.ts';
import type { TestDatabase } from '../contract-suite/store-contract.ts';
import type { Store } from '../store.ts';
import { type OpenDatabase, shopOf } from './mongo-store.ts';

const SHOP = 'races';

describe('many writers at once on MongoDB', () => {
  let here: TestDatabase & OpenDatabase;
  let there: TestDatabase & OpenDatabase;
  /** The same shop through two processes' worth of connections, queues and doors. */
  let stores: [Store, Store];
  before(async () => {
    here = await openMongoDatabase();
    there = await openMongoDatabase(undefined, uriOf(here));
    stores = [shopOf(here, SHOP), shopOf(there, SHOP)];
  });
  after(async () => {
    const { problems } = await stores[0].journal.verify();
    await there.client.close();
    await here.close();
    assert.deepEqual(problems, []);
  });

  it('R11: 64 postings to one customer at once, 20 rounds: an exact chain of balances', async () => {
    const [store] = stores;
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 64 }, () => store.khata.post(aDebit(id, 7), aBy())));
    }
    const entries = await store.khata.listFrom(id, 0, 2000);
    const expected = Array.from({ length: 20 * 64 }, (_, n) => (n + 1) * 7);
    assert.deepEqual(
      entries.map((entry) => entry.balanceAfterPaise),
      expected,
    );
    assert.equal((await present(store.customers.find(id))).balancePaise, 20 * 64 * 7);
  });

  it('R11 through two doors: nothing lost, nothing twice, no error seen', async () => {
    const { id } = (await stores[0].customers.add(aCustomer(), aBy())).value;
    await Promise.all(
      Array.from({ length: 128 }, (_, n) => (stores[n % 2] as Store).khata.post(aDebit(id, 3), aBy())),
    );
    assert.equal((await present(stores[1].customers.find(id))).balancePaise, 128 * 3);
    const entries = await stores[1].khata.listFrom(id, 0, 1000);
    assert.deepEqual(
      entries.map((entry) => entry.balanceAfterPaise),
      Array.from({ length: 128 }, (_, n) => (n + 1) * 3),
    );
  });

  it('what another machine wrote changes the stamp as soon as its position was read', async () => {
    const [here, there] = stores;
    // Time changes it, too, twice a second: not in every round.
    for (let round = 0; round < 8; round++) {
      const before = there.journal.stamp();
      const { position } = await here.customers.add(aCustomer(), aBy());
      assert.ok((await there.journal.position()) >= position);
      assert.notEqual(there.journal.stamp(), before);
    }
  });

  it('R9: one key sent twice at once, also through two doors: one effect, the same answer', async () => {
    const { id } = (await stores[0].customers.add(aCustomer(), aBy())).value;
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        Array.from({ length: 10 }, async (_, n) => {
          const claim = { userId: 'u', key: `pair-${round}-${n}`, fingerprint: 'f', retryCount: 0 };
          const post = (store: Store): Promise<unknown> => {
            const by: By = aBy({ claim });
            return store.khata.post(aDebit(id, 1), by);
          };
          const [one, other] = await Promise.all([post(stores[0]), post(stores[n % 2] as Store)]);
          assert.deepEqual(other, one);
          const by = aBy({ claim: { ...claim, fingerprint: 'other' } });
          await refused(stores[0].khata.post(aDebit(id, 1), by), 'key_reused');
        }),
      );
    }
    assert.equal((await present(stores[0].customers.find(id))).balancePaise, 100);
  });

  it('R10: the last piece has one buyer of 16, 20 rounds; 7 pieces have 7 of 40', async () => {
    const [store] = stores;
    await store.settings.change({ strictStock: true }, null, aBy());
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const buy = async (pieces: number, buyers: number): Promise<number> => {
      const { product } = (await store.products.add(aProduct({ stockQuantity: pieces }), aBy())).value;
      const lines = [{ productId: product.id, quantity: 1, unitPricePaise: 100 }];
      const before = (await store.orders.list({}, ALL)).total;
      const attempts = Array.from({ length: buyers }, (_, n) =>
        (stores[n % 2] as Store).orders.add(anOrder(id, lines), aBy()),
      );
      const done = await countDone(attempts, 'out_of_stock');
      assert.equal((await store.orders.list({}, ALL)).total - before, done);
      assert.equal((await present(store.products.find(product.id))).stockQuantity, 0);
      return done;
    };
    for (let round = 0; round < 20; round++) assert.equal(await buy(1, 16), 1);
    assert.equal(await buy(7, 40), 7);
    await store.settings.change({ strictStock: false }, null, aBy());
  });

  it('R12: 200 orders by four writers have 200 numbers, and nobody saw an error', async () => {
    const [store] = stores;
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const { product } = (await store.products.add(aProduct({ stockQuantity: 0 }), aBy())).value;
    const lines = [{ productId: product.id, quantity: 1, unitPricePaise: 100 }];
    const numbers = new Set<string>();
    await Promise.all(
      Array.from({ length: 4 }, async (_, writer) => {
        for (let n = 0; n < 50; n++) {
          const order = anOrder(id, lines, { terms: khataTerms() });
          const placed = await (stores[writer % 2] as Store).orders.add(order, aBy());
          numbers.add(placed.value.order.orderNumber);
        }
      }),
    );
    assert.equal(numbers.size, 200);
    assert.equal((await present(store.customers.find(id))).balancePaise, 200 * 100);
  });

  it('a file of many customers comes in beside postings through another door, of which none is refused', async () => {
    const [office, counter] = stores;
    const { id } = (await counter.customers.add(aCustomer(), aBy())).value;
    const rows = Array.from({ length: 1_500 }, () => ({ customer: aCustomer(), opening: null }));
    let isIn = false;
    let posted = 0;
    const importing = office.imports.customers(rows, aBy()).finally(() => {
      isIn = true;
    });
    const posting = Array.from({ length: 2 }, async () => {
      for (; !isIn; posted++) await counter.khata.post(aDebit(id, 1), aBy());
    });
    await Promise.all([importing, ...posting]);
    assert.ok(posted > 0);
    assert.equal((await present(counter.customers.find(id))).balancePaise, posted);
    assert.equal((await counter.customers.find(rows[0]?.customer.id ?? ''))?.phone, rows[0]?.customer.phone);
    // One that is refused leaves the head as it was.
    const head = () => here.db.collection('shops').findOne({ shop_id: SHOP });
    const before = await head();
    const again = rows.map(({ customer }) => ({
      customer: aCustomer({ phone: customer.phone }),
      opening: null,
    }));
    await refused(office.imports.customers(again, aBy()), 'phone_taken');
    assert.deepEqual(await head(), before);
  });

  it('R4: eight writers move money between accounts, four readers never see a wrong total', async () => {
    const [store] = stores;
    const accounts = await Promise.all(
      Array.from({ length: 8 }, async () => (await store.customers.add(aCustomer(), aBy())).value.id),
    );
    let writing = true;
    let reads = 0;
    const write = async (n: number): Promise<void> => {
      for (let round = 0; round < 40; round++) {
        const of = accounts[(n + round) % accounts.length] as string;
        await store.khata.post(round % 2 === 0 ? aDebit(of, 500) : aCredit(of, 300), aBy());
      }
    };
    const read = async (n: number): Promise<void> => {
      for (; writing || reads < 500; reads++) {
        const id = accounts[(n + reads) % accounts.length] as string;
        const khata = await present(store.khata.ofCustomer(id, ALL));
        const { balancePaise } = khata.customer;
        assert.equal(foldBalance(khata.entries.rows), balancePaise);
        assert.equal(khata.totals.debitsPaise - khata.totals.creditsPaise, balancePaise);
        assert.equal(khata.entries.total, khata.entries.rows.length);
        const { outstandingPaise, creditPaise, totals } = await store.khata.summary();
        assert.equal(outstandingPaise - creditPaise, totals.debitsPaise - totals.creditsPaise);
      }
    };
    const writers = Promise.all(Array.from({ length: 8 }, (_, n) => write(n))).then(() => {
      writing = false;
    });
    await Promise.all([writers, ...[0, 1, 2, 3].map(read)]);
    assert.ok(reads >= 500, `${reads} reads`);
  });

  it('more than may wait is refused as busy, and whoever was taken in is answered', async () => {
    const store = stores[1];
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 1100 }, () => store.khata.post(aDebit(id, 1), aBy())),
    );
    const failed = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    assert.equal(failed.length, 100);
    for (const error of failed) assert.ok(error instanceof ShopError && error.code === 'busy');
    assert.equal((await present(store.customers.find(id))).balancePaise, 1000);
  });
});
