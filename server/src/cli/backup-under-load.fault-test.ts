// Backups while people write: each is of one moment. `npm run bench -- archives` and the proof's R8 do twenty.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runSwati } from '../../test/kill-anywhere.ts';
import { newTestFolder } from '../../test/test-database.ts';
import { aBy, aCustomer, aDebit } from '../store/contract-suite/builders.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';

const BACKUPS = 2;
const WRITERS = 2;
const MOST = 100_000;

describe('a backup that is made while others write', () => {
  let root: string;
  let shop: string;
  let store: Store;
  before(async () => {
    root = newTestFolder();
    shop = join(root, 'shop');
    mkdirSync(shop);
    store = await open(shop);
  });
  after(async () => {
    await store.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('holds all that was answered before it began, and restores to an equal digest', async () => {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    let stopped = false;
    let answered = 0;
    const writers = Array.from({ length: WRITERS }, async () => {
      while (!stopped) {
        await store.khata.post(aDebit(id, 100), aBy());
        answered++;
      }
    });
    const made: { archive: string; digest: string; before: number; behind: number }[] = [];
    for (let n = 0; n < BACKUPS; n++) {
      const before = answered;
      const to = join(root, `to-${n}`);
      const { code, out, err } = await runSwati(shop, 'backup', '--to', to);
      assert.equal(code, 0, err);
      const digest = /digest {5}(\S+)/.exec(out)?.[1] ?? '';
      made.push({ archive: join(to, readdirSync(to)[0] ?? ''), digest, before, behind: answered });
    }
    stopped = true;
    await Promise.all(writers);
    const all = await store.khata.listFrom(id, 0, MOST);

    for (const [n, { archive, digest, before, behind }] of made.entries()) {
      assert.ok(behind > before, 'nobody wrote meanwhile');
      assert.match((await runSwati(shop, 'verify', archive)).out, new RegExp(digest));
      const there = join(root, `there-${n}`);
      assert.equal((await runSwati(there, 'restore', archive)).code, 0);
      assert.equal((await runSwati(there, 'verify')).code, 0);
      const restored = await open(there);
      const entries = await restored.khata.listFrom(id, 0, MOST);
      await restored.close();
      assert.ok(
        entries.length >= before,
        `${before} were answered before it began, ${entries.length} are there`,
      );
      assert.deepEqual(entries, all.slice(0, entries.length));
    }
  });
});

function open(dataDir: string): Promise<Store> {
  const onDeath = (error: Error): never => {
    throw error;
  };
  return openSqliteStore({ dataDir, now: Date.now(), onDeath });
}
