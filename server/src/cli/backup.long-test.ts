// Backup and restore as people use them: the second shop on the same machine, the wrong file, the kill in the middle.

import assert from 'node:assert/strict';
import {
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'node:test';
import { type Run, runSwati as run, runSwatiWith } from '../../test/kill-anywhere.ts';
import { startServer } from '../../test/running-server.ts';
import { writeArchive } from '../store/archive/archive-file.ts';
import { aBy } from '../store/contract-suite/builders.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';

const isRoot = process.getuid?.() === 0;

function digestOf({ out }: Run): string | undefined {
  return /digest {5}([0-9a-f]{64})/.exec(out)?.[1];
}

/** As the backups of long ago have noted it: what the journal does not name is not this shop's. */
async function noteAsMade(dataDir: string, files: readonly string[]): Promise<void> {
  const store = await openSqliteStore({ dataDir, now: Date.now(), onDeath: assert.fail });
  const facts = {
    outcome: 'made',
    folder: dataDir,
    bytes: 1,
    rows: 1,
    digest: 'd',
    otherDisk: false,
  } as const;
  for (const file of files) await store.backups.record({ ...facts, file }, aBy());
  await store.close();
}

describe('swati backup and restore', () => {
  let root: string;
  let shop: string;
  /** A shop without a row, for what depends on the files of the archives and not on what is in them. */
  let bare: string;
  let archive: string;
  let digest: string | undefined;
  const fresh = (): string => mkdtempSync(join(root, 'shop-'));

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'swati-backup-'));
    shop = fresh();
    assert.equal((await run(shop, 'seed')).code, 0);
    bare = fresh();
    assert.equal((await run(bare, 'init-db')).code, 0);
    const made = await run(shop, 'backup', '--to', join(root, 'archives'));
    assert.equal(made.code, 0, made.err);
    assert.match(made.out, /restored into a scratch database and compared: equal/);
    digest = digestOf(made);
    archive = join(root, 'archives', readdirSync(join(root, 'archives'))[0] as string);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('makes an equal shop of an archive in an empty folder, which verifies and can be backed up again', async () => {
    const other = fresh();
    const restored = await run(other, 'restore', archive);
    assert.equal(restored.code, 0, restored.err);
    const verified = await run(other, 'verify');
    assert.equal(verified.code, 0, verified.err);
    assert.equal(digestOf(await run(other, 'verify', archive)), digest);
    const status = JSON.parse((await run(other, 'status', '--json')).out) as { rows: Record<string, number> };
    assert.equal(status.rows.customers, 12);
    assert.equal(status.rows.sessions, 0);
  });

  it('compares an archive with a head that was noted, and says all of it in JSON too', async () => {
    const verified = await run(shop, 'verify', archive, '--json');
    const report = JSON.parse(verified.out) as { head: { seq: number; hash: string }; digest: string };
    assert.deepEqual([verified.code, report.digest], [0, digest]);
    const { seq, hash } = report.head;
    assert.equal((await run(shop, 'verify', archive, '--head', `${seq}:${hash}`)).code, 0);
    const rewritten = await run(
      shop,
      'verify',
      archive,
      '--head',
      hash.replace(/^./, (c) => (c === '0' ? '1' : '0')),
    );
    assert.equal(rewritten.code, 1);
    assert.match(rewritten.err, /^problem {4}no entry has the hash that was noted/);
  });

  it('does not overwrite a shop unless told to, and then keeps the old one until drop-old', async () => {
    const other = fresh();
    cpSync(join(shop, 'shop.db'), join(other, 'shop.db'));
    const refused = await run(other, 'restore', archive);
    assert.equal(refused.code, 1);
    assert.match(refused.err, /--replace/);
    assert.deepEqual(readdirSync(other).includes('generations'), false);
    // By root: what is made in the folder of another account is given to it.
    const { uid } = isRoot ? { uid: 65_534 } : statSync(other);
    if (isRoot) for (const name of ['.', ...readdirSync(other)]) chownSync(join(other, name), uid, uid);

    const replaced = await run(other, 'restore', archive, '--replace');
    assert.equal(replaced.code, 0, replaced.err);
    assert.match(replaced.out, /swati migrate drop-old/);
    assert.ok(readdirSync(other).includes('shop.db'));
    const dropped = await run(other, 'migrate', 'drop-old');
    assert.match(dropped.out, /removed {4}first/);
    assert.equal(readdirSync(other).includes('shop.db'), false);
    assert.equal((await run(other, 'verify')).code, 0);
    const left = readdirSync(other, { recursive: true, encoding: 'utf8' });
    assert.ok(left.includes('current-generation'));
    assert.deepEqual(
      left.filter((name) => statSync(join(other, name)).uid !== uid),
      [],
    );
  });

  it('says how to go back from the wrong archive, and with that the shop is what it was, as often as wanted', async () => {
    const other = fresh();
    assert.equal((await run(other, 'init-db')).code, 0);
    writeFileSync(join(other, 'c.csv'), 'name,phone\nAsha,9123456780\n');
    assert.equal((await run(other, 'import', 'customers', join(other, 'c.csv'))).code, 0);
    const customers = async (): Promise<number> => {
      assert.equal((await run(other, 'verify')).code, 0);
      return JSON.parse((await run(other, 'status', '--json')).out).rows.customers;
    };
    let said = (await run(other, 'restore', archive, '--replace')).out;
    assert.equal(await customers(), 12);
    for (const expected of [1, 12, 1]) {
      const [, words = ''] = /stop the shop and go back to it with: swati (.*)$/m.exec(said) ?? [];
      const back = await run(other, ...words.split(' '));
      assert.equal(back.code, 0, back.err);
      said = back.out;
      assert.equal(await customers(), expected);
    }
    // What was left is kept from the next restore, too.
    const next = await run(other, 'restore', archive, '--replace');
    assert.match(next.out, /^kept {7}first; .*\(and 1 older\)/m);
    assert.doesNotMatch(next.out, /did not finish/);
  });

  it('goes back to what is kept alone, which it names', async () => {
    const other = fresh();
    assert.equal((await run(other, 'restore', archive)).code, 0);
    const none = await run(other, 'restore', '--back-to', 'first');
    assert.deepEqual([none.code, /no shop is kept as first: none is/.test(none.err)], [1, true]);
    assert.equal((await run(other, 'restore', archive, '--replace')).code, 0);
    const [kept = ''] = readdirSync(join(other, 'generations')).sort();
    const wrong = await run(other, 'restore', '--back-to', 'first');
    assert.deepEqual([wrong.code, wrong.err.includes(`there is ${kept} (last written on `)], [1, true]);
    assert.equal((await run(other, 'restore', archive, '--back-to', kept)).code, 64);
    const file = join(other, 'generations', kept, 'shop.db');
    const newer = new DatabaseSync(file);
    newer.exec("INSERT INTO schema_migrations VALUES (999, 'later', 'x', 0)");
    newer.close();
    for (const error of [/install the newer program/, /shop\.db/]) {
      const unusable = await run(other, 'restore', '--back-to', kept);
      assert.deepEqual([unusable.code, error.test(unusable.err)], [78, true], unusable.err);
      assert.match(unusable.err, /The shop stays as it is$/);
      writeFileSync(file, 'no database');
    }
    assert.equal((await run(other, 'verify')).code, 0);
    const server = await startServer(other);
    try {
      assert.match((await run(other, 'restore', '--back-to', kept)).err, /is running/);
    } finally {
      await server.stop();
    }
  });

  it('refuses while the shop is running, and a backup of the running shop is good', async () => {
    const other = fresh();
    cpSync(join(shop, 'shop.db'), join(other, 'shop.db'));
    cpSync(join(shop, 'uploads'), join(other, 'uploads'), { recursive: true });
    const server = await startServer(other);
    try {
      const refused = await run(other, 'restore', archive, '--replace');
      assert.equal(refused.code, 78);
      assert.match(refused.err, /is running/);
      assert.equal((await run(other, 'migrate', 'drop-old')).code, 78);
      const pictures = join(other, 'uploads', 'products');
      const [lost = ''] = readdirSync(pictures);
      rmSync(join(pictures, lost));
      const live = await run(other, 'backup', '--to', join(root, 'live'));
      assert.equal(live.code, 0, live.err);
      assert.match(live.err, new RegExp(`^warning {4}picture ${lost}: its file is missing`, 'm'));
    } finally {
      await server.stop();
    }
  });

  it('names what is wrong with an archive and changes nothing', async () => {
    const other = fresh();
    const bad = join(root, 'bad.backup');
    writeFileSync(bad, 'not an archive, though it has a name like one');
    for (const file of [bad, join(root, 'none.backup')]) {
      const refused = await run(other, 'restore', file);
      assert.equal(refused.code, 1);
      assert.match(refused.err, new RegExp(`${file}: .*Nothing was changed`));
    }
    assert.equal(readdirSync(other).includes('current-generation'), false);
    assert.equal((await run(other, 'restore')).code, 64);
    assert.equal((await run(shop, 'verify', bad)).code, 1);
    assert.equal((await run(shop, 'migrate')).code, 64);
  });

  it('names an archive that is cut off, altered, or of a newer program, and changes nothing', async () => {
    const other = fresh();
    const bytes = readFileSync(archive);
    const flipped = Buffer.from(bytes);
    flipped[bytes.length >> 1] = (flipped[bytes.length >> 1] as number) ^ 1;
    const newer = join(root, 'newer.backup');
    const facts = { madeAt: '2030-01-01T00:00:00.000Z', program: '9.0.0', schema: 999, store: 'sqlite' };
    await writeArchive(newer, facts, (async function* () {})(), null);
    for (const [content, error] of [
      [bytes.subarray(0, bytes.length - 100), /it is cut off/],
      [flipped, /it is damaged: its checksum does not agree/],
      [readFileSync(newer), /it holds schema 999, this program knows \d+: install the newer program/],
    ] as const) {
      const file = join(root, 'wrong.backup');
      writeFileSync(file, content);
      const refused = await run(other, 'restore', file);
      assert.deepEqual([refused.code, error.test(refused.err)], [1, true], refused.err);
      assert.match(refused.err, /Nothing was changed/);
    }
    assert.deepEqual(readdirSync(join(other, 'generations')), []);
    assert.equal(readdirSync(other).includes('current-generation'), false);
  });

  it('seals an archive with a passphrase of a file', async () => {
    const key = join(root, 'passphrase');
    writeFileSync(key, 'a long enough passphrase\n');
    const short = join(root, 'short');
    writeFileSync(short, 'short\n');
    const to = join(root, 'sealed');
    assert.equal((await run(bare, 'backup', '--to', to, '--passphrase-file', key)).code, 0);
    const [name = ''] = readdirSync(to);
    const file = join(to, name);
    const wrong = join(root, 'wrong');
    writeFileSync(wrong, 'another long passphrase\n');
    const other = fresh();
    for (const [words, error] of [
      [[], /encrypted/],
      [['--passphrase-file', wrong], /the passphrase is wrong/],
    ] as const) {
      const refused = await run(other, 'restore', file, ...words);
      assert.deepEqual([refused.code, error.test(refused.err)], [1, true], refused.err);
      assert.match(refused.err, /^[^\n]*Nothing was changed\.$/);
      assert.equal(readdirSync(other).includes('current-generation'), false);
    }
    assert.equal((await run(other, 'restore', file, '--passphrase-file', key)).code, 0);
    assert.match((await run(bare, 'backup', '--passphrase-file', short)).err, /at least 12/);
  });

  it('keeps the newest archives only, and touches no file that is not its own', async () => {
    const to = join(root, 'kept');
    for (let n = 0; n < 3; n++) assert.equal((await run(bare, 'backup', '--to', to, '--keep', '2')).code, 0);
    writeFileSync(join(to, 'notes.txt'), 'mine');
    // A good archive of another shop, older and of the same folder.
    const theirs = basename(archive);
    cpSync(archive, join(to, theirs));
    const last = await run(bare, 'backup', '--to', to, '--keep', '1');
    assert.equal(last.code, 0);
    assert.match(last.out, /left {7}archives that this shop's journal does not name.*: 1/);
    assert.ok(readdirSync(to).includes(theirs));
    assert.equal(readdirSync(to).length, 3);
    assert.equal((await run(bare, 'backup', '--keep', '0')).code, 64);
    const wrong = await run(bare, 'backup', '--keep-days', 'x');
    assert.equal(wrong.code, 64);
    assert.match(wrong.err, /--keep-days must be a whole number of at least 1/);
    assert.equal((await run(bare, 'backup', '--keep', '1', '--keep-days', '1')).code, 64);
  });

  it('keeps those of the newest days, of which there are many today', async () => {
    const to = join(root, 'days');
    mkdirSync(to);
    const long = ['swati-20000101T000000000Z.backup', 'swati-20000102T000000000Z.backup'];
    for (const name of long) writeFileSync(join(to, name), 'of long ago');
    await noteAsMade(bare, long);
    for (let n = 0; n < 2; n++)
      assert.equal((await run(bare, 'backup', '--to', to, '--keep-days', '2')).code, 0);
    // Two days: today, and the newest of long ago.
    assert.deepEqual(
      readdirSync(to).filter((name) => long.includes(name)),
      long.slice(1),
    );
    assert.equal(readdirSync(to).length, 3);
  });

  it('keeps what it has just made, and those before it, where an archive is dated ahead by a wrong clock', async () => {
    const to = join(root, 'ahead');
    mkdirSync(to);
    const ahead = 'swati-20991231T235959999Z.backup';
    writeFileSync(join(to, ahead), 'of a clock that ran wrong');
    for (let n = 0; n < 3; n++) assert.equal((await run(bare, 'backup', '--to', to, '--keep', '2')).code, 0);
    const kept = readdirSync(to).sort();
    assert.equal(kept.length, 3);
    assert.equal(kept.at(-1), ahead);
    assert.equal((await run(bare, 'verify', join(to, kept[1] as string))).code, 0);
  });

  it('tells an archive that is good from what could not be done after it', async () => {
    const to = join(root, 'stuck');
    // Named as an old archive, and no file that could be removed.
    const old = 'swati-20000101T000000000Z.backup';
    mkdirSync(join(to, old), { recursive: true });
    await noteAsMade(bare, [old]);
    const made = await run(bare, 'backup', '--to', to, '--keep', '1');
    assert.equal(made.code, 1);
    assert.match(made.err, /the archive is made and good, but/);
    const status = JSON.parse((await run(bare, 'status', '--json')).out) as { backup: { state: string } };
    assert.equal(status.backup.state, 'good');
  });

  it('tells an archive that is good from a journal that could not be told of it', async () => {
    const to = join(root, 'untold');
    const change = (sql: string): void => {
      const database = new DatabaseSync(join(bare, 'shop.db'));
      database.exec(sql);
      database.close();
    };
    change(`CREATE TRIGGER mute BEFORE INSERT ON journal WHEN NEW.action = 'backup.made'
      BEGIN SELECT RAISE(FAIL, 'not now'); END`);
    const made = await run(bare, 'backup', '--to', to);
    change('DROP TRIGGER mute');
    assert.equal(made.code, 1);
    assert.match(
      made.err,
      /the archive is made and good, but the journal could not be told of it:\n.*not now/,
    );
    assert.doesNotMatch(made.err, /no archive/);
    assert.match(made.out, /^archive .*\.backup$/m);
    assert.equal(readdirSync(to).length, 1);
    const status = JSON.parse((await run(bare, 'status', '--json')).out) as { backup: { state: string } };
    assert.equal(status.backup.state, 'good');
  });

  it('takes the keys of an archive away with it, and no others', async () => {
    const to = join(root, 'keys');
    mkdirSync(to);
    const old = 'swati-20000101T000000000Z.backup';
    for (const name of [old, old.replace('.backup', '.keys.json')])
      writeFileSync(join(to, name), 'of long ago');
    await noteAsMade(bare, [old]);
    writeFileSync(join(to, 'mine.keys.json'), 'mine');
    assert.equal((await run(bare, 'backup', '--to', to, '--with-keys', '--keep', '1')).code, 0);
    const [mine, archive = '', keys] = readdirSync(to).sort();
    assert.equal(mine, 'mine.keys.json');
    assert.equal(keys, archive.replace('.backup', '.keys.json'));
    assert.equal(readdirSync(to).length, 3);
  });

  it('puts no key beside it that no longer signs', async () => {
    const to = join(root, 'keyless');
    const settings = { DATA_DIR: bare, JWT_SECRET_KEY: 'a key that was given after one had been made' };
    const made = await runSwatiWith(settings, 'backup', '--to', to, '--with-keys');
    assert.equal(made.code, 0);
    assert.match(made.out, /JWT_SECRET_KEY is given by the environment/);
    assert.equal(readdirSync(to).length, 1);
  });

  it('keeps the shop of every restore until drop-old, also where the clock went back between them', async () => {
    const other = fresh();
    assert.equal((await run(other, 'restore', archive)).code, 0);
    // As a restore leaves it whose clock was years ahead.
    const [name = ''] = readdirSync(join(other, 'generations'));
    const ahead = '20991231T235959998Z';
    renameSync(join(other, 'generations', name), join(other, 'generations', ahead));
    writeFileSync(join(other, 'current-generation'), `${ahead}\n`);
    for (let n = 0; n < 2; n++) {
      const again = await run(other, 'restore', archive, '--replace');
      assert.equal(again.code, 0, again.err);
      assert.doesNotMatch(again.out, /did not finish/);
    }
    assert.equal(readdirSync(join(other, 'generations')).length, 3);
    assert.equal((await run(other, 'verify')).code, 0);
  });

  it('says that nothing was made where the folder cannot be written, and journals it', async () => {
    const blocked = join(root, 'blocked');
    writeFileSync(blocked, '');
    const failed = await run(bare, 'backup', '--to', join(blocked, 'below'));
    assert.equal(failed.code, 1);
    const [, reason = ''] = /no archive was made: (.+)/.exec(failed.err) ?? [];
    assert.notEqual(reason, '');
    const { out } = await run(bare, 'status', '--json');
    const { attention } = JSON.parse(out) as { attention: string[] };
    assert.ok(attention.includes(`the newest backup failed: ${reason}`), out);
  });
});
