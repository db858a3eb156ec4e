import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type TemporaryFolder, temporaryFolder } from '../../test/running-server.ts';
import { withScratch } from './with-scratch.ts';

describe('what is needed for a while alone', () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = temporaryFolder();
  });
  after(() => folder.remove());

  const newScratch = (name: string): string => {
    const scratch = join(folder.path, name);
    mkdirSync(scratch);
    writeFileSync(join(scratch, 'shop.db'), 'rows');
    return scratch;
  };

  it('is gone after the work, whatever comes of it, and signals are left as they were', async () => {
    const listening = process.listenerCount('SIGTERM');
    const done = newScratch('done');
    assert.equal(await withScratch([done, join(folder.path, 'never made')], async () => 7), 7);
    const failed = newScratch('failed');
    await assert.rejects(
      withScratch([failed], () => Promise.reject(new Error('full'))),
      /^Error: full$/,
    );
    assert.deepEqual([existsSync(done), existsSync(failed)], [false, false]);
    assert.equal(process.listenerCount('SIGTERM'), listening);
  });

  const endedBy = async (signal: NodeJS.Signals, scratch: string, before: string): Promise<unknown> => {
    const program = `import { withScratch } from ${JSON.stringify(import.meta.resolve('./with-scratch.ts'))};
      ${before};
      await withScratch([${JSON.stringify(scratch)}], () => new Promise(() => {
        setInterval(() => {}, 1000);
        console.log('working');
      }));`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill(signal);
    const [code, by] = await once(child, 'close');
    return code ?? by;
  };

  it('is gone after a signal, too, which ends the process as it always does', async () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const scratch = newScratch(signal);
      assert.equal(await endedBy(signal, scratch, ''), signal);
      assert.equal(existsSync(scratch), false);
    }
  });

  it('is left to a process that has its own way to end', async () => {
    const scratch = newScratch('own');
    assert.equal(await endedBy('SIGTERM', scratch, `process.on('SIGTERM', () => process.exit(3))`), 3);
    assert.equal(existsSync(scratch), true);
  });
});
