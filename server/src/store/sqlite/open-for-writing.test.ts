import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { newTestFolder } from '../../../test/test-database.ts';
import { aBy, aCustomer } from '../contract-suite/builders.ts';
import { StoreRefused } from '../store-refused.ts';
import { openConnection } from './database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openForWriting } from './open-for-writing.ts';
import { openSqliteStore } from './sqlite-store.ts';

describe('opening the database', () => {
  let folder: string;
  let sound: string;
  let count = 0;
  before(async () => {
    folder = newTestFolder();
    sound = join(folder, 'sound.db');
    (await openForWriting(sound, 7)).close();
  });
  after(() => rmSync(folder, { recursive: true }));

  const newFile = (): string => join(folder, `${++count}.db`);
  const copy = (): string => {
    const file = newFile();
    copyFileSync(sound, file);
    return file;
  };
  const change = (file: string, sql: string): void => {
    const db = new DatabaseSync(file);
    db.exec(sql);
    db.close();
  };
  const refusal = async (file: string): Promise<string> => {
    const error = await openForWriting(file, 8).then(
      (db) => {
        db.close();
        return null;
      },
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof StoreRefused, `not refused: ${error}`);
    assert.doesNotMatch(error.message, /\n/);
    return error.message;
  };

  it('makes a new one whole, with all migrations, and leaves nothing else lying about', async () => {
    const file = newFile();
    const db = await openForWriting(file, 7);
    const applied = db.all<{ number: number }>('SELECT number FROM schema_migrations ORDER BY number');
    assert.deepEqual(
      applied.map(({ number }) => number),
      readMigrations().map(({ number }) => number),
    );
    db.close();
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith(`${count}.db`)),
      [`${count}.db`],
    );
  });

  it('opens an existing one again without changing it', async () => {
    const file = copy();
    (await openForWriting(file, 99)).close();
    assert.deepEqual(readFileSync(file), readFileSync(sound));
  });

  it('clears away what a start that was cut off left', async () => {
    const file = newFile();
    writeFileSync(`${file}.${process.pid}.new`, 'half');
    (await openForWriting(file, 7)).close();
    assert.equal(existsSync(`${file}.${process.pid}.new`), false);
  });

  it('refuses an empty file, garbage, a damaged header and a truncated file', async () => {
    const empty = newFile();
    writeFileSync(empty, '');
    assert.match(await refusal(empty), /empty, 0 bytes.*npx swati restore FILE/);
    const garbage = newFile();
    writeFileSync(garbage, Buffer.alloc(8192, 'x'));
    assert.match(await refusal(garbage), /not a database/);
    const header = copy();
    writeFileSync(header, Buffer.concat([Buffer.alloc(100), readFileSync(sound).subarray(100)]));
    await refusal(header);
    const truncated = copy();
    truncateSync(truncated, 8192);
    assert.match(await refusal(truncated), /malformed/);
    assert.equal(readFileSync(empty).length, 0);
  });

  it('refuses any page that is not what it was, and names the file and the way out', async () => {
    const page = 4096;
    const whole = readFileSync(sound);
    const at = Math.floor(whole.length / page / 2) * page;
    const damages = {
      zeroed: Buffer.alloc(page),
      garbage: Buffer.alloc(page, 0xa5),
      'that of another place': whole.subarray(0, page),
    };
    for (const [name, bytes] of Object.entries(damages)) {
      const file = copy();
      writeFileSync(file, Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + page)]));
      const line = await refusal(file);
      assert.ok(line.includes(`${file} is damaged`), `${name}: ${line}`);
      assert.match(line, /npx swati restore FILE --replace$/);
    }
  });

  it('refuses a search index that is damaged inside, and names the way out', async () => {
    const file = copy();
    const db = new DatabaseSync(file, { defensive: false });
    db.exec("UPDATE product_search_config SET v = 0 WHERE k = 'version'");
    db.close();
    assert.match(
      await refusal(file),
      /is damaged \(invalid fts5 file format.*npx swati restore FILE --replace$/,
    );
  });

  it('refuses where a shop was, and is not, or is shorter than it was left; an empty folder with pictures is none', async () => {
    const dataDir = join(folder, 'left');
    mkdirSync(join(dataDir, 'uploads', 'products'), { recursive: true });
    const file = join(dataDir, 'shop.db');
    const open = () => openSqliteStore({ dataDir, now: 7, onDeath: (error) => assert.fail(error) });
    const first = await open();
    await first.close();
    rmSync(file);
    // Nobody ever used that one.
    const second = await open();
    await second.customers.add(aCustomer(), aBy());
    // What the database was before the log was brought over to it.
    copyFileSync(file, join(dataDir, 'older.db'));
    await second.close();

    rmSync(file);
    assert.match(await refusal(file), /shop\.db is missing, but a shop was kept there.*swati restore FILE/);
    assert.equal(existsSync(file), false);
    copyFileSync(join(dataDir, 'older.db'), file);
    assert.match(
      await refusal(file),
      /ends with journal entry 0, but entry 1 was written.*remove \S+journal-head$/,
    );
    rmSync(join(dataDir, 'journal-head'));
    (await openForWriting(file, 8)).close();
  });

  it('refuses the database of another program, and leaves it as it was', async () => {
    const other = newFile();
    change(other, 'PRAGMA application_id = 7; CREATE TABLE notes (text TEXT)');
    const before = readFileSync(other);
    assert.match(await refusal(other), /another program/);
    assert.deepEqual(readFileSync(other), before);
  });

  it('refuses a file that this account may read but not write, before anybody is served', () => {
    const file = copy();
    chmodSync(folder, 0o755);
    chmodSync(file, 0o444);
    const module = JSON.stringify(new URL('./open-for-writing.ts', import.meta.url).href);
    const program = `const { openForWriting } = await import(${module});
      await openForWriting(${JSON.stringify(file)}, 8).then(() => console.log('opened'), (e) => console.log(e.message));`;
    // Whoever may do everything is nobody in it.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      ...nobody,
      cwd: '/',
      encoding: 'utf8',
    });
    assert.equal(stdout, `${file} cannot be used: this account may not read and write it\n`);
  });

  it('refuses to begin anew where only the log of a database is left', async () => {
    const file = newFile();
    writeFileSync(`${file}-wal`, 'changes that were never moved');
    assert.match(await refusal(file), /missing/);
    assert.equal(existsSync(file), false);
  });

  it('refuses a changed old migration and a newer schema', async () => {
    const changed = copy();
    change(changed, "UPDATE schema_migrations SET checksum = 'another' WHERE number = 2");
    assert.match(await refusal(changed), /migration 2 \(settings\) was changed/);
    const newer = copy();
    const next = readMigrations().length + 1;
    change(newer, `INSERT INTO schema_migrations VALUES (${next}, 'of tomorrow', 'x', 0)`);
    assert.match(await refusal(newer), /install the newer program/);
  });

  it('applies what is missing, all of it or nothing', async () => {
    const file = newFile();
    const [first, ...others] = readMigrations();
    assert.ok(first);
    const number = 2;
    const broken = {
      number,
      name: 'broken',
      sql: 'CREATE TABLE half (a TEXT) STRICT; SELECT nonsense',
      checksum: 'x',
    };
    const fresh = openConnection(file, 'write');
    migrate(fresh, 1, [first]);
    assert.throws(() => migrate(fresh, 2, [first, broken]));
    assert.equal(fresh.get("SELECT 1 FROM sqlite_schema WHERE name = 'half'"), undefined);
    migrate(fresh, 3, [first, ...others]);
    assert.equal(fresh.all('SELECT 1 FROM schema_migrations').length, others.length + 1);
    fresh.close();
  });

  it('waits for another process that is writing', async () => {
    const file = newFile();
    const [first] = readMigrations();
    assert.ok(first);
    const older = openConnection(file, 'write');
    migrate(older, 1, [first]);
    older.exec('BEGIN IMMEDIATE');
    setTimeout(() => older.exec('COMMIT'), 350);
    const opened = await openForWriting(file, 2);
    assert.equal(opened.all('SELECT 1 FROM schema_migrations').length, readMigrations().length);
    opened.close();
    older.close();
  });

  it('refuses through the thread, too, with the one line, and no death is reported', async () => {
    const dataDir = newTestFolder();
    writeFileSync(join(dataDir, 'shop.db'), '');
    const deaths: Error[] = [];
    const opening = openSqliteStore({ dataDir, now: 0, onDeath: (error) => deaths.push(error) });
    await assert.rejects(opening, (error) => error instanceof StoreRefused && /0 bytes/.test(error.message));
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual(deaths, []);
    rmSync(dataDir, { recursive: true });
  });
});
