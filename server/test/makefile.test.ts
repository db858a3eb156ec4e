// The Makefile's targets, the unit of systemd and what the guides tell people to type: each names something real.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { lockShared } from '../src/store/sqlite/process-lock.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const makefile = read('Makefile');
const targets = [...makefile.matchAll(/^([a-z][a-z-]*):/gm)].map((match) => match[1] as string);
const commands = [...read('server/src/cli/swati.ts').matchAll(/^import .* from '\.\/([a-z-]+)\.ts';$/gm)].map(
  (match) => match[1],
);

describe('the Makefile', () => {
  it('has the older targets and ours', () => {
    const older =
      'dev-up dev-down dev-logs prod-up prod-down prod-logs init-db seed-db train-models backup restore health clean';
    for (const target of `${older} demo start test verify status`.split(' '))
      assert.ok(targets.includes(target), target);
  });

  it('runs commands and files that exist', () => {
    for (const [, command] of makefile.matchAll(/\$\(SWATI\) ([a-z-]+)/g))
      assert.ok(commands.includes(command ?? ''), String(command));
    const files = [
      ...makefile.matchAll(/\bops\/[\w-]+\.(?:sh|ts)/g),
      ...scripts().matchAll(/\bops\/[\w-]+\.(?:sh|ts)/g),
    ];
    assert.ok(files.length > 10);
    for (const [file] of files) assert.ok(existsSync(join(ROOT, file)), file);
  });
});

