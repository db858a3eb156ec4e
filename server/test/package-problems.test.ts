// The audit of dependencies (ops/audit.ts): what it takes for a problem.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { packageProblems } from '../../ops/package-problems.ts';

describe('the audit of packages', () => {
  it('finds nothing in what the lock file names', () => {
    const lock = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
    assert.deepEqual(packageProblems(JSON.parse(lock).packages), []);
  });

  it('finds licences that bind too much, none at all, and code that runs at install', () => {
    const packages = {
      '': { license: 'UNLICENSED' },
      'node_modules/good': { license: 'MIT' },
      'node_modules/both': { license: '(MIT AND Apache-2.0)' },
      'node_modules/choice': { license: '(GPL-3.0 OR MIT)' },
      'node_modules/@img/sharp-libvips-linux-x64': { license: 'LGPL-3.0-or-later' },
      'node_modules/tool': { license: 'GPL-3.0', dev: true },
      'node_modules/@swati/server': { link: true },
      'node_modules/good/node_modules/inner': { license: 'AGPL-3.0' },
      'node_modules/linked': { license: 'LGPL-3.0-or-later' },
      'node_modules/mixed': { license: 'MIT AND GPL-3.0' },
      'node_modules/silent': {},
      'node_modules/runs': { license: 'MIT', hasInstallScript: true },
      'node_modules/tool-that-runs': { license: 'MIT', dev: true, hasInstallScript: true },
    };
    assert.deepEqual(packageProblems(packages), [
      'inner: the licence AGPL-3.0',
      'linked: the licence LGPL-3.0-or-later',
      'mixed: the licence MIT AND GPL-3.0',
      'silent: the licence (none)',
      'runs: runs code when it is installed',
      'tool-that-runs: runs code when it is installed',
    ]);
  });
});
