import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { startServer } from '../../test/running-server.ts';
import { newTestFolder } from '../../test/test-database.ts';
import { readConfig } from '../config.ts';
import { startArrival } from '../store/sqlite/generations.ts';
import { lockAlone, lockShared } from '../store/sqlite/process-lock.ts';
import { dropRemains } from './drop-remains.ts';

const CUT_OFF = '20260301T000000000Z.unfinished';
/** Of a restore that ended between its last file and its switch: the shop, where the pointer is lost. */
const WHOLE = '20260201T000000000Z';

describe('what a restore left that was ended before it could tidy up', () => {
  let folder: string;
  beforeEach(() => {
    folder = newTestFolder();
    for (const name of [CUT_OFF, WHOLE]) {
      mkdirSync(join(folder, 'generations', name, 'uploads'), { recursive: true });
      writeFileSync(join(folder, 'generations', name, 'shop.db'), '');
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const there = () => readdirSync(join(folder, 'generations')).sort();
  const drop = (settings: Record<string, string> = {}): string[] => {
    const said: string[] = [];
    dropRemains(readConfig({ DATA_DIR: folder, ...settings }), (line) => said.push(line));
    return said;
  };

  it('goes; what is whole may be the shop, and stays', () => {
    assert.deepEqual(drop().length, 1);
    assert.deepEqual(there(), [WHOLE]);
  });

  it('goes at the next start, which says so', async () => {
    rmSync(join(folder, 'generations', WHOLE), { recursive: true });
    const server = await startServer(folder);
    await server.stop();
    assert.deepEqual(there(), []);
    assert.match(server.output(), /an earlier restore \(20260301T000000000Z\) did not finish: .* are gone/);
  });

  it('stays where somebody may be working on it, and where a move looks for it', () => {
    for (const take of [lockAlone, lockShared]) {
      const lock = take(folder);
      assert.deepEqual(drop(), []);
      lock.release();
    }
    assert.deepEqual(drop({ MONGODB_URI: 'mongodb://localhost/shop', JWT_SECRET_KEY: 'k'.repeat(64) }), []);
    startArrival(folder, 'sqlite:/elsewhere');
    assert.deepEqual(drop(), []);
    assert.deepEqual(there(), [WHOLE, CUT_OFF]);
  });
});