describe('make clean', () => {
  it('removes the data that the program uses, where .env names another folder, and no other', () => {
    const folder = mkdtempSync(join(tmpdir(), 'swati-clean-'));
    try {
      cpSync(join(ROOT, 'ops/clean.sh'), join(folder, 'ops/clean.sh'));
      const lines = [
        'DATA_DIR=first # of two',
        "export DATA_DIR='./दुकान #1'  # the books",
        'DATA_DIR=books#1 # ours',
        'DATA_DIR="our books"',
      ];
      for (const [index, name] of ['first', 'दुकान #1', 'books#1', 'our books'].entries()) {
        for (const one of ['var', name]) mkdirSync(join(folder, one), { recursive: true });
        writeFileSync(
          join(folder, '.env'),
          `PORT=1\r\n#DATA_DIR=no\r\n${lines.slice(0, index + 1).join('\r\n')}\r\n`,
        );
        const { PATH } = process.env;
        const env = { PATH, DATA: 'yes', CONFIRM: 'yes' };
        const { stdout, stderr } = spawnSync('sh', ['ops/clean.sh'], { cwd: folder, env, encoding: 'utf8' });
        assert.equal(stderr, '');
        assert.ok(!existsSync(join(folder, name)), stdout);
        assert.ok(existsSync(join(folder, 'var')), stdout);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('removes nothing under a program that has the shop open', () => {
    const folder = mkdtempSync(join(tmpdir(), 'swati-clean-'));
    const data = join(folder, 'var');
    try {
      cpSync(join(ROOT, 'ops'), join(folder, 'ops'), { recursive: true });
      for (const name of ['server', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
      for (const one of [data, join(folder, 'console/dist')]) mkdirSync(one, { recursive: true });
      const { PATH } = process.env;
      const env = { PATH, DATA: 'yes', CONFIRM: 'yes' };
      const clean = () => spawnSync('sh', ['ops/clean.sh'], { cwd: folder, env, encoding: 'utf8' });
      const lock = lockShared(data);
      const refused = clean();
      lock.release();
      assert.match(refused.stderr, /^the shop in \S+ is running .*: stop it first\. The data stays\.\n$/);
      assert.deepEqual([refused.status, refused.stdout], [1, '']);
      assert.ok(existsSync(data) && existsSync(join(folder, 'console/dist')));
      const { stdout, stderr } = clean();
      assert.equal(stderr, '');
      assert.ok(!existsSync(data), stdout);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('make restore', () => {
  it('takes the newest archive of a folder, but none that a wrong clock has dated later than now', () => {
    const folder = mkdtempSync(join(tmpdir(), 'swati-restore-'));
    const archives = join(folder, 'the archives');
    try {
      cpSync(join(ROOT, 'ops/restore.sh'), join(folder, 'ops/restore.sh'));
      mkdirSync(archives);
      // What it would run is only said.
      writeFileSync(join(folder, 'node'), '#!/bin/sh\necho "node $*"\n', { mode: 0o755 });
      const env = { PATH: `${folder}:${process.env.PATH}`, BACKUP_DIR: archives };
      const restore = () => spawnSync('sh', ['ops/restore.sh'], { cwd: folder, env, encoding: 'utf8' });
      const make = (day: string): string => {
        const file = join(archives, `swati-${day}T023000000Z.backup`);
        writeFileSync(file, '');
        return file;
      };
      assert.match(restore().stderr, /^There is no swati-\*\.backup in /);
      const ahead = make('29991231');
      const onlyAhead = restore();
      assert.deepEqual([onlyAhead.status, onlyAhead.stdout], [1, '']);
      assert.ok(onlyAhead.stderr.startsWith(`${ahead} is dated later than now`), onlyAhead.stderr);
      make('20251130');
      const newest = make('20260101');
      const { status, stdout, stderr } = restore();
      assert.equal(status, 0, stderr);
      assert.match(stdout, new RegExp(`^node server/src/cli/swati.js restore ${newest}`, 'm'));
      assert.ok(stderr.startsWith(`${ahead} is dated later than now`), stderr);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function scripts(): string {
  return readdirSync(join(ROOT, 'ops'))
    .filter((name) => name.endsWith('.sh'))
    .map((name) => read(`ops/${name}`))
    .join('\n');
}

describe('what people are told to type', () => {
  for (const page of [
    'README.md',
    'docs/operations.md',
    '.env.example',
    'compose.yaml',
    'ops/production-env.sh',
  ]) {
    it(`${page}: every make target and swati command is there`, () => {
      const text = read(page);
      for (const [, target] of text.matchAll(/(?:^|[`(]|: )make ([a-z][a-z-]+)/gm))
        assert.ok(targets.includes(target ?? ''), `make ${target}`);
      for (const [, command] of text.matchAll(/(?:npx swati|`swati) ([a-z][a-z-]+)/g))
        assert.ok(commands.includes(command ?? ''), `swati ${command}`);
    });
  }
});

describe('the drill of docs/operations.md', () => {
  it('touches neither the shop that .env names nor its backups', () => {
    // A function and no variable of words, which some shells do not divide.
    const [, words = ''] =
      /^drill\(\) \{[^\n]*\n {2}env ([^"]+) "\$@"\n\}$/m.exec(read('docs/operations.md')) ?? [];
    const said = Object.fromEntries(words.split(/[\s\\]+/).map((pair) => pair.split('=')));
    const ofEnv = {
      MONGODB_URI: 'mongodb://a/b',
      MONGODB_ADMIN_URI: 'mongodb://c/b',
      BACKUP_DIR: '/media/usb',
      HOST: '192.0.2.9',
      TLS_CERT_FILE: 'cert.pem',
      TLS_KEY_FILE: 'key.pem',
    };
    const { MONGODB_URI, NIGHTLY_BACKUP, DATA_DIR, HOST, tls } = readConfig({ ...ofEnv, ...said });
    assert.deepEqual([MONGODB_URI, NIGHTLY_BACKUP, DATA_DIR], [undefined, false, '/tmp/drill']);
    // Where the guide says it is looked at, and not by the network.
    assert.deepEqual([HOST, tls], ['127.0.0.1', null]);
  });
});

describe('the unit of systemd', () => {
  const unit = read('ops/swati.service');

  it('starts the program as it is installed, with the settings that commands read, too', () => {
    const [, node, main] = /^ExecStart=(\S+) (\S+)$/m.exec(unit) ?? [];
    assert.equal(node, '/opt/swati/node_modules/.bin/node');
    assert.ok(existsSync(join(ROOT, main ?? '')));
    // Commands in that folder read its .env, and nothing of the unit: they made another, empty shop and backed it up.
    assert.doesNotMatch(unit, /^Environment/m);
    const said = Object.fromEntries(
      [...unit.matchAll(/\b([A-Z_]+)=([\w/]+) (?:and|among)/g)].map(([, ...pair]) => pair),
    );
    assert.deepEqual(said, {
      APP_ENV: 'production',
      DATA_DIR: `/var/lib/${/^StateDirectory=(.*)$/m.exec(unit)?.[1]}`,
    });
    assert.throws(() => readConfig({ APP_ENV: 'production' }), /JWT_SECRET_KEY/);
  });

  it('starts it again, but not where another start would find the same', () => {
    assert.match(unit, /^Restart=on-failure$/m);
    assert.match(unit, /^RestartPreventExitStatus=78$/m);
    assert.match(unit, /^TimeoutStopSec=1[1-9]$/m);
  });
});
