// Pictures that are not as they were uploaded: a backup goes on, says so, and what is restored of it is the same.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { imageName } from '../../../domain/image-name.ts';
import { summarise } from '../../archive/archive-page.ts';
import { watchPictures } from '../../archive/watch-pictures.ts';
import { aBy, START } from '../../contract-suite/builders.ts';
import type { Store } from '../../store.ts';
import { imagePath } from '../image-files.ts';
import { readMigrations } from '../migrate.ts';
import { openSqliteStore } from '../sqlite-store.ts';
import { verifyDatabase } from '../verify.ts';
import { dumpDatabase } from './dump.ts';
import { loadDatabase } from './load.ts';

describe('the dump of a database with pictures', () => {
  let dataDir: string;
  let store: Store;
  const names = [0, 1, 2].map((n) => imageName(`${n}`.repeat(32), START, 'webp'));
  const [, missing = '', damaged = ''] = names;
  const remedy = 'put it back from an older archive, or give its piece another picture';
  const amiss = [
    `picture ${missing}: its file is missing: ${remedy}`,
    `picture ${damaged}: its bytes are not those that were uploaded: ${remedy}`,
  ].sort();
  const held = (): string[] => readdirSync(dataDir).filter((name) => name.startsWith('.images-'));

  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'swati-dump-'));
    store = await openSqliteStore({ dataDir, now: START, onDeath: assert.fail });
    for (const name of names) {
      await store.images.add({ name, contentType: 'image/webp', bytes: Buffer.from(name) }, aBy());
    }
    rmSync(imagePath(dataDir, missing));
    writeFileSync(imagePath(dataDir, damaged), 'something else');
  });
  after(async () => {
    await store.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('names what is missing and what is damaged, as verify does, and comes back as it was', async () => {
    assert.deepEqual((await store.journal.verify()).pictures, amiss);
    const found: string[] = [];
    const folder = join(dataDir, 'restored');
    const pages = watchPictures(store.backups.dump(), found);
    await loadDatabase(pages, { folder, schema: readMigrations().length, at: START });
    assert.deepEqual(found.sort(), amiss);
    const restored = join(folder, 'shop.db');
    assert.deepEqual(await summarise(dumpDatabase(restored)), await summarise(store.backups.dump()));
    const { problems, pictures } = await verifyDatabase(restored, 'main');
    assert.deepEqual([problems, pictures], [[], amiss]);
  });

  it('leaves no links behind where it fails, and removes those of processes that were killed', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    const pages = store.backups.dump()[Symbol.asyncIterator]();
    await pages.next();
    const [ours = ''] = held();
    mkdirSync(join(dataDir, ours.replace(`-${process.pid}-`, `-${pid}-`)));
    const older = join(dataDir, '.images-Ab3dEf');
    for (const name of ['.images-Ab3dEf', '.images-Fresh1']) mkdirSync(join(dataDir, name));
    utimesSync(older, 0, 0);
    const folderInstead = imagePath(dataDir, missing);
    mkdirSync(folderInstead);
    await assert.rejects(summarise(store.backups.dump()));
    rmSync(folderInstead, { recursive: true });
    assert.deepEqual(
      held().sort(),
      [ours, '.images-Fresh1'].sort(),
      'those of readers that may be alive stay',
    );
    await pages.return?.();
    assert.deepEqual(held(), ['.images-Fresh1']);
  });
});
