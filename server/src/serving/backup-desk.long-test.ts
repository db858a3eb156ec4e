// A backup that somebody asks for: the routes, and the real command in a process of its own.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { openTestShop, type TestShop } from '../../test/test-shop.ts';
import { lockBackup } from '../store/sqlite/process-lock.ts';
import { backupDesk } from './backup-desk.ts';

const LIMIT_MS = 60_000;

describe('a backup that is asked for', () => {
  let opened: TestShop;
  let folder: string;
  let token: string;
  before(async () => {
    opened = await openTestShop();
    // The command has the clock of the machine, by which it forgets sessions and saved results.
    opened.clock.now = Date.now();
    token = await opened.signIn('admin');
    folder = join(opened.dataDir, 'backups');
  });
  after(() => opened.close());

  const entries = () => opened.shop.store.journal.list({ subject: 'backup' }, 10);
  const actions = async (): Promise<string[]> => (await entries()).map(({ action }) => action);
  const look = async () => (await opened.send('GET', '/api/backups', { token })).body.data;
  const archives = async () =>
    (await opened.send('GET', '/api/backups/archives', { token })).body.data.archives;

  it('is started by an admin alone, or by whoever was given that', async () => {
    const reader = await opened.signIn('staff', ['journal.read', 'export.all']);
    const refused = await opened.send('POST', '/api/backups', { token: reader });
    assert.deepEqual(
      [refused.status, refused.body.error.details],
      [403, 'This needs the permission backups.make'],
    );
    assert.equal((await opened.send('POST', '/api/backups', { token: null })).status, 401);
    assert.deepEqual(await actions(), []);
    const counter = await opened.signIn('staff');
    assert.equal((await opened.send('GET', '/api/backups/archives', { token: counter })).status, 403);
  });

  it('is not started while another is under way, whoever started that', async () => {
    assert.equal((await look()).under_way_since, null);
    const lock = lockBackup(opened.dataDir);
    try {
      const { status, body } = await opened.send('POST', '/api/backups', { token });
      assert.deepEqual([status, body.message], [202, 'The backup is under way']);
      assert.ok(Date.now() - Date.parse((await look()).under_way_since) < LIMIT_MS);
    } finally {
      lock.release();
    }
    assert.equal((await look()).under_way_since, null);
    assert.deepEqual(await actions(), []);
  });

  it('that was cut off, as by a restart of the server, is shown as asked for and not ended', async () => {
    await opened.shop.store.backups.record({ outcome: 'asked', folder }, opened.by());
    const { state, attempts } = await look();
    assert.deepEqual([state, attempts.length, attempts[0].outcome], ['none', 1, 'asked']);
    const lock = lockBackup(opened.dataDir);
    try {
      assert.deepEqual((await look()).attempts, []);
    } finally {
      lock.release();
    }
  });

  it('is one, though two people ask at once and one of them asks again', async () => {
    const other = await opened.signIn('admin');
    const ask = (as: string, key: string) =>
      opened.send('POST', '/api/backups', { token: as, headers: { 'idempotency-key': key } });
    const asked = await Promise.all([ask(token, 'a'), ask(other, 'b')]);
    assert.deepEqual(
      asked.map(({ status }) => status),
      [202, 202],
    );
    const started = performance.now();
    const { backups } = opened.shop;
    while (backups.underWaySince() !== null && performance.now() - started < LIMIT_MS) await sleep(50);
    const first = (await entries()).findLast(({ actor }) => actor.kind === 'user');
    const isOwn = asked[0]?.headers.get('x-request-id') === first?.requestId;
    const again = isOwn ? await ask(token, 'a') : await ask(other, 'b');
    assert.equal(again.text, asked[0]?.text);
    assert.equal(backups.underWaySince(), null);
    const [made, ...before] = await entries();
    assert.equal(made?.action, 'backup.made');
    // Whoever comes when it is under way already has not asked for one.
    const askers = before.filter(({ actor }) => actor.kind === 'user').map(({ action }) => action);
    assert.deepEqual([...new Set(askers)], ['backup.asked']);
    assert.deepEqual(readdirSync(folder), [made?.subject.id]);
    const { state, attempts } = await look();
    assert.deepEqual([state, attempts.length, attempts[0].outcome], ['good', 1, 'made']);
    const [archive] = await archives();
    assert.deepEqual([archive.file, archive.bytes], [made?.subject.id, made?.after?.bytes]);
    assert.equal(archive.restore_command, `npx swati restore ${join(folder, archive.file)} --replace`);
  });

  it('that could not be started is started by the same request sent again', async () => {
    const { backups } = opened.shop;
    const { start } = backups;
    let tries = 0;
    Object.assign(backups, { start: async () => ++tries > 1 });
    try {
      const headers = { 'idempotency-key': 'c' };
      const before = (await actions()).length;
      const first = await opened.send('POST', '/api/backups', { token, headers });
      assert.deepEqual([first.status, first.body.error.type], [503, 'backup_not_begun']);
      assert.equal((await opened.send('POST', '/api/backups', { token, headers })).status, 202);
      assert.deepEqual([tries, (await actions()).length - before], [2, 1]);
    } finally {
      Object.assign(backups, { start });
    }
  });

  it('that cannot begin is no backup, and the log says why', async () => {
    const said: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void said.push(line) });
    const environment = { ...process.env, DATA_DIR: join(opened.dataDir, 'shop.db') };
    const desk = backupDesk({ dataDir: opened.dataDir, folder, environment, patienceMs: LIMIT_MS });
    assert.equal(await desk.start(log), false);
    assert.match(said.join(''), /shop\.db/);
    assert.equal((await look()).under_way_since, null);
  });

  it('that cannot begin for a lock that cannot be opened fails, and everybody who looks is told why', async () => {
    const lock = join(opened.dataDir, 'backup.lock');
    rmSync(lock);
    // Root may open any file.
    mkdirSync(lock);
    try {
      const { status } = await opened.send('POST', '/api/backups', { token });
      // A busy machine has not begun it yet when whoever asked has waited long enough.
      assert.ok(status === 503 || status === 202, String(status));
      let told = await look();
      for (const until = Date.now() + LIMIT_MS; told.under_way_since !== null && Date.now() < until; ) {
        await sleep(50);
        told = await look();
      }
      const { state, attempts } = told;
      assert.deepEqual([state, attempts[0].outcome], ['failed', 'failed']);
      assert.match(attempts[0].reason, /backup\.lock cannot be used/);
    } finally {
      rmSync(lock, { recursive: true });
    }
  });

  it('lies among the archives, of which others in the folder are none', async () => {
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(await archives(), []);
    mkdirSync(folder);
    for (const name of [
      'swati-20260101T204000000Z.backup',
      'swati-20260102T204000000Z.backup',
      'swati-20260103T204000000Z.backup.abc.unfinished',
      'swati-20261399T204000000Z.backup',
      'letter.txt',
    ]) {
      writeFileSync(join(folder, name), 'x');
    }
    assert.deepEqual(
      (await archives()).map(({ file, made_at: at }: { file: string; made_at: string }) => [file, at]),
      [
        ['swati-20260102T204000000Z.backup', '2026-01-02T20:40:00.000Z'],
        ['swati-20260101T204000000Z.backup', '2026-01-01T20:40:00.000Z'],
      ],
    );
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'no folder');
    assert.equal(await archives(), null);
  });
});
