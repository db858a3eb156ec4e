// An upgrade and the way back: the next version of the program, with one more migration, starts on the shop of this one,
// which brings it back with the backup that was made on the way.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { readMigrations } from '../src/store/sqlite/migrate.ts';
import { runSwati } from './kill-anywhere.ts';
import { copyAsNext } from './next-version.ts';
import { type RunningServer, runToEnd, startServer } from './running-server.ts';
import { newTestFolder } from './test-database.ts';

const SCHEMA = readMigrations().length;

describe('an upgrade', () => {
  const folder = newTestFolder();
  const data = join(folder, 'data');
  const backups = join(folder, 'backups');
  const settings = { BACKUP_DIR: backups, NIGHTLY_BACKUP: 'off' };
  const started: RunningServer[] = [];
  let program: string;
  before(async () => {
    program = copyAsNext(join(folder, 'next'), 'CREATE TABLE of_tomorrow (a INTEGER PRIMARY KEY) STRICT;');
    assert.equal((await runSwati(data, 'seed')).code, 0);
  });
  after(() => {
    for (const { child } of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const start = async (more: Record<string, string> = {}): Promise<RunningServer> => {
    const server = await startServer(data, { ...settings, ...more }, undefined, program);
    started.push(server);
    return server;
  };
  const headIn = ({ code, out }: { code: number; out: string }) => [code, /^head .*$/m.exec(out)?.[0]];

  /** A command of the next program. `uid`: of that account. */
  function next(words: string[], environment: Record<string, string>, uid?: number) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(dirname(program), 'cli/swati.js'), ...words],
      {
        env: { PATH: process.env.PATH, DATA_DIR: data, ...environment },
        cwd: folder,
        encoding: 'utf8',
        ...(uid === undefined ? {} : { uid, gid: uid }),
      },
    );
    return { code: status, out: stdout, err: stderr };
  }

  it('is not made under a server of the older program, nor by a command that only looks', async () => {
    const older = await startServer(data, settings);
    started.push(older);
    const refused = next(['init-db'], settings);
    assert.equal(refused.code, 1, refused.err);
    assert.match(refused.err, /is of an older program and still in use/);
    assert.equal((await older.stop()).code, 0);
    for (const command of ['status', 'verify', 'backup']) assert.equal(next([command], settings).code, 78);
    assert.match((await runSwati(data, 'status')).out, new RegExp(`schema ${SCHEMA},`));
  });

  it('is not made where the account may not write into the folder of the backups: final, and the folder is named', (t) => {
    const NOBODY = 65_534;
    if (process.getuid?.() !== 0) return t.skip('only root can be another account');
    const theirs = join(folder, 'theirs');
    mkdirSync(theirs, { mode: 0o755 });
    chmodSync(folder, 0o755);
    const shop = join(folder, 'data-of-nobody');
    assert.equal(spawnSync('cp', ['-r', data, shop]).status, 0);
    assert.equal(spawnSync('chown', ['-R', String(NOBODY), shop]).status, 0);
    const refused = next(['init-db'], { DATA_DIR: shop, BACKUP_DIR: theirs }, NOBODY);
    assert.equal(refused.code, 78, refused.err);
    assert.match(refused.err, new RegExp(`could not be made in ${theirs} .*this account may not use it`));
    assert.deepEqual(readdirSync(theirs), []);
  });

  it('is made after a backup, which the older program restores as the shop was; and again, by a primary of workers', async () => {
    const before = headIn(await runSwati(data, 'verify'));
    const first = await start();
    const [name = '', ...others] = readdirSync(backups);
    assert.deepEqual(others, []);
    const file = join(backups, name);
    const told = first.lines().filter(({ msg }) => String(msg).includes(file));
    assert.equal(told.length, 1);
    assert.equal((await first.stop()).code, 0);

    const older = await runToEnd(data, settings);
    assert.equal(older.code, 78);
    assert.match(older.err, /install the newer program/);
    assert.deepEqual(headIn(await runSwati(data, 'verify', file)), before);
    const restored = await runSwati(data, 'restore', file, '--replace');
    assert.equal(restored.code, 0, restored.err);
    assert.equal((await runSwati(data, 'verify')).code, 0);

    const again = await start({ WORKERS: '2' });
    assert.equal(readdirSync(backups).length, 2);
    assert.equal((await fetch(`${again.origin}/api/health/ready`)).status, 200);
    assert.equal((await again.stop()).code, 0);
  });
});
