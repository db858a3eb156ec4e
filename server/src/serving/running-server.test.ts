import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { newTestFolder } from '../../test/test-database.ts';
import { readConfig } from '../config.ts';
import { welcomeLines } from './running-server.ts';

it('whoever starts a shop is told of a folder in which no backup can be made, by night or by hand', () => {
  const folder = newTestFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const said = (settings: Record<string, string>): string[] =>
    welcomeLines('http://localhost:5000', readConfig({ DATA_DIR: folder, ...settings }), {
      made: null,
      setupCode: null,
      holdsSample: false,
    }).filter((line) => line.startsWith('Warning'));
  for (const NIGHTLY_BACKUP of ['on', 'off'])
    assert.deepEqual(said({ BACKUP_DIR: file, NIGHTLY_BACKUP }), [
      `Warning: no backup can be made in BACKUP_DIR: ${file} is a file already, and a folder is needed: name another place`,
    ]);
  assert.deepEqual([said({}), said({ BACKUP_DIR: join(folder, 'archives') })], [[], []]);
});
