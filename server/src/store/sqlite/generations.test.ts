// Which generation is the shop, and which ones may go: never one that nobody knows not to be the shop.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../test/test-database.ts';
import { StoreRefused } from '../store-refused.ts';
import { openSqliteLanding } from './archive/landing.ts';
import {
  currentFolder,
  dropOldGenerations,
  dropUnfinished,
  startArrival,
  switchBack,
} from './generations.ts';
import { refuseLost } from './journal-head.ts';
import { lockBackup, lockShared } from './process-lock.ts';

const [OLD, NEW] = ['20260101T000000000Z', '20260201T000000000Z'];

describe('the generations of a folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = newTestFolder();
    for (const name of [OLD, NEW]) {
      mkdirSync(join(folder, 'generations', name), { recursive: true });
      writeFileSync(join(folder, 'generations', name, 'shop.db'), name);
    }
    mkdirSync(join(folder, 'generations', '20260301T000000000Z.unfinished'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const pointTo = (text: string) => writeFileSync(join(folder, 'current-generation'), text);
  const kept = () => readdirSync(join(folder, 'generations'));

  it('stay where the pointer is gone or leads nowhere: the start says which there are, and nothing removes them', () => {
    const damages = [
      () => undefined,
      () => pointTo(''),
      () => pointTo('2026'),
      () => pointTo('20250101T000000000Z'),
    ];
    for (const damage of damages) {
      damage();
      assert.throws(
        () => currentFolder(folder),
        (error: Error) => {
          assert.ok(error instanceof StoreRefused);
          assert.match(
            error.message,
            new RegExp(`current-generation .*${OLD}, ${NEW}.*swati restore FILE --replace`),
          );
          return true;
        },
      );
      dropUnfinished(folder);
      assert.throws(() => dropOldGenerations(folder), StoreRefused);
      assert.throws(() => openSqliteLanding(folder, 'sqlite:/elsewhere', 0), /there is a shop in/);
      assert.deepEqual(kept(), [OLD, NEW]);
    }
  });

  it('are not looked for where a folder stands in the place of a note or a lock: one line names it', () => {
    const first = newTestFolder();
    const looks: [string, () => unknown][] = [
      ['current-generation', () => currentFolder(first)],
      ['arriving', () => currentFolder(first)],
      ['journal-head', () => refuseLost(join(first, 'shop.db'))],
      ['shop.lock', () => lockShared(first)],
      ['backup.lock', () => lockBackup(first)],
    ];
    try {
      for (const [name, look] of looks) {
        mkdirSync(join(first, name));
        assert.throws(look, (error: Error) => {
          assert.ok(error instanceof StoreRefused, String(error));
          return error.message.startsWith(`${join(first, name)} `);
        });
        rmSync(join(first, name), { recursive: true });
      }
    } finally {
      rmSync(first, { recursive: true });
    }
  });

  it('go where they were replaced, or never switched to', () => {
    pointTo(`${OLD}\n`);
    assert.equal(currentFolder(folder), join(folder, 'generations', OLD));
    assert.deepEqual(dropUnfinished(folder).sort(), [NEW, '20260301T000000000Z']);
    writeFileSync(join(folder, 'shop.db'), 'the first one');
    assert.deepEqual(dropOldGenerations(folder), ['first']);
    assert.deepEqual(kept(), [OLD]);
    assert.ok(!existsSync(join(folder, 'shop.db')));
  });

  it('go where the folder itself is the shop, or a move into it was cut off before its end', () => {
    writeFileSync(join(folder, 'shop.db'), 'the first one');
    assert.equal(currentFolder(folder), folder);
    assert.equal(dropUnfinished(folder).length, 3);
    mkdirSync(join(folder, 'generations', NEW));
    writeFileSync(join(folder, 'generations', NEW, 'shop.db'), NEW);
    rmSync(join(folder, 'shop.db'));
    startArrival(folder, 'sqlite:/elsewhere');
    assert.deepEqual(dropUnfinished(folder), [NEW]);
    assert.deepEqual(kept(), []);
  });

  it('stay where an earlier one was made the shop again, until they are dropped', () => {
    writeFileSync(join(folder, 'shop.db'), 'the first one');
    for (const name of ['first', OLD]) {
      pointTo(`${NEW}\n`);
      switchBack(folder, name);
      assert.deepEqual(dropUnfinished(folder), name === 'first' ? ['20260301T000000000Z'] : []);
      assert.equal(currentFolder(folder), name === 'first' ? folder : join(folder, 'generations', OLD));
      assert.deepEqual(kept(), [OLD, NEW]);
    }
    assert.deepEqual(dropOldGenerations(folder), ['first', NEW]);
    assert.deepEqual(kept(), [OLD]);
  });
});
