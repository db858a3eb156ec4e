import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type TemporaryFolder, temporaryFolder } from '../../test/running-server.ts';
import { keepSecret } from './keep-secret.ts';

const ONE = 'a'.repeat(43);
const OTHER = 'b'.repeat(43);

describe('the secret that signs tokens', () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = temporaryFolder();
  });
  after(() => folder.remove());

  const dataDir = (name: string): string => {
    const path = join(folder.path, name);
    mkdirSync(path);
    return path;
  };

  it('is made once, whole, for the owner alone, with nothing left beside it', () => {
    const data = dataDir('once');
    assert.equal(
      keepSecret(data, () => ONE),
      ONE,
    );
    assert.equal(
      keepSecret(data, () => OTHER),
      ONE,
    );
    assert.deepEqual(readdirSync(data), ['secrets.json']);
    const file = join(data, 'secrets.json');
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), { jwtSecretKey: ONE });
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('is the same for two programs that start at once', () => {
    const data = dataDir('two');
    const second = keepSecret(data, () => {
      assert.equal(
        keepSecret(data, () => ONE),
        ONE,
      );
      return OTHER;
    });
    assert.equal(second, ONE);
    assert.deepEqual(readdirSync(data), ['secrets.json']);
  });

  const noLimits = process.platform === 'win32' ? 'needs the limits of a POSIX shell' : false;
  it('does not refuse the next start when its file could not be written to the end', {
    skip: noLimits,
  }, () => {
    const data = dataDir('full');
    const source = JSON.stringify(new URL('./keep-secret.ts', import.meta.url).href);
    const program = `import(${source}).then((m) => m.keepSecret(${JSON.stringify(data)}, () => '${ONE}'))`;
    const command = 'ulimit -f 0 && exec "$@"';
    const end = spawnSync('sh', ['-c', command, 'sh', process.execPath, '-e', program], {
      encoding: 'utf8',
    });
    assert.match(end.stderr, /secrets\.json cannot be used: EFBIG/);
    assert.deepEqual(readdirSync(data), []);
    assert.equal(
      keepSecret(data, () => OTHER),
      OTHER,
    );
  });
});
