// The command as people use it: what it prints, and exit codes that mean what they say.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { swati } from './swati.ts';

interface Run {
  code: number;
  out: string;
  err: string;
}

describe('swati', () => {
  let dataDir: string;
  before(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'swati-cli-'));
  });
  after(() => rmSync(dataDir, { recursive: true, force: true }));

  const run = async (args: string[], input = '', environment: Record<string, string> = {}): Promise<Run> => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await swati(
      args,
      { DATA_DIR: dataDir, ...environment },
      {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        progress: () => undefined,
        askSecret: async () => null,
        readInput: async () => input,
      },
    );
    return { code, out: out.join('\n'), err: err.join('\n') };
  };

  it('lists its commands, each with a help that says what the exit codes mean', async () => {
    const { code, out } = await run(['--help']);
    assert.equal(code, 0);
    for (const name of [
      'start',
      'init-db',
      'seed',
      'import',
      'forecast',
      'create-admin',
      'reset-password',
      'status',
      'verify',
    ]) {
      assert.match(out, new RegExp(`^ {2}${name} `, 'm'));
      const help = await run([name, '--help']);
      assert.equal(help.code, 0);
      assert.match(help.out, /Exit codes: 0 done/);
    }
  });

  it('answers 64 to words it does not know, and names them', async () => {
    assert.equal((await run([])).code, 64);
    assert.match((await run(['frobnicate'])).err, /no command "frobnicate"/);
    assert.equal((await run(['frobnicate'])).code, 64);
    assert.match((await run(['status', '--colour'])).err, /--colour/);
    assert.equal((await run(['status', 'extra'])).code, 64);
    assert.equal((await run(['reset-password'])).code, 64);
  });

  it('answers 78 to settings that cannot be used, all of them at once', async () => {
    const { code, err } = await run(['status'], '', { PORT: 'many', LOG_LEVEL: 'loud' });
    assert.equal(code, 78);
    assert.match(err, /PORT/);
    assert.match(err, /LOG_LEVEL/);
  });

  it('tells which program it is, by either word', async () => {
    for (const word of ['--version', 'version']) {
      const { code, out } = await run([word]);
      assert.equal(code, 0);
      assert.match(out, /^swati +\d+\.\d+\.\d+\nnode +2\d\.\S+\nsqlite +3\.\S+\nschema +\d+$/);
    }
  });

  it('tells of a mistyped setting in .env, once, whatever the command does with the others', () => {
    writeFileSync(join(dataDir, '.env'), `DATA_DIRS=./books\nDATA_DIR=${join(dataDir, 'typed')}\n`);
    const program = fileURLToPath(new URL('swati.js', import.meta.url));
    const { PATH } = process.env;
    for (const words of [['init-db'], ['status'], ['verify'], ['migrate', 'drop-old']]) {
      const { status, stderr } = spawnSync(process.execPath, [program, ...words], {
        cwd: dataDir,
        env: { PATH },
        encoding: 'utf8',
      });
      assert.deepEqual(
        [status, stderr],
        [0, '.env: DATA_DIRS is no setting and does nothing; DATA_DIR is one\n'],
        words.join(' '),
      );
    }
    rmSync(join(dataDir, '.env'));
  });

  it('makes no shop where it is to look at one: a wrong DATA_DIR is no empty shop', async () => {
    const nowhere = join(dataDir, 'mistyped');
    for (const words of [
      ['status'],
      ['verify'],
      ['backup'],
      ['reset-password', 'owner'],
      ['move', '--to', `sqlite:${nowhere}-2`],
    ]) {
      const { code, out, err } = await run(words, '', { DATA_DIR: nowhere });
      assert.deepEqual([code, out], [78, ''], words.join(' '));
      assert.match(err, /^there is no shop in \S+mistyped\. DATA_DIR says where it is; [^\n]+$/);
      assert.equal(existsSync(nowhere), false, words.join(' '));
    }
  });

  it('leaves a database of an older program as it is, but for the start and init-db', async () => {
    const older = join(dataDir, 'older');
    assert.equal((await run(['init-db'], '', { DATA_DIR: older })).code, 0);
    const schemaOf = (change = '') => {
      const db = new DatabaseSync(join(older, 'shop.db'));
      if (change !== '') db.exec(change);
      const [row] = db.prepare('SELECT max(number) AS schema FROM schema_migrations').all();
      db.close();
      return row?.schema;
    };
    const before = schemaOf('DELETE FROM schema_migrations WHERE number > 5');
    for (const words of [['status'], ['verify'], ['backup']]) {
      const { code, err } = await run(words, '', { DATA_DIR: older });
      assert.equal(code, 78);
      assert.match(err, /^\S+shop\.db has schema 5, this program \d+: [^\n]+$/);
    }
    assert.equal(schemaOf(), before);
  });

  it('makes the database and says where it is', async () => {
    const { code, out } = await run(['init-db']);
    assert.equal(code, 0);
    assert.match(out, /shop\.db/);
    assert.ok(readdirSync(dataDir).includes('shop.db'));
  });

  it('says in one line that what it prints cannot be written, as into a file on a full disk', (t) => {
    if (!existsSync('/dev/full')) return t.skip('there is no /dev/full here');
    const full = openSync('/dev/full', 'w');
    const program = fileURLToPath(new URL('swati.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [program, 'help'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    assert.deepEqual(
      [status, /^what was printed cannot be written: [^\n]*\n$/.test(stderr)],
      [1, true],
      stderr,
    );
  });

  it('makes an admin once, with a password from standard input, or a random one printed once', async () => {
    const first = await run(
      ['create-admin', '--email', 'a@example.com', '--password-stdin'],
      'a good password',
    );
    assert.equal(first.code, 0);
    assert.doesNotMatch(first.out, /a good password/);
    const again = await run(['create-admin', '--email', 'b@example.com']);
    assert.equal(again.code, 1);
    assert.match(again.err, /already exists/);
    const other = await run(['create-admin', '--username', 'second', '--email', 'b@example.com']);
    assert.match(other.out, /^password {2}\S{20,}$/m);
    const short = await run(
      ['create-admin', '--username', 'third', '--email', 'c@example.com', '--password-stdin'],
      'x',
    );
    assert.equal(short.code, 1);
    assert.match(short.err, /at least 6 characters/);
    const nameless = await run(['create-admin']);
    assert.deepEqual([nameless.code, /--email/.test(nameless.err)], [64, true]);
  });

  it('resets a password by name or e-mail', async () => {
    assert.equal((await run(['reset-password', 'A@Example.com'])).code, 0);
    const nobody = await run(['reset-password', 'nobody']);
    assert.equal(nobody.code, 1);
    assert.match(nobody.err, /no account nobody/);
  });

  it('switches lost sign-in codes off, where there are some', async () => {
    const none = await run(['reset-password', 'a@example.com', '--totp']);
    assert.equal(none.code, 1);
    assert.match(none.err, /signs in without codes/);
    const onDeath = (error: Error) => assert.ifError(error);
    const store = await openSqliteStore({ dataDir, now: Date.now(), onDeath });
    const user = (await store.users.list())[0] ?? assert.fail();
    const by = { actor: { kind: 'system', name: 'test' }, requestId: 'test', at: Date.now() } as const;
    await store.secondFactors.enrol(user.id, 'sealed', by);
    const confirmed = { sealed: 'sealed', step: 1, recoveryHashes: [], keepSessionId: null };
    await store.secondFactors.confirm(user.id, confirmed, by);
    await store.close();
    const reset = await run(['reset-password', user.username, '--totp']);
    assert.equal(reset.code, 0, reset.err);
    assert.match(reset.out, /by password alone/);
  });

  it('seeds an empty shop and refuses to seed a full one', async () => {
    const { code, out } = await run(['seed']);
    assert.equal(code, 0);
    assert.match(out, /products +12/);
    const again = await run(['seed']);
    assert.equal(again.code, 1);
    assert.match(again.err, /nothing was changed/);
  });

  it('prints a status for people and for programs', async () => {
    assert.match((await run(['status'])).out, /^accounts {3}.*second \(admin\)$/m);
    const facts = JSON.parse((await run(['status', '--json'])).out);
    assert.equal(facts.rows.customers, 12);
    assert.equal(facts.gold[0].purity, '916');
    const file = join(dataDir, 'shop.db');
    assert.match(
      (await run(['status'], '', { BACKUP_DIR: file })).out,
      /^attention {2}no backup can be made in BACKUP_DIR: \S+shop\.db is a file already, /m,
    );
  });

  it('verifies, holds a noted head, and fails once somebody has touched a balance', async () => {
    const good = await run(['verify']);
    assert.equal(good.code, 0, good.err);
    const head = /head +(\S+)/.exec(good.out)?.[1] ?? '';
    assert.equal((await run(['verify', '--head', head])).code, 0);
    assert.equal((await run(['verify', '--head', head.split(':')[1] ?? ''])).code, 0);
    assert.equal((await run(['verify', '--head', `1${head}`])).code, 1);
    assert.equal(
      (await run(['verify', '--head', head.replace(/.$/, (c) => (c === '0' ? '1' : '0'))])).code,
      1,
    );
    const wrong = await run(['verify', '--head', 'yesterday']);
    assert.equal(wrong.code, 1);
    assert.match(wrong.out, /^1 problem$/m);
    const database = new DatabaseSync(join(dataDir, 'shop.db'));
    database.exec('UPDATE customers SET balance_paise = balance_paise + 1');
    database.close();
    const bad = await run(['verify']);
    assert.equal(bad.code, 1);
    assert.match(bad.err, /^problem .*balance/m);
  });
});
