import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { newTestFolder } from '../../test/test-database.ts';
import { readConfig } from '../config.ts';
import { welcomeLines } from './running-server.ts';

function warnings(settings: Record<string, string>): string[] {
  const prepared = { made: null, setupCode: null, holdsSample: false };
  const lines = welcomeLines('http://localhost:5000', readConfig(settings), prepared);
  return lines.filter((line) => line.startsWith('Warning'));
}

it('whoever starts a shop is told of a folder in which no backup can be made, by night or by hand', () => {
  const folder = newTestFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  for (const NIGHTLY_BACKUP of ['on', 'off'])
    assert.deepEqual(warnings({ DATA_DIR: folder, BACKUP_DIR: file, NIGHTLY_BACKUP }), [
      `Warning: no backup can be made in BACKUP_DIR: ${file} is a file already, and a folder is needed: name another place`,
    ]);
  assert.deepEqual(warnings({ DATA_DIR: folder, BACKUP_DIR: join(folder, 'archives') }), []);
});

it('so is whoever starts one in production over plain http, where browsers forget a sign-in at every reload', () => {
  const production = {
    DATA_DIR: newTestFolder(),
    APP_ENV: 'production',
    JWT_SECRET_KEY: 'a key of at least 32 characters, for tests',
    CORS_ORIGINS: 'https://shop.example',
  };
  const [line = '', ...others] = warnings(production);
  assert.deepEqual([/TLS_CERT_FILE .* TRUSTED_PROXIES/.test(line), others], [true, []]);
  const pair = { TLS_CERT_FILE: 'shop.pem', TLS_KEY_FILE: 'shop.key' };
  for (const more of [
    pair,
    { TRUSTED_PROXIES: '10.0.0.1' },
    { HOST: '127.0.0.1' },
    { APP_ENV: 'development' },
  ] as Record<string, string>[])
    assert.deepEqual(warnings({ ...production, ...more }), []);
});
