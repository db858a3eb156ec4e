// What `swati verify` must find: each kind of damage, done behind the store's back with the triggers taken off.

import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { chainHash, type HashedFields } from '../books/journal-hash.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { verifyDatabase } from './verify.ts';

const AT = Date.parse('2026-01-15T10:30:00.123Z');
const CUSTOMERS = ['a', 'b'].map((digit) => digit.repeat(24)) as [string, string];
const id = (n: number): string => String(n).padStart(24, '0');

describe('verify', () => {
  let base: string;
  before(async () => {
    base = mkdtempSync(join(tmpdir(), 'swati-verify-'));
    await fill(base);
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  it('finds nothing wrong with honest books', async () => {
    const store = await open(base);
    const report = await store.journal.verify();
    const [newest] = await store.journal.list({}, 1);
    await store.close();
    assert.deepEqual(report, {
      entries: 8,
      head: { seq: 8, hash: newest?.hash },
      customers: 2,
      problems: [],
      pictures: [],
    });
  });

  it('lets a payload be erased', async () => {
    const sql = "UPDATE journal_payloads SET salt = '', before = NULL, after = NULL WHERE seq IN (1, 3)";
    assert.deepEqual(await problemsAfter(sql), []);
  });

  const damages: [string, string, RegExp][] = [
    [
      "a journal entry's actor",
      "UPDATE journal SET actor_name = 'x' WHERE seq = 3",
      /^journal entry 3: it was changed/,
    ],
    [
      "a journal entry's time",
      'UPDATE journal SET at = at + 1 WHERE seq = 8',
      /^journal entry 8: it was changed/,
    ],
    [
      'a journal entry taken out',
      'DELETE FROM journal_payloads WHERE seq = 1; DELETE FROM journal WHERE seq = 1',
      /^journal entry 2: the entries from 1 to 1 are missing/,
    ],
    [
      'a payload',
      "UPDATE journal_payloads SET after = '{}' WHERE seq = 2",
      /^journal entry 2: its payload was changed/,
    ],
    [
      'a payload half erased',
      "UPDATE journal_payloads SET salt = '' WHERE seq = 2",
      /^journal entry 2: its payload/,
    ],
    [
      'a payload taken out',
      'DELETE FROM journal_payloads WHERE seq = 2',
      /^journal entry 2: its payload is missing/,
    ],
    [
      "a customer's balance",
      `UPDATE customers SET balance_paise = balance_paise - 1 WHERE id = '${CUSTOMERS[0]}'`,
      /^customer a{24}: the balance is ₹5\.00, but the entries add up to ₹5\.01/,
    ],
    [
      "a customer's sums",
      `UPDATE customers SET khata_debits_paise = khata_debits_paise + 1, khata_credits_paise = khata_credits_paise + 1
       WHERE id = '${CUSTOMERS[1]}'`,
      /^customer b{24}: the kept sums/,
    ],
    [
      'a customer hidden with a debt',
      `UPDATE customers SET is_active = 0 WHERE id = '${CUSTOMERS[0]}'`,
      /^customer a{24}: removed, yet the balance is ₹5\.01/,
    ],
    [
      "an entry's amount",
      `UPDATE khata_entries SET amount_paise = amount_paise + 1 WHERE id = '${id(1)}'`,
      /^khata entry 0{23}1 \(position 3, customer a{24}\): the balance after it is/,
    ],
    [
      "an entry's amount with all that follows from it",
      `UPDATE khata_entries SET amount_paise = amount_paise + 5, balance_after_paise = balance_after_paise + 5
         WHERE id = '${id(6)}';
       UPDATE customers SET balance_paise = balance_paise + 5, khata_debits_paise = khata_debits_paise + 5
         WHERE id = '${CUSTOMERS[1]}'`,
      /^khata entry 0{23}6 \(position 8, customer b{24}\): it is not as the journal entry 8 recorded it/,
    ],
    [
      "an entry's balance after",
      `UPDATE khata_entries SET balance_after_paise = 7 WHERE id = '${id(2)}'`,
      /^khata entry 0{23}2 .*: the balance after it is ₹0\.07/,
    ],
    [
      "an entry's words",
      `UPDATE khata_entries SET description = 'x' WHERE id = '${id(2)}'`,
      /^khata entry 0{23}2 .*: it is not as the journal entry 4 recorded it/,
    ],
    [
      'an entry that is made an opening balance, with all that follows from it',
      `UPDATE khata_entries SET source_kind = 'opening', source_id = customer_id WHERE id = '${id(3)}';
       UPDATE daily_figures SET paise = paise - 500 WHERE figure = 'khata.received'`,
      /^khata entry 0{23}3 .*: it is not as the journal entry 5 recorded it/,
    ],
    [
      'an entry taken out',
      `DELETE FROM khata_entries WHERE id = '${id(6)}'`,
      /^khata entry 0{23}6 \(position 8\): the journal tells of it, but the ledger does not hold it/,
    ],
    [
      'an entry put in',
      `INSERT INTO khata_entries (shop_id, position, id, customer_id, type, amount_paise, balance_after_paise,
         created_at, created_by) VALUES ('main', 99, '${id(99)}', '${CUSTOMERS[0]}', 'credit', 501, 0, ${AT}, 'x')`,
      /^khata entry 0{22}99 .*: the journal entry 99 does not tell of it/,
    ],
    [
      'a reversal that is none',
      `UPDATE khata_entries SET reverses = '${id(6)}' WHERE id = '${id(4)}'`,
      /^khata entry 0{23}4 .*: it is not the exact opposite of the entry 0{23}6/,
    ],
    [
      'a customer taken out',
      `DELETE FROM customers WHERE id = '${CUSTOMERS[1]}'`,
      /^khata_entries main [78]: the row of customers that its shop_id, customer_id points to is missing/,
    ],
  ];
  for (const [what, sql, line] of damages) {
    it(`finds ${what}`, async () => {
      const problems = await problemsAfter(sql);
      assert.ok(
        problems.some((problem) => line.test(problem)),
        `not found among: ${JSON.stringify(problems, null, 1)}`,
      );
      assert.ok(problems.every((problem) => !problem.includes('\n')));
    });
  }

  it('finds payments without their order, which have no key of their own, and looks at the tables after them', async () => {
    const problems = await problemsAfter(
      `INSERT INTO payments (shop_id, order_id, position, amount_paise, at, by_status)
         VALUES ('main', 'o1', 0, 100, 1, 0), ('main', 'o1', 1, 100, 1, 0);
       INSERT INTO refresh_tokens (shop_id, hash, session_id, created_at) VALUES ('main', 'h1', 's1', 1);`,
    );
    assert.deepEqual(
      problems.filter((line) => line.includes('points to')),
      [
        'payments main o1: the row of orders that its shop_id, order_id points to is missing',
        'refresh_tokens main h1: the row of sessions that its shop_id, session_id points to is missing',
      ],
    );
  });

  it('finds one entry forged with its own hash put right', async () => {
    const problems = await problemsAfter((db) => {
      const row = db
        .prepare(
          `SELECT shop_id AS shopId, seq, format, at, actor_kind AS actorKind, actor_id AS actorId,
             actor_name AS actorName, request_id AS requestId, action, subject_type AS subjectType,
             subject_id AS subjectId, payload_hash AS payloadHash, prev_hash AS prevHash FROM journal WHERE seq = 4`,
        )
        .get() as unknown as HashedFields;
      const hash = chainHash({ ...row, actorName: 'somebody else' });
      db.prepare("UPDATE journal SET actor_name = 'somebody else', hash = ? WHERE seq = 4").run(hash);
    });
    assert.deepEqual(problems, ['journal entry 5: it does not follow the entry before it (prev_hash)']);
  });

  it('finds a trigger that is gone', async () => {
    const folder = copyOf(base);
    const db = new DatabaseSync(join(folder, 'shop.db'));
    db.exec('DROP TRIGGER khata_entries_no_update');
    db.close();
    assert.deepEqual(await verifyFolder(folder), [
      'database: the trigger khata_entries_no_update is missing',
    ]);
  });

  it('finds a page that was zeroed, and goes on with the other checks', async () => {
    const folder = copyOf(base);
    const file = join(folder, 'shop.db');
    const db = new DatabaseSync(file);
    const root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'khata_entries_customer'").get()
      ?.rootpage as number;
    const size = db.prepare('PRAGMA page_size').get()?.page_size as number;
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0, (root - 1) * size, root * size);
    writeFileSync(file, bytes);
    const problems = await verifyFolder(folder);
    assert.ok(problems.length > 0);
    assert.ok(
      problems.every((line) => /^(database:|the \w+ cannot be read)/.test(line)),
      problems.join('\n'),
    );
  });

  it('reports a file that is no database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'swati-verify-'));
    writeFileSync(
      join(folder, 'shop.db'),
      'not a database at all, but long enough to have a header'.repeat(10),
    );
    const [problem] = await verifyFolder(folder);
    assert.match(problem ?? '', /^the database cannot be read/);
  });

  /** The problems that are found after a change made with foreign keys and triggers off. */
  async function problemsAfter(damage: string | ((db: DatabaseSync) => void)): Promise<string[]> {
    const folder = copyOf(base);
    const db = new DatabaseSync(join(folder, 'shop.db'), { enableForeignKeyConstraints: false });
    const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
    if (typeof damage === 'string') db.exec(damage);
    else damage(db);
    for (const { sql } of triggers) db.exec(String(sql));
    db.close();
    return verifyFolder(folder);
  }
});

