// A group of which one member fails: only that one bears it, and the others wait for a few transactions, not for one each.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CommandStartedEvent } from 'mongodb';
import { openMongoDatabase } from '../../../../test/mongo-database.ts';
import { aBy, aCustomer, aDebit } from '../../contract-suite/builders.ts';
import { present } from '../../contract-suite/contract-case.ts';
import type { TestDatabase } from '../../contract-suite/store-contract.ts';
import type { Store } from '../../store.ts';
import type { OpenDatabase } from '../mongo-store.ts';
import { type Change, type ChangeTable, SHOP_CHANGES } from './changes.ts';

const MEMBERS = 64;
/** 64 in halves down to one: two of each size, but for the whole group. */
const TRANSACTIONS = 13;
const ENDLESS = 'asks without an end';
const BROKEN = 'fails where nobody expects it';

/** The real table, but for two entries that no rule refuses and that cannot be run. */
const TABLE: ChangeTable = {
  ...SHOP_CHANGES,
  find: (name) => {
    const change = SHOP_CHANGES.find(name);
    return change && name === 'khata.post' ? unlessPlanted(change) : change;
  },
};

function unlessPlanted(change: Change): Change {
  return (tx, ...args) => {
    const { description } = args[0] as { description: string | null };
    for (let n = 0; description === ENDLESS; n++) tx.get('customers', `nobody-${n}`);
    if (description === BROKEN) throw new TypeError(BROKEN);
    return change(tx, ...args);
  };
}

describe('the door on MongoDB, where one of a group fails', () => {
  let database: TestDatabase & OpenDatabase;
  let store: Store;
  const started: string[] = [];
  before(async () => {
    database = await openMongoDatabase(TABLE);
    store = database.newShop();
    database.client.on('commandStarted', ({ commandName, command }: CommandStartedEvent) => {
      if (command.startTransaction === true) started.push(commandName);
    });
  });
  after(() => database.close());

  async function post(planted: string, at: number): Promise<{ failed: number[]; balance: number }> {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    started.length = 0;
    const given = await Promise.allSettled(
      Array.from({ length: MEMBERS }, (_, n) =>
        store.khata.post({ ...aDebit(id, 7), description: n === at ? planted : null }, aBy()),
      ),
    );
    const failed = given.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []));
    return { failed, balance: (await present(store.customers.find(id))).balancePaise };
  }

  it('one that never stops asking: 63 are booked, by no more than 13 transactions', async () => {
    for (const at of [0, 37, MEMBERS - 1]) {
      const { failed, balance } = await post(ENDLESS, at);
      assert.deepEqual(failed, [at]);
      assert.equal(balance, (MEMBERS - 1) * 7);
      assert.ok(started.length > 1 && started.length <= TRANSACTIONS, `${started.length} transactions`);
    }
  });

  it('one with a defect of its own: 63 are booked in the one transaction', async () => {
    const { failed, balance } = await post(BROKEN, 5);
    assert.deepEqual(failed, [5]);
    assert.equal(balance, (MEMBERS - 1) * 7);
    assert.equal(started.length, 1);
  });
});
