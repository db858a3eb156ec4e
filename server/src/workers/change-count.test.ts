import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ChangeCount, COUNT_FD } from './change-count.ts';

const MODULE = new URL('./change-count.ts', import.meta.url).href;
/** Answers each line with the number, and looks for nothing else meanwhile. */
const READER = `import { readChangeCount } from ${JSON.stringify(MODULE)};
process.stdin.on('data', () => process.stdout.write(readChangeCount() + '\\n'));`;

describe('the number of changes that a worker reads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'swati-test-'));
  let count: ChangeCount;
  let readers: ChildProcess[];
  before(() => {
    count = new ChangeCount(folder);
    const stdio: (number | 'pipe' | 'ignore' | 'inherit')[] = ['pipe', 'pipe', 'inherit', 'ignore'];
    stdio[COUNT_FD] = count.fd;
    readers = [1, 2].map(() => spawn(process.execPath, ['--input-type=module', '-e', READER], { stdio }));
  });
  after(() => {
    for (const reader of readers) reader.kill();
    count.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function readBy({ stdin, stdout }: ChildProcess): Promise<number> {
    stdin?.write('now\n');
    const [text] = (await once(stdout as NonNullable<typeof stdout>, 'data')) as [Buffer];
    return Number(text.toString());
  }

  it('is the one that was counted last, in every process and beyond a byte', async () => {
    const seen: number[][] = [];
    for (const more of [0, 1, 1, 300]) {
      for (let one = 0; one < more; one++) count.raise();
      seen.push(await Promise.all(readers.map(readBy)));
    }
    assert.deepEqual(seen, [
      [0, 0],
      [1, 1],
      [2, 2],
      [302, 302],
    ]);
  });

  it('leaves nothing in the folder, while it is used and after a fall', () => {
    assert.deepEqual(readdirSync(folder), []);
  });
});
