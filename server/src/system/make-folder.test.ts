import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { makeFolder } from './make-folder.ts';

describe('a folder that somebody named', () => {
  it('is made with those above it, closed to others, once', () => {
    const root = mkdtempSync(join(tmpdir(), 'swati-folder-'));
    const folder = join(root, 'a', 'b', 'c');
    makeFolder(folder);
    makeFolder(`${folder}/`);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    writeFileSync(join(root, 'file'), '');
    assert.throws(() => makeFolder(join(root, 'file')), { code: 'EEXIST' });
    assert.throws(() => makeFolder(join(root, 'file', 'x', 'y')), { code: 'ENOTDIR' });
    rmSync(root, { recursive: true });
  });

  it('is refused where the system makes none, and does not try for ever', {
    skip: process.platform === 'linux' ? false : 'only Linux has /proc',
  }, () => {
    assert.throws(() => makeFolder('/proc/none/deeper'), { code: 'ENOENT' });
  });
});
