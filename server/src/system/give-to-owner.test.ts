import assert from 'node:assert/strict';
import { chownSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { imageName } from '../domain/image-name.ts';
import { keepSecret } from '../serving/keep-secret.ts';
import { newGeneration, startArrival, switchTo } from '../store/sqlite/generations.ts';
import { saveImageFile } from '../store/sqlite/image-files.ts';
import { lockBackup, lockShared } from '../store/sqlite/process-lock.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { makeFolder } from './make-folder.ts';

const NOBODY = 65_534;

describe('what root makes in the folder of another account', {
  skip: process.getuid?.() === 0 ? false : 'only root can give files away',
}, () => {
  it('belongs to that account: the shop, its locks, pictures, secrets and generations', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'swati-owner-'));
    chownSync(folder, NOBODY, NOBODY);
    const seen = new Map<string, number>();
    const look = () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        seen.set(name, lstatSync(join(folder, name)).uid);
    };
    try {
      const store = await openSqliteStore({ dataDir: folder, now: 1, onDeath: assert.fail });
      look();
      await store.close();
      lockBackup(folder).release();
      lockShared(folder).release();
      keepSecret(folder, () => 'x'.repeat(64));
      saveImageFile(folder, imageName('a'.repeat(32), 1, 'webp'), new Uint8Array(1));
      makeFolder(join(folder, 'backups', 'here'));
      switchTo(folder, newGeneration(folder, 2).name);
      startArrival(folder, 'elsewhere');
      look();
      for (const name of ['shop.db', 'shop.db-wal', 'journal-head', 'backup.lock', 'current-generation'])
        assert.ok(seen.has(name), name);
      assert.deepEqual(
        [...seen].filter(([, uid]) => uid !== NOBODY),
        [],
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
