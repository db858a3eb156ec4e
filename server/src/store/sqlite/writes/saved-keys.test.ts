import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { newTestFolder } from '../../../../test/test-database.ts';
import { START } from '../../contract-suite/builders.ts';
import type { Connection } from '../database.ts';
import { openForWriting } from '../open-for-writing.ts';
import { RowNumbers } from './row-numbers.ts';
import { SavedKeys } from './saved-keys.ts';
import { findSaved, saveResult } from './saved-results.ts';

const SEED = 5;

describe('keys of saved results', () => {
  let folder: string;
  let db: Connection;
  let keys: SavedKeys;

  beforeEach(async () => {
    folder = newTestFolder();
    db = await openForWriting(join(folder, 'shop.db'), 0);
    keys = new SavedKeys(db, new RowNumbers(SEED));
  });
  afterEach(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const claim = (key: string) => ({ userId: 'u', key, fingerprint: 'f', retryCount: 0 });
  const save = (key: string): void => {
    const answer = { outcome: { ok: true, value: key } as const, position: 1, requestId: key };
    saveResult(db, keys, 'main', claim(key), START, answer);
  };
  const saved = (of: SavedKeys, key: string): string | undefined =>
    findSaved(db, of, 'main', claim(key), START)?.requestId;

  it('that look alike have their own results, also after one of them is taken back', () => {
    const [one, other] = alike();
    save(one);
    assert.deepEqual([saved(keys, one), saved(keys, other)], [one, undefined]);
    save(other);
    keys.commit();
    assert.deepEqual([saved(keys, one), saved(keys, other)], [one, other]);

    db.run('BEGIN');
    keys.remove(
      { shopId: 'main', userId: 'u' },
      one,
      Number(keys.find({ shopId: 'main', userId: 'u' }, one)),
    );
    assert.deepEqual([saved(keys, one), saved(keys, other)], [undefined, other]);
    keys.rollback();
    db.run('ROLLBACK');
    assert.deepEqual([saved(keys, one), saved(keys, other)], [one, other]);
  });

  it('of a busy day are all read when the database is opened', () => {
    db.run(
      `INSERT INTO saved_results (shop_id, user_id, key, fingerprint, retries, at, position, request_id, outcome)
       WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20001)
       SELECT 'main', 'u', 'k' || i, 'f', 0, :at, 1, 'k' || i, '{"ok":true,"value":null}' FROM n`,
      { at: START },
    );
    const opened = new SavedKeys(db);
    for (const key of ['k1', 'k9999', 'k10000', 'k10001', 'k20000', 'k20001'])
      assert.equal(saved(opened, key), key);
    assert.equal(saved(opened, 'k20002'), undefined);
  });
});

/** Two keys of which as much is held as of one. */
function alike(): [string, string] {
  const rows = new RowNumbers(SEED);
  const keys: string[] = [];
  for (;;) {
    const key = `k${keys.length}`;
    const name = `main u ${key}`;
    const [found] = rows.find(name);
    if (found !== undefined) return [keys[found - 1] as string, key];
    keys.push(key);
    rows.add(name, keys.length);
  }
}
