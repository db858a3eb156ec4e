// The journal of a long-lived shop is looked through in steps: what they find together is what one look would find.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDatabase } from '../../../../test/test-database.ts';
import type { JournalEntry, JournalFilter } from '../../../domain/journal.ts';
import { aBy, aCustomer, aDebit, aProduct, START } from '../../contract-suite/builders.ts';
import type { TestDatabase } from '../../contract-suite/store-contract.ts';
import { type OpenDatabase, shopOf } from '../sqlite-store.ts';
import { listJournal } from './journal.ts';

const SHOP = 'shop-1';
const STEP = 3;

describe('the journal on SQLite', () => {
  let database: TestDatabase & OpenDatabase;
  let all: JournalEntry[];
  before(async () => {
    database = await openTestDatabase();
    const { customers, khata, products, journal } = shopOf(database, SHOP);
    // The clock was set back in the middle.
    const by = (index: number) =>
      aBy({
        at: START + (index % 7) * 1000,
        actor: { kind: 'system', name: index % 2 ? 'Meera' : 'Ravi' },
      });
    const customer = aCustomer();
    await products.add(aProduct(), by(0));
    await customers.add(customer, by(1));
    for (let index = 2; index < 12; index++) await khata.post(aDebit(customer.id, 100), by(index));
    await products.add(aProduct(), by(12));
    all = await journal.list({}, 100);
    assert.equal(all.length, 13);
  });
  after(() => database.close());

  const list = (filter: JournalFilter, limit = 100, step = STEP) =>
    listJournal(database.db, SHOP, filter, limit, step);

  it('is found step by step as it is at once', async () => {
    const product = all.find(({ subject }) => subject.type === 'product');
    const filters: JournalFilter[] = [
      {},
      { actor: 'Ravi' },
      { actor: 'Meera', from: START + 2000 },
      { from: START + 2000, to: START + 5000 },
      { action: 'khata.posted' },
      { action: 'khata.posted', actor: 'Ravi' },
      { subject: 'product' },
      { subject: 'product', actor: 'Meera' },
      { subject: 'product', action: 'product.created', to: START + 5000 },
      { subject: 'khata_entry' },
      { subject: 'khata_entry', from: START + 3000 },
      { subject: `product:${product?.subject.id}` },
      { subject: 'order' },
    ];
    for (const filter of filters) {
      const expected = all.filter((entry) => passes(entry, filter));
      assert.deepEqual(await list(filter), expected, JSON.stringify(filter));
      assert.deepEqual(await list(filter, 4), expected.slice(0, 4), JSON.stringify(filter));
    }
  });

  it('lets others have their turn after each step, where no index answers', async () => {
    for (const filter of [{ actor: 'nobody' }, { to: 1 }, { action: 'khata.posted', to: 1 }]) {
      assert.equal(await turnsOf(() => list(filter)), 5, JSON.stringify(filter));
    }
    assert.equal(await turnsOf(() => list({ subject: 'khata_entry' }, 2)), 1, 'as soon as it has enough');
  });

  it('is found at once where an index answers: also a type of subject that is rare', async () => {
    for (const filter of [{ subject: 'product' }, { subject: 'order', to: 1 }, { action: 'user.created' }]) {
      assert.equal(await turnsOf(() => list(filter)), 0, JSON.stringify(filter));
    }
  });
});

function passes({ subject, action, actor, at }: JournalEntry, filter: JournalFilter): boolean {
  return (
    [undefined, subject.type, `${subject.type}:${subject.id}`].includes(filter.subject) &&
    [undefined, action].includes(filter.action) &&
    [undefined, actor.name].includes(filter.actor) &&
    at >= (filter.from ?? 0) &&
    at < (filter.to ?? Number.POSITIVE_INFINITY)
  );
}

/** How often others had a turn before it was done. */
async function turnsOf(act: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let pending = setImmediate(function turn() {
    turns++;
    pending = setImmediate(turn);
  });
  await act();
  clearImmediate(pending);
  return turns;
}
