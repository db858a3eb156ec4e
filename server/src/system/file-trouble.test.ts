import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { newTestFolder } from '../../test/test-database.ts';
import { describeFileTrouble, folderTrouble } from './file-trouble.ts';

function troubleOf(attempt: () => unknown, path?: string): string | null {
  try {
    attempt();
  } catch (error) {
    return describeFileTrouble(error, path);
  }
  throw new Error('there was no trouble');
}

it('what the system says of a file is told in words that name it and what to do', () => {
  const folder = newTestFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const below = join(file, 'below');
  assert.equal(
    troubleOf(() => mkdirSync(below, { recursive: true })),
    `${below}: a part of this path is a file and no folder; name another place`,
  );
  assert.match(String(troubleOf(() => mkdirSync(file, { recursive: true }))), /is a file already/);
  // A reading does not say of what.
  assert.match(String(troubleOf(() => readFileSync(folder), folder)), /is a folder, and a file is needed/);
  assert.match(String(troubleOf(() => statSync(join(folder, 'none')))), /none: there is no such file/);
  assert.match(String(troubleOf(() => statSync(join(folder, 'x'.repeat(300))))), /too long/);
});

it('any other error stays what it is', () => {
  assert.equal(describeFileTrouble(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })), null);
  assert.equal(describeFileTrouble(new TypeError('x')), null);
  assert.equal(describeFileTrouble('x'), null);
});

it('a folder that cannot be made is known before anything is written there', () => {
  const folder = newTestFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  assert.deepEqual([folderTrouble(folder), folderTrouble(join(folder, 'not', 'yet'))], [null, null]);
  for (const path of [file, join(file, 'below')])
    assert.equal(
      folderTrouble(path),
      `${file} is a file already, and a folder is needed: name another place`,
    );
});

it('so is one that this account may not write into', (t) => {
  if (process.getuid?.() === 0) return t.skip('this account may do everything');
  const folder = newTestFolder();
  chmodSync(folder, 0o500);
  assert.match(String(folderTrouble(join(folder, 'new'))), /this account may not use it; give it the right/);
  chmodSync(folder, 0o700);
});
