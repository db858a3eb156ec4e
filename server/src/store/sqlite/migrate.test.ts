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
