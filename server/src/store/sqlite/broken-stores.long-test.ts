// The suite is tested, too: every store with a planted defect must fail at least one of its cases, and says which.

import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { type Defect, openDefectiveDatabase, openTestDatabase } from '../../../test/test-database.ts';
import { BROKEN_STORES } from '../contract-suite/broken-stores.ts';
import { STORE_CONTRACT, type TestDatabase } from '../contract-suite/store-contract.ts';
import type { Store } from '../store.ts';
import type { Change, ChangeTable } from './writes/changes.ts';
import type { Tx } from './writes/tx.ts';

/** Defects inside the transaction, where no wrapper reaches. */
const BROKEN_DATABASES: Record<string, Defect & { section: string }> = {
  'a number allotted twice': {
    section: 'orders',
    sql: 'DROP INDEX orders_number',
    patch: replace(
      'orders.add',
      (add) =>
        (tx, ...args) =>
          add(runOnly(tx, withoutConflictClause), ...args),
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
    sql: `DROP TRIGGER journal_no_replace;
      CREATE TRIGGER broken AFTER INSERT ON journal WHEN NEW.seq = 2 BEGIN
      INSERT OR REPLACE INTO journal SELECT shop_id, seq, format, at + 1, actor_kind, actor_id, actor_name, request_id,
        action, subject_type, subject_id, payload_hash, hash, prev_hash FROM journal
      WHERE shop_id = NEW.shop_id AND seq = NEW.seq; END`,
  },
  'a saved refusal that is judged again': {
    section: 'repeated requests',
    sql: `CREATE TRIGGER broken BEFORE INSERT ON saved_results WHEN NEW.outcome LIKE '{"ok":false%'
      BEGIN SELECT RAISE(IGNORE); END`,
  },
  'results that are saved for retries only, not under keys': {
    section: 'repeated requests',
    sql: `CREATE TRIGGER broken BEFORE INSERT ON saved_results WHEN NEW.key IS NOT NULL
      BEGIN SELECT RAISE(IGNORE); END`,
  },
  'a retry that is claimed twice': {
    section: 'repeated requests',
    sql: `CREATE TRIGGER broken BEFORE UPDATE OF retries ON saved_results BEGIN SELECT RAISE(IGNORE); END`,
  },
  'a reversal that does not change the balance': {
    section: 'khata',
    patch: replace('khata.reverse', skipping(/UPDATE customers/)),
  },
  'a cancelled order that is booked all the same': {
    section: 'analytics',
    patch: replace('orders.changeStatus', (change) => {
      const broken = skipping(/daily_figures/)(change);
      return (tx, ...args) => broken({ ...tx, addToDay: () => undefined }, ...args);
    }),
  },
  'a debit that was taken back and ages on': {
    section: 'analytics',
    patch: replace('khata.reverse', skipping(/khata_daily_debits/)),
  },
  'stock given back twice on a second cancel': {
    section: 'orders',
    patch: replace('orders.changeStatus', (change) => (tx, id, ...rest) => {
      tx.run(
        `UPDATE products SET stock_quantity = stock_quantity + 1 WHERE shop_id = :shopId AND id IN
           (SELECT product_id FROM order_lines l JOIN orders o ON o.shop_id = l.shop_id AND o.id = l.order_id
            WHERE o.shop_id = :shopId AND o.id = :id AND o.status = 'cancelled')`,
        { shopId: tx.shopId, id: id as string },
      );
      tx.record('order.touched', { type: 'order', id: id as string }, null, null);
      return change(tx, id, ...rest);
    }),
  },
  'stock that is not taken': { section: 'sales', patch: replace('sales.add', skipping(/UPDATE products/)) },
  'an index of phones that is not there': {
    section: 'customers',
    patch: replace(
      'customers.add',
      (add) =>
        (tx, ...args) =>
          add({ ...tx, get: blind(tx, /phone_e164 = :phoneE164/) }, ...args),
    ),
    sql: 'DROP INDEX customers_phone',
  },
  'a last admin who can be locked out': {
    section: 'users',
    patch: replace(
      'users.change',
      (change) =>
        (tx, ...args) =>
          change({ ...tx, get: blind(tx, /role = 'admin' AND is_active = 1/, { other: 1 }) }, ...args),
    ),
  },
  'a reset password that leaves the sessions open': {
    section: 'users',
    patch: replace('users.change', skipping(/UPDATE sessions/)),
  },
  'a ticket that can be used twice': {
    section: 'sessions',
    patch: replace('sessions.takeTicket', skipping(/DELETE FROM tickets/)),
  },
  'a reading of bytes that is not theirs': {
    section: 'images',
    sql: `CREATE TRIGGER broken AFTER INSERT ON images BEGIN
      UPDATE images SET sha256 = 'wrong' WHERE shop_id = NEW.shop_id AND name = NEW.name; END`,
  },
};

describe('broken stores fail the contract', () => {
  let database: TestDatabase;
  before(async () => {
    database = await openTestDatabase();
  });
  after(() => database.close());

  for (const { defect, section, spoil } of BROKEN_STORES) {
    it(`around it: ${defect}`, async (t) => {
      const other = database.newShop();
      await demandFailure(t, section, () => {
        const sound = database.newShop();
        return { ...sound, ...spoil(sound, other) };
      });
    });
  }

  for (const [defect, plant] of Object.entries(BROKEN_DATABASES)) {
    it(`inside it: ${defect}`, async (t) => {
      const defective = await openDefectiveDatabase(plant);
      try {
        await demandFailure(t, plant.section, defective.newShop);
      } finally {
        await defective.close();
      }
    });
  }

  it('and the same apparatus without a defect passes every case', async () => {
    const sound = await openDefectiveDatabase({});
    try {
      assert.deepEqual(await failedCases(sound.newShop), []);
    } finally {
      await sound.close();
    }
  });
});

async function demandFailure(t: TestContext, section: string, newShop: () => Store): Promise<void> {
  const failed = await failedCases(
    newShop,
    STORE_CONTRACT.filter((one) => one.section === section),
  );
  assert.notEqual(failed.length, 0, 'no case of the contract noticed the defect');
  t.diagnostic(`caught by ${failed.length}: ${failed[0]}`);
}

/** The names of the cases that fail, each on a shop of its own, all at once. */
async function failedCases(newShop: () => Store, sections = STORE_CONTRACT): Promise<string[]> {
  const runs = sections.flatMap(({ section, cases }) =>
    cases.map(({ name, run }) =>
      run(newShop()).then(
        () => [],
        () => [`${section}: ${name}`],
      ),
    ),
  );
  return (await Promise.all(runs)).flat();
}

function replace(name: string, spoil: (sound: Change) => Change): (table: ChangeTable) => ChangeTable {
  return (table) => {
    const sound = table.find(name);
    assert.ok(sound, `there is no change named ${name} to spoil`);
    const spoiled = spoil(sound);
    return { ...table, find: (asked) => (asked === name ? spoiled : table.find(asked)) };
  };
}

/** The change without the statements that match. */
function skipping(pattern: RegExp): (sound: Change) => Change {
  return (sound) =>
    (tx, ...args) =>
      sound(
        runOnly(tx, (sql) => (pattern.test(sql) ? null : sql)),
        ...args,
      );
}

function runOnly(tx: Tx, rewrite: (sql: string) => string | null): Tx {
  const run: Tx['run'] = (sql, params) => {
    const rewritten = rewrite(sql);
    return rewritten === null ? { changes: 1, lastId: 0 } : tx.run(rewritten, params);
  };
  return { ...tx, run };
}

function withoutConflictClause(sql: string): string {
  return sql.replace('ON CONFLICT (shop_id, order_number) DO NOTHING', '');
}

/** Reads that match are answered with nothing, or with what is given. */
function blind(tx: Tx, pattern: RegExp, answer?: object): Tx['get'] {
  return <T>(sql: string, params?: Parameters<Tx['get']>[1]) =>
    pattern.test(sql) ? (answer as T | undefined) : tx.get<T>(sql, params);
}
