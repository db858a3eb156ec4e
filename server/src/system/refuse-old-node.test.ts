import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const AS_AN_OLDER_NODE = `data:text/javascript,
  Object.defineProperty(process, 'version', { value: 'v20.20.2' });
  Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } });`;

describe('an older Node', () => {
  it('is told so in one line by the server and by the commands, before anything that it has not', () => {
    for (const file of ['../main.js', '../cli/swati.js']) {
      const entry = pathOf(file);
      // Only what is imported alone runs before the others are looked at.
      const imports = readFileSync(entry, 'utf8').match(/^import .*$/gm) ?? [];
      assert.deepEqual(imports.length, 1, file);
      assert.match(imports[0], /refuse-old-node\.js/);
      const { status, stderr } = spawnSync(process.execPath, ['--import', AS_AN_OLDER_NODE, entry], {
        encoding: 'utf8',
      });
      assert.match(stderr, /^Node v20\.20\.2 is too old; 24\.21 or newer is needed\. npm start and .*\n$/);
      assert.equal(status, 1);
    }
  });
});
