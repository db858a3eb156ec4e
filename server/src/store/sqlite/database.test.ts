import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { newTestFolder } from '../../../test/test-database.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { StoreRefused } from '../store-refused.ts';
import { type Connection, openConnection, refuseOldLibrary, sqliteTrouble } from './database.ts';
import { openForWriting } from './open-for-writing.ts';

describe('a connection of the SQLite store', () => {
  let folder: string;
  let file: string;
  before(async () => {
    folder = newTestFolder();
    file = join(folder, 'shop.db');
    (await openForWriting(file, 0)).close();
  });
  after(() => rmSync(folder, { recursive: true }));

  const pragma = (db: Connection, name: string): unknown =>
    Object.values(db.get<object>(`PRAGMA ${name}`) ?? {})[0];

  for (const mode of ['write', 'read'] as const) {
    for (const time of ['first', 'second']) {
      it(`to ${mode}, opened a ${time} time, syncs every commit of a write-ahead log and keeps foreign keys`, () => {
        const db = openConnection(file, mode);
        try {
          assert.equal(pragma(db, 'journal_mode'), 'wal');
          assert.equal(pragma(db, 'synchronous'), 2);
          assert.equal(pragma(db, 'foreign_keys'), 1);
          assert.equal(pragma(db, 'trusted_schema'), 0);
          const limit = Number(pragma(db, 'journal_size_limit'));
          if (mode === 'write') assert.ok(limit > 0 && limit <= 2 ** 26, 'the log has no limit');
          const begun = Number(pragma(db, 'wal_autocheckpoint')) * Number(pragma(db, 'page_size'));
          if (mode === 'write')
            assert.ok(begun > 2 ** 24 && begun <= limit / 2, 'checkpoints are too frequent or too rare');
        } finally {
          db.close();
        }
      });
    }
  }

  it('to read cannot write', () => {
    const db = openConnection(file, 'read');
    assert.throws(() => db.run("INSERT INTO settings VALUES ('main', '{}', 1, 0)"), /readonly/);
    db.close();
    db.close();
  });

  it('that serves requests refuses them when the file cannot be read, and throws what is a defect', () => {
    const damaged = join(folder, 'damaged.db');
    const sound = openConnection(file, 'read');
    const page = sound.get<{ n: number }>(
      "SELECT rootpage AS n FROM sqlite_schema WHERE name = 'customers'",
    )!.n;
    const size = Number(pragma(sound, 'page_size'));
    sound.close();
    writeFileSync(damaged, readFileSync(file).fill(0xa5, (page - 1) * size, page * size));
    const sql = 'SELECT * FROM customers';
    const serving = openConnection(damaged, 'serve');
    for (const read of [() => serving.all(sql), () => serving.get(sql)])
      assert.throws(read, (error) => error instanceof ShopError && error.code === 'store_unavailable');
    assert.throws(() => serving.get('SELECT * FROM nowhere'), /no such table/);
    serving.close();
    const reading = openConnection(damaged, 'read');
    assert.throws(() => reading.all(sql), { errcode: 11 });
    reading.close();
  });

  it('refuses an SQLite that can lose data, and only that', () => {
    for (const version of ['3.51.2', '3.50.9', '2.99.99', '3.9.0']) {
      assert.throws(() => refuseOldLibrary(version), StoreRefused, version);
    }
    for (const version of ['3.51.3', '3.51.10', '3.52.0', '4.0.0']) refuseOldLibrary(version);
  });

  it('knows trouble of SQLite by its code, and other errors as none of its own', () => {
    const of = (errcode: unknown): unknown => sqliteTrouble(Object.assign(new Error('x'), { errcode }));
    assert.equal(of(5), 'busy');
    assert.equal(of(5 | (2 << 8)), 'busy');
    assert.equal(of(13), 'full');
    assert.equal(of(10 | (4 << 8)), 'io');
    assert.equal(of(19), 'other');
    for (const none of [undefined, '5', null]) assert.equal(of(none), null);
    assert.equal(sqliteTrouble(null), null);
    assert.equal(sqliteTrouble(Object.assign(new Error('x'), { code: 'ENOSPC', errno: -28 })), null);
  });
});

interface Table {
  name: string;
  strict: number;
}

/** Tables whose primary key does not begin with the shop, with the reason. */
const KEYS_WITHOUT_SHOP: Record<string, string> = {
  schema_migrations: 'of the database, not of a shop',
  store_epoch: 'of the database, not of a shop',
  products: 'the row number that the search index needs; the key that others refer to is unique by shop',
  product_days: 'numbers made of the row numbers of the pieces',
  product_last_sold: 'row numbers of the pieces',
  saved_results: 'an order of saving within one database, which nothing refers to',
};

describe('the schema', () => {
  let folder: string;
  let db: DatabaseSync;
  let tables: Table[];
  before(async () => {
    folder = newTestFolder();
    const file = join(folder, 'shop.db');
    (await openForWriting(file, 0)).close();
    db = new DatabaseSync(file, { readOnly: true });
    tables = db
      .prepare(
        `SELECT name, strict FROM pragma_table_list
         WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'`,
      )
      .all() as unknown as Table[];
  });
  after(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  it('has strict tables only', () => {
    assert.ok(tables.length > 10);
    assert.deepEqual(
      tables.filter(({ strict }) => strict !== 1).map(({ name }) => name),
      [],
    );
  });

  it('has the shop first in every primary key', () => {
    for (const { name } of tables) {
      const keys = db.prepare('SELECT name FROM pragma_table_info(?) WHERE pk = 1').all(name);
      const first = keys[0]?.name;
      if (name in KEYS_WITHOUT_SHOP) assert.notEqual(first, 'shop_id', `${name} is no exception`);
      else
        assert.ok(
          first === 'shop_id' || (first === undefined && hasShop(name)),
          `${name} begins with ${first}`,
        );
    }
  });

  it('has the shop first in every unique index', () => {
    for (const { name } of tables.filter((table) => hasShop(table.name))) {
      for (const { name: index } of db
        .prepare('SELECT name FROM pragma_index_list(?) WHERE "unique" = 1')
        .all(name)) {
        const first = db.prepare('SELECT name FROM pragma_index_info(?) WHERE seqno = 0').get(String(index));
        assert.equal(first?.name, 'shop_id', `${index} of ${name}`);
      }
    }
  });

  it('checks every foreign key at once: one that waits for the commit would take its whole group with it', () => {
    const rows = db.prepare("SELECT name FROM sqlite_schema WHERE sql LIKE '%DEFERR%'").all();
    assert.deepEqual(rows, []);
  });

  function hasShop(table: string): boolean {
    return db.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = 'shop_id'").get(table) !== undefined;
  }
});
