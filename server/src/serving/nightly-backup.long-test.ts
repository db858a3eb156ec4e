// A night of the shop: its clock is the test's, the backup is the real command in a process of its own.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { openTestShop, TEST_START, type TestShop } from '../../test/test-shop.ts';
import { readConfig } from '../config.ts';
import { DAY_MS } from '../domain/shop-day.ts';
import { startNightlyBackup } from './nightly-backup.ts';

const LIMIT_MS = 60_000;

describe('the backup at night', () => {
  let opened: TestShop;
  let folder: string;
  before(async () => {
    opened = await openTestShop();
    folder = join(opened.dataDir, 'elsewhere');
    // The command reads its settings from the environment that it inherits.
    process.env.DATA_DIR = opened.dataDir;
  });
  after(async () => {
    delete process.env.DATA_DIR;
    await opened.close();
  });

  const archives = (): string[] =>
    readdirSync(opened.dataDir).includes('elsewhere') ? readdirSync(folder) : [];
  const backups = () => opened.shop.store.journal.list({ subject: 'backup' }, 10);

  it('is made when its hour comes, not before, and once', async () => {
    const { shop, clock } = opened;
    const report = {
      outcome: 'made',
      file: 'x',
      folder,
      bytes: 1,
      rows: 1,
      digest: 'x',
      otherDisk: true,
    } as const;
    clock.now = Date.parse('2026-01-15T14:00:00Z');
    await shop.store.backups.record(report, opened.by());
    clock.now = Date.parse('2026-01-15T20:39:59Z');
    const config = readConfig({ DATA_DIR: opened.dataDir, BACKUP_DIR: folder });
    const stop = startNightlyBackup(shop, config, pino({ level: 'silent' }));
    try {
      await sleep(1500);
      assert.equal((await backups()).length, 1);
      clock.now += 1000;
      const started = performance.now();
      while ((await backups()).length < 2 && performance.now() - started < LIMIT_MS) await sleep(50);
      const [made, ...more] = await backups();
      assert.equal(made?.action, 'backup.made');
      // Not by the account that the server runs under, which is no person of the shop.
      assert.deepEqual(made?.actor, { kind: 'system', name: 'backup' });
      assert.equal(more.length, 1);
      assert.deepEqual(archives(), [made?.subject.id]);
      await sleep(1500);
      assert.equal((await backups()).length, 2);
    } finally {
      await stop();
    }
  });

  it('is made when the store could not be asked just then', async () => {
    const { shop, clock } = opened;
    const before = (await backups()).length;
    clock.now += DAY_MS;
    let asked = 0;
    const vitals = async () => {
      if (++asked === 1) throw new Error('no primary');
      return shop.store.vitals();
    };
    const troubled = { ...shop, store: { ...shop.store, vitals } };
    const config = readConfig({ DATA_DIR: opened.dataDir, BACKUP_DIR: folder });
    const stop = startNightlyBackup(troubled, config, pino({ level: 'silent' }), 50);
    try {
      while (asked === 0) await sleep(5);
      clock.now += DAY_MS;
      const started = performance.now();
      while ((await backups()).length === before && performance.now() - started < LIMIT_MS) await sleep(50);
      assert.equal((await backups()).length, before + 1);
    } finally {
      await stop();
    }
  });

  it('is tried again an hour later, also where the one before could say nothing in the journal', async () => {
    const { shop, clock } = opened;
    const failures: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line: string) => void failures.push(line) });
    let asked = 0;
    const vitals = () => {
      asked++;
      return shop.store.vitals();
    };
    const watched = { ...shop, store: { ...shop.store, vitals } };
    process.env.DATA_DIR = join(opened.dataDir, 'shop.db');
    const config = readConfig({ DATA_DIR: opened.dataDir, BACKUP_DIR: folder });
    const stop = startNightlyBackup(watched, config, logger, 50);
    try {
      clock.now += DAY_MS;
      const started = performance.now();
      while (failures.length === 0 && performance.now() - started < LIMIT_MS) await sleep(50);
      // It looks on, and tries nothing in that hour.
      const atFailure = asked;
      while (asked < atFailure + 10 && failures.length === 1) await sleep(20);
      assert.equal(failures.length, 1, failures.join(''));
      clock.now += 3_600_000;
      while (failures.length === 1 && performance.now() - started < LIMIT_MS) await sleep(50);
      assert.equal(failures.length, 2, failures.join(''));
    } finally {
      await stop();
      process.env.DATA_DIR = opened.dataDir;
    }
  });

  it('that failed is in the journal and in the health, which goes on being what it was', async () => {
    const { shop, send, clock } = opened;
    // The admin's token is of the afternoon.
    clock.now = TEST_START;
    await shop.store.backups.record({ outcome: 'failed', folder, reason: 'the disk is full' }, opened.by());
    const health = await send('GET', '/api/health');
    assert.equal(health.body.checks.backup.status, 'unhealthy');
    assert.doesNotMatch(health.text, /elsewhere|disk is full/);
    const { body } = await send('GET', '/api/backups');
    assert.equal(body.data.state, 'failed');
    assert.equal(body.data.attempts[0].reason, 'the disk is full');
    assert.match(body.data.restore_command, /^npx swati restore .*\.backup --replace$/);
  });

  it('is for the owner to look at', async () => {
    const staff = await opened.signIn('staff');
    assert.equal((await opened.send('GET', '/api/backups', { token: staff })).status, 403);
    assert.equal((await opened.send('GET', '/api/backups', { token: null })).status, 401);
  });
});
