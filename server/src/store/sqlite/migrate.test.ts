import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../test/test-database.ts';
import { type Connection, openConnection } from './database.ts';
import { type Migration, migrate, readMigrations } from './migrate.ts';

describe('the schema', () => {
  let folder: string;
  let db: Connection;
  beforeEach(() => {
    folder = newTestFolder();
    db = openConnection(join(folder, 'shop.db'), 'make');
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const columnsOf = (table: string): number =>
    db.all('SELECT 1 FROM pragma_table_info(:table)', { table }).length;
  /** A row of this table that is all wrong, with which a statement can be prepared. */
  const insertInto = (table: string): string =>
    `INSERT INTO "${table}" VALUES (${Array(columnsOf(table)).fill('NULL').join(', ')})`;

  it('has no rule for which an insert into the books builds a table of words', () => {
    migrate(db, 0);
    const lost = "INSERT INTO daily_figures VALUES ('main', '2026-01-01', 'lost', 0, 0, 0)";
    assert.throws(() => db.exec(lost), /CHECK constraint failed/);
    for (const table of [
      'journal',
      'journal_payloads',
      'khata_entries',
      'orders',
      'order_lines',
      'sales',
      'daily_figures',
    ]) {
      const steps = db.all<{ opcode: string }>(`EXPLAIN ${insertInto(table)}`).map(({ opcode }) => opcode);
      assert.ok(steps.includes('MakeRecord'), table);
      assert.ok(!steps.includes('OpenEphemeral'), table);
    }
  });

  const asBefore: [string, string, string[]][] = [
    ['journal', 'actor_kind', ['user', 'command_line', 'system']],
    ['orders', 'status', ['pending', 'processing', 'completed', 'cancelled']],
    ['orders', 'payment_status', ['unpaid', 'partial', 'paid']],
    ['sales', 'payment_status', ['paid', 'partial', 'pending']],
    [
      'daily_figures',
      'figure',
      [
        ...[
          'order.pending',
          'order.processing',
          'order.completed',
          'order.cancelled',
          'sale.paid',
          'sale.partial',
        ],
        ...['sale.pending', 'payment', 'khata.given', 'khata.received'],
      ],
    ],
  ];
  for (const [table, column, words] of asBefore) {
    it(`lets the same words into ${table}.${column} as before that rule was put in other words, and no others`, () => {
      const rule = /CHECK \(((?:[^()]|\([^()]*\))*)\)/.source;
      const allowed = (): string[] => {
        const { sql } = db.get<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE name = :table', {
          table,
        })!;
        const [, check] = new RegExp(`\\b${column} TEXT NOT NULL ${rule}`).exec(sql) as unknown as [
          string,
          string,
        ];
        const asked = [...words, 'lost', '', words[0]!.toUpperCase(), `${words[0]} `];
        return asked.filter(
          (word) =>
            db.get<{ is: number }>(`SELECT ${check} AS "is" FROM (SELECT :word AS ${column})`, { word })!
              .is === 1,
        );
      };
      const migrations = readMigrations();
      migrate(db, 0, migrations.slice(0, 18));
      assert.deepEqual(allowed(), words);
      migrate(db, 1, migrations);
      assert.deepEqual(allowed(), words);
      assert.match(
        db.get<{ sql: string }>('SELECT sql FROM sqlite_schema WHERE name = :table', { table })!.sql,
        new RegExp(`${column} = '`),
      );
    });
  }

  it('marks the opening balances that swati import had posted, and takes them out of the money of their days', () => {
    const migrations = readMigrations();
    migrate(db, 0, migrations.slice(0, 20));
    const at = Date.parse('2026-01-15T18:29:59.999Z');
    const journal = (seq: number, actor: string, request: string, action: string, subject: string): void =>
      db.exec(`INSERT INTO journal VALUES ('main', ${seq}, 1, ${at}, '${actor}', NULL, 'x', '${request}',
        '${action}', 'any', '${subject}', 'p', 'h', 'h')`);
    const customer = (seq: number, actor: string, request: string, id: string): void => {
      journal(seq, actor, request, 'customer.created', id);
      db.exec(`INSERT INTO customers (shop_id, id, version, name, search_name, phone, phone_e164, created_at, updated_at)
        VALUES ('main', '${id}', 1, 'C', 'c', '${id}', '${id}', ${at}, ${at})`);
    };
    const entry = (seq: number, actor: string, request: string, of: string, more: object = {}): void => {
      journal(seq, actor, request, 'khata.posted', `e${seq}`);
      const { type, paise, reverses } = { type: 'credit', paise: 10 ** seq, reverses: null, ...more };
      db.run(
        `INSERT INTO khata_entries (shop_id, position, id, customer_id, type, amount_paise, balance_after_paise,
           description, created_at, created_by, reverses)
         VALUES ('main', :seq, :id, :of, :type, :paise, 0, 'Opening balance', :at, 'x', :reverses)`,
        { seq, id: `e${seq}`, of, type, paise, at: at + Number(reverses !== null), reverses },
      );
    };
    customer(1, 'command_line', 'import', 'a');
    entry(2, 'command_line', 'import', 'a');
    customer(3, 'command_line', 'import', 'b');
    entry(4, 'command_line', 'import', 'b', { type: 'debit' });
    // With the same words, by hand: later; right after an import that posted nothing; right after a customer of its own.
    entry(5, 'user', 'r5', 'a');
    customer(6, 'command_line', 'bare', 'c');
    entry(7, 'user', 'r7', 'c');
    customer(8, 'user', 'r8', 'd');
    entry(9, 'user', 'r9', 'd');
    entry(10, 'user', 'r10', 'a', { type: 'debit', paise: 10 ** 2, reverses: 'e2' });
    const figures = 'SELECT day, figure, count, paise FROM daily_figures ORDER BY day, figure';
    db.exec('INSERT INTO daily_figures SELECT * FROM expected_daily_figures');
    migrate(db, 1, migrations);
    assert.deepEqual(
      db
        .all<Record<string, unknown>>(
          'SELECT id, source_kind, source_id FROM khata_entries WHERE source_kind IS NOT NULL',
        )
        .map((row) => Object.values(row)),
      [
        ['e2', 'opening', 'a'],
        ['e4', 'opening', 'b'],
        ['e10', 'opening', 'a'],
      ],
    );
    assert.deepEqual(
      db.all<Record<string, unknown>>(figures).map((row) => Object.values(row)),
      [
        ['2026-01-15', 'khata.given', 1, 0],
        ['2026-01-15', 'khata.received', 4, 10 ** 5 + 10 ** 7 + 10 ** 9],
        ['2026-01-16', 'khata.received', 1, 0],
      ],
    );
    assert.deepEqual(db.all(figures), db.all(figures.replace('daily', 'expected_daily')));
    assert.throws(
      () => db.exec('UPDATE khata_entries SET source_kind = NULL, source_id = NULL'),
      /never changed/,
    );
    const lost = `INSERT INTO khata_entries (shop_id, position, id, customer_id, type, amount_paise, balance_after_paise,
      created_at, created_by, source_kind, source_id)
      VALUES ('main', 11, 'e11', 'a', 'debit', 1, 0, 0, 'x', 'lost', 'a')`;
    assert.throws(() => db.exec(lost), /CHECK constraint failed/);
  });

  it('is changed by migrations alone, also after one that failed', () => {
    const change = "UPDATE sqlite_schema SET sql = '' WHERE name = 'journal'";
    const refused = /may not be modified/;
    migrate(db, 0);
    const attempt = (): void => db.exec(`PRAGMA writable_schema = ON; ${change}`);
    assert.throws(attempt, refused);
    const known = readMigrations();
    const sql = `PRAGMA writable_schema = ON; ${change}; SELECT * FROM nowhere`;
    const failing: Migration = { number: known.length + 1, name: 'failing', sql, checksum: 'x' };
    assert.throws(() => migrate(db, 1, [...known, failing]), /nowhere/);
    assert.throws(attempt, refused);
    assert.equal(db.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check, 'ok');
    assert.ok(columnsOf('journal') > 0);
  });
});
