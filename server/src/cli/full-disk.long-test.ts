// A disk that is full: one clear line, and everything as it was. Needs the right to mount a small file system.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runSwati, runSwatiWith } from '../../test/kill-anywhere.ts';
import { makeShopOfSchema } from '../../test/older-schema-shop.ts';
import { newTestFolder } from '../../test/test-database.ts';
import { readMigrations } from '../store/sqlite/migrate.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';

describe('a full disk', () => {
  let root: string;
  let shop: string;
  const mounted: string[] = [];
  /** Null where nothing can be mounted here. */
  const smallDisk = (kilobytes: number): string | null => {
    const folder = join(root, `disk-${mounted.length}`);
    mkdirSync(folder);
    const options = ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder];
    if (spawnSync('mount', options).status !== 0) return null;
    mounted.push(folder);
    return folder;
  };
  before(async () => {
    root = newTestFolder();
    shop = join(root, 'shop');
    assert.equal((await runSwati(shop, 'seed')).code, 0);
  });
  after(() => {
    for (const folder of mounted) spawnSync('umount', [folder]);
    rmSync(root, { recursive: true, force: true });
  });

  it('of the archives makes no archive, and leaves nothing behind', async (t) => {
    // Less than an archive; and room for it, but not for the scratch database.
    for (const kilobytes of [64, 800]) {
      const disk = smallDisk(kilobytes);
      if (disk === null) return t.skip('no right to mount a file system');
      const refused = await runSwati(shop, 'backup', '--to', disk);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /no archive was made: the disk of the archives is full/);
      assert.deepEqual(readdirSync(disk), []);
    }
  });

  it('of the shop changes nothing at a restore or a move', async (t) => {
    const to = join(root, 'archives');
    assert.equal((await runSwati(shop, 'backup', '--to', to)).code, 0);
    const [archive = ''] = readdirSync(to);
    const disk = smallDisk(600);
    if (disk === null) return t.skip('no right to mount a file system');
    const refused = await runSwati(disk, 'restore', join(to, archive));
    assert.equal(refused.code, 1);
    assert.match(refused.err, /the disk of the shop is full. Nothing was changed/);
    assert.deepEqual(readdirSync(join(disk, 'generations')), []);
    // The copy finds no room, then not even the mark that a shop is arriving.
    for (const kilobytes of [600, 0]) {
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, 'other'), Buffer.alloc(bavail * bsize - kilobytes * 1024));
      const stayed = await runSwati(shop, 'move', '--to', `sqlite:${join(disk, `new-${kilobytes}`)}`);
      assert.equal(stayed.code, 1);
      assert.match(stayed.err, /the disk of sqlite:.* is full: make room there/);
      rmSync(join(disk, 'other'));
    }
    const status = JSON.parse((await runSwati(shop, 'status', '--json')).out) as { moved_to: string | null };
    assert.equal(status.moved_to, null);
  });

  it('of the shop is no damage: a start is tried again, and what was replaced can be removed', async (t) => {
    const disk = smallDisk(4_000);
    if (disk === null) return t.skip('no right to mount a file system');
    const data = join(disk, 'data');
    assert.equal((await runSwati(data, 'init-db')).code, 0);
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'other'), Buffer.alloc(bavail * bsize));
    const refused = await runSwati(data, 'status');
    assert.deepEqual([refused.code, refused.out], [1, '']);
    assert.match(refused.err, /shop\.db: its disk is full. Free some room there; nothing needs repair$/);
    const dropped = await runSwati(data, 'migrate', 'drop-old');
    assert.deepEqual([dropped.code, dropped.err], [0, '']);
    rmSync(join(disk, 'other'));
    assert.match((await runSwati(data, 'status')).out, /^shop +not running/);
  });

  it('of a shop that is being made leaves none: with room it is made as if nothing had been', async (t) => {
    const disk = smallDisk(4_000);
    if (disk === null) return t.skip('no right to mount a file system');
    // The secret alone finds no room; nor the tables; nor those that stand in the log beside the file.
    for (const kilobytes of [0, 300, 600, 800]) {
      const data = join(disk, `made-${kilobytes}`);
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, 'other'), Buffer.alloc(bavail * bsize - kilobytes * 1024));
      const refused = await runSwati(data, 'init-db');
      assert.deepEqual([refused.code, refused.out], [1, ''], refused.err);
      assert.match(refused.err, /disk is full/);
      assert.deepEqual(
        readdirSync(data).filter((name) => name.startsWith('shop.db')),
        [],
      );
      rmSync(join(disk, 'other'));
      assert.equal((await runSwati(data, 'init-db')).code, 0);
      rmSync(data, { recursive: true });
    }
  });

  it('of the archives keeps a shop of an older schema as it is, until there is room', async (t) => {
    const data = join(root, 'older');
    const store = await openSqliteStore({ dataDir: shop, now: Date.now(), onDeath: assert.fail });
    await makeShopOfSchema(readMigrations().length - 1, data, store.backups.dump());
    await store.close();
    for (const kilobytes of [64, 800]) {
      const disk = smallDisk(kilobytes);
      if (disk === null) return t.skip('no right to mount a file system');
      const refused = await runSwatiWith({ DATA_DIR: data, BACKUP_DIR: disk }, 'init-db');
      // Not final, as wrong settings are: whoever keeps the shop running tries again.
      assert.deepEqual([refused.code, refused.out], [1, '']);
      const why = `could not be made in ${disk} \\(the disk of the archives is full\\): make room there`;
      assert.match(refused.err, new RegExp(`the shop stays as it is, of schema \\d+, .*${why}`));
      assert.deepEqual(readdirSync(disk), []);
      assert.match((await runSwati(data, 'status')).err, /shop\.db has schema \d+, this program/);
    }
    const to = join(root, 'room');
    assert.equal((await runSwatiWith({ DATA_DIR: data, BACKUP_DIR: to }, 'init-db')).code, 0);
    assert.equal(readdirSync(to).length, 1);
    assert.equal((await runSwati(data, 'verify')).code, 0);
  });

  it('of the temporary files is named by a verification', async (t) => {
    const to = join(root, 'to-verify');
    assert.equal((await runSwati(shop, 'backup', '--to', to)).code, 0);
    const disk = smallDisk(300);
    if (disk === null) return t.skip('no right to mount a file system');
    const { TMPDIR } = process.env;
    process.env.TMPDIR = disk;
    t.after(() => {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    });
    const refused = await runSwati(shop, 'verify', join(to, readdirSync(to)[0] as string));
    assert.equal(refused.code, 1);
    assert.match(refused.err, new RegExp(`no room to restore it in ${disk}`));
    assert.deepEqual(readdirSync(disk), []);
  });
});
