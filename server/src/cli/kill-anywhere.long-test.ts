// One kill of each long command at a random moment; `node server/bench/kill-anywhere.ts` does twenty of each.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { interruptions, killAt, makeSample, type Sample } from '../../test/kill-anywhere.ts';
import { newTestFolder } from '../../test/test-database.ts';

const SWATI = fileURLToPath(new URL('./swati.js', import.meta.url));
const LONGEST_MS = 1500;

describe('a command that is killed leaves the shop as before or as after', () => {
  let sample: Sample;
  before(async () => {
    sample = await makeSample(newTestFolder());
  });
  after(() => rmSync(sample.root, { recursive: true, force: true }));

  for (const name of ['backup', 'restore', 'move', 'migration']) {
    it(`${name}: and the next run does its work`, async (t) => {
      const delayMs = Math.round(Math.random() * LONGEST_MS);
      const one = interruptions(sample)[name];
      assert.ok(one);
      const { side, said } = await killAt(sample, one, delayMs);
      t.diagnostic(`killed after ${delayMs} ms: ${side}${said ? ', and the next run said so' : ''}`);
    });
  }

  it('verify, backup: and Ctrl-C leaves no copy of the shop behind, out of an encrypted archive either', async () => {
    const { root, shop, archive } = sample;
    const aside = join(root, 'aside');
    for (const words of [
      ['verify', archive],
      ['backup', '--to', aside],
    ]) {
      mkdirSync(aside);
      const command = spawn(process.execPath, [SWATI, ...words], {
        env: { ...process.env, DATA_DIR: shop, TMPDIR: aside },
        stdio: 'ignore',
      });
      const closed = once(command, 'close');
      const hasCopy = (): boolean =>
        globSync('{.scratch-*,swati-verify-*}/data/shop.db', { cwd: aside }).length > 0;
      while (!hasCopy() && command.exitCode === null) await pause(1);
      command.kill('SIGINT');
      await closed;
      const left = readdirSync(aside);
      // One that was quicker than the signal is whole.
      assert.deepEqual(
        command.signalCode === null ? left.filter((name) => !name.endsWith('.backup')) : left,
        [],
      );
      rmSync(aside, { recursive: true });
    }
  });

  it('restore: and Ctrl-C leaves nothing of the shop that was being made', async () => {
    const { root, archive } = sample;
    const other = join(root, 'ended');
    const command = spawn(process.execPath, [SWATI, 'restore', archive], {
      env: { ...process.env, DATA_DIR: other },
      stdio: 'ignore',
    });
    const closed = once(command, 'close');
    const isMaking = (): boolean => globSync('generations/*.unfinished/shop.db', { cwd: other }).length > 0;
    while (!isMaking() && command.exitCode === null) await pause(1);
    command.kill('SIGINT');
    await closed;
    // One that was quicker than the signal is whole.
    if (command.signalCode !== null) assert.deepEqual(readdirSync(join(other, 'generations')), []);
  });
});