async function verifyFolder(folder: string): Promise<string[]> {
  try {
    return (await verifyDatabase(join(folder, 'shop.db'), 'main')).problems;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyOf(base: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'swati-verify-'));
  cpSync(base, folder, { recursive: true });
  return folder;
}

function open(dataDir: string) {
  return openSqliteStore({
    dataDir,
    now: AT,
    onDeath: (error) => {
      throw error;
    },
  });
}

/** Journal 1-2: two customers. 3-8: entries 1-4 of the first (4 takes 2 back), 5 and 6 of the second. */
async function fill(dataDir: string): Promise<void> {
  const store = await open(dataDir);
  const by = { actor: { kind: 'system' as const, name: 'test' }, requestId: 'r', at: AT };
  const fields = { email: null, address: null, language: null, creditLimitPaise: null };
  for (const [index, customerId] of CUSTOMERS.entries()) {
    const phone = `900000000${index}`;
    await store.customers.add({ id: customerId, name: 'C', phone, phoneE164: `+91${phone}`, ...fields }, by);
  }
  const post = (
    entryId: string,
    customerId: string,
    type: 'debit' | 'credit',
    amountPaise: number,
    description: string | null = null,
  ) =>
    store.khata.post(
      {
        id: entryId,
        customerId,
        type,
        amountPaise,
        description,
        paymentMethod: null,
        referenceNumber: null,
      },
      by,
    );
  await post(id(1), CUSTOMERS[0], 'debit', 1001);
  await post(id(2), CUSTOMERS[0], 'debit', 250);
  await post(id(3), CUSTOMERS[0], 'credit', 500);
  await store.khata.reverse(id(2), id(4), 'wrong', by);
  // Half a surrogate pair and a NUL: what a text column makes of them is no damage.
  await post(id(5), CUSTOMERS[1], 'credit', 300, 'नथ \ud800 \0 x');
  await post(id(6), CUSTOMERS[1], 'debit', 100);
  await store.close();
}
