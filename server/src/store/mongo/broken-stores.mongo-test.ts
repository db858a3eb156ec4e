// The suite is tested on this store, too: with a planted defect it must fail at least one case, and says which.

import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { openMongoDatabase } from '../../../test/mongo-database.ts';
import { BROKEN_STORES } from '../contract-suite/broken-stores.ts';
import { STORE_CONTRACT, type TestDatabase } from '../contract-suite/store-contract.ts';
import type { Store } from '../store.ts';
import { type OpenDatabase, shopOf } from './mongo-store.ts';
import type { CollectionName } from './rows.ts';
import { type Change, type ChangeTable, SHOP_CHANGES } from './writes/changes.ts';
import { Door } from './writes/door.ts';
import type { Tx } from './writes/tx.ts';

interface Defect {
  section: string;
  patch: (table: ChangeTable) => ChangeTable;
}

/** The indexes that would notice some of them first. */
const GUARDS: [CollectionName, string][] = [
  ['orders', 'number'],
  ['customers', 'phone'],
];

/** Defects inside the transaction, where no wrapper reaches. */
const BROKEN_DATABASES: Record<string, Defect> = {
  'a number allotted twice': {
    section: 'orders',
    patch: replace(
      'orders.add',
      (add) =>
        (tx, ...args) =>
          add(blind(tx, /^orders\/number/), ...args),
    ),
  },
  'a journal entry missing': {
    section: 'journal',
    patch: (table) => ({
      ...replace(
        'customers.change',
        (change) =>
          (tx, ...args) =>
            change({ ...tx, record: () => 0 }, ...args),
      )(table),
      isBookkeeping: (name) => name === 'customers.change' || table.isBookkeeping(name),
    }),
  },
  'a secret in the journal': {
    section: 'journal',
    patch: replace('users.add', (add) => (tx, input, ...rest) => {
      const secret = { passwordHash: (input as { passwordHash: string }).passwordHash };
      const record: Tx['record'] = (action, subject, before, fields) =>
        tx.record(action, subject, before, { ...fields, ...secret });
      return add({ ...tx, record }, input, ...rest);
    }),
  },
  'a chain of hashes that is broken': {
    section: 'journal',
    patch: replace('customers.add', (add) => (tx, ...args) => {
      const value = add(tx, ...args);
      const name = `journal/of/${tx.by.requestId}`;
      const matches = (row: { requestId: string }): boolean => row.requestId === tx.by.requestId;
      const filter = { request_id: tx.by.requestId };
      for (const row of tx.find({ collection: 'journal', name, filter, matches })) {
        tx.put('journal', { ...row, hash: row.prevHash, prevHash: row.hash });
      }
      return value;
    }),
  },
  'a reversal that does not change the balance': {
    section: 'khata',
    patch: replace('khata.reverse', withoutPuts('customers')),
  },
  'stock that is not taken': { section: 'sales', patch: replace('sales.add', withoutPuts('products')) },
  'stock given back twice on a second cancel': {
    section: 'orders',
    patch: replace('orders.changeStatus', (change) => (tx, id, ...rest) => {
      const order = tx.get('orders', id as string);
      const product = order && tx.get('products', order.lines[0]?.productId ?? '');
      if (order?.status === 'cancelled' && product) {
        tx.put('products', { ...product, stockQuantity: product.stockQuantity + 1 });
        tx.record('order.touched', { type: 'order', id: order.id }, null, null);
      }
      return change(tx, id, ...rest);
    }),
  },
  'an index of phones that is not there': {
    section: 'customers',
    patch: replace(
      'customers.add',
      (add) =>
        (tx, ...args) =>
          add(blind(tx, /^customers\/phone/), ...args),
    ),
  },
  'a last admin who can be locked out': {
    section: 'users',
    patch: replace('users.change', (change) => (tx, ...args) => {
      const find = ((query) =>
        query.name === 'users/admins' ? [{ id: 'somebody else' }] : tx.find(query)) as Tx['find'];
      return change({ ...tx, find }, ...args);
    }),
  },
  'a reset password that leaves the sessions open': {
    section: 'users',
    patch: replace('users.change', withoutPuts('sessions')),
  },
  'a ticket that can be used twice': {
    section: 'sessions',
    patch: replace(
      'sessions.takeTicket',
      (take) =>
        (tx, ...args) =>
          take({ ...tx, remove: () => {} }, ...args),
    ),
  },
  'a hash of an image that is not its own': {
    section: 'images',
    patch: replace('images.add', (add) => (tx, image) => add(tx, { ...(image as object), sha256: 'wrong' })),
  },
};

describe('broken stores fail the contract on MongoDB', () => {
  let database: TestDatabase & OpenDatabase;
  let unguarded: TestDatabase & OpenDatabase;
  before(async () => {
    [database, unguarded] = await Promise.all([openMongoDatabase(), openMongoDatabase()]);
    for (const [collection, index] of GUARDS) await unguarded.db.collection(collection).dropIndex(index);
  });
  after(() => Promise.all([database.close(), unguarded.close()]));

  // These stand around the store, whichever it is: SQLite's run of the same suite shows each of them, too.
  const skip = process.env.TEST_WHOLE === undefined && 'npm run test:mongo -- --whole runs it';
  for (const { defect, section, spoil } of BROKEN_STORES) {
    it(`around it: ${defect}`, { skip }, async (t) => {
      const other = database.newShop();
      await demandFailure(t, section, () => {
        const sound = database.newShop();
        return { ...sound, ...spoil(sound, other) };
      });
    });
  }

  for (const [defect, { section, patch }] of Object.entries(BROKEN_DATABASES)) {
    it(`inside it: ${defect}`, async (t) => {
      const { client, db } = unguarded;
      const door = new Door({ client, db, table: patch(SHOP_CHANGES) });
      let shops = 0;
      await demandFailure(t, section, () => shopOf({ ...unguarded, door }, `${defect} ${++shops}`));
    });
  }
});

/** A few cases side by side, since a store waits much; and no more of them than it takes. */
const AT_ONCE = 4;

async function demandFailure(t: TestContext, section: string, newShop: () => Store): Promise<void> {
  const cases = STORE_CONTRACT.filter((one) => one.section === section).flatMap((one) => one.cases);
  for (let next = 0; next < cases.length; next += AT_ONCE) {
    const runs = cases.slice(next, next + AT_ONCE).map(({ name, run }) =>
      run(newShop()).then(
        () => [],
        () => [name],
      ),
    );
    const [caught] = (await Promise.all(runs)).flat();
    if (caught !== undefined) return t.diagnostic(`caught by: ${caught}`);
  }
  assert.fail('no case of the contract noticed the defect');
}

function replace(name: string, spoil: (sound: Change) => Change): (table: ChangeTable) => ChangeTable {
  return (table) => {
    const sound = table.find(name);
    assert.ok(sound, `there is no change named ${name} to spoil`);
    const spoiled = spoil(sound);
    return { ...table, find: (asked) => (asked === name ? spoiled : table.find(asked)) };
  };
}

/** The change without what it writes to a collection. */
function withoutPuts(collection: CollectionName): (sound: Change) => Change {
  return (sound) =>
    (tx, ...args) => {
      const put: Tx['put'] = (into, row) => {
        if (into !== collection) tx.put(into, row);
      };
      return sound({ ...tx, put }, ...args);
    };
}

/** Queries whose name matches find nothing. */
function blind(tx: Tx, name: RegExp): Tx {
  const find = ((query) => (name.test(query.name) ? [] : tx.find(query))) as Tx['find'];
  return { ...tx, find };
}
