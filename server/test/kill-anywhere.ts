// What a crash leaves behind: a command is killed at some moment, and the shop must be as before or as after it, never
// between; the next run says which, and does its work. Used by a test with few moments and by a bench with many.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swati } from '../src/cli/swati.ts';
import { checkArchive } from '../src/store/archive/archive-file.ts';
import { dumpDatabase } from '../src/store/sqlite/archive/dump.ts';
import { openConnection } from '../src/store/sqlite/database.ts';
import { readMigrations } from '../src/store/sqlite/migrate.ts';
import { makeShopOfSchema } from './older-schema-shop.ts';

const SWATI = fileURLToPath(new URL('../src/cli/swati.js', import.meta.url));
const OLDER_SCHEMA = 9;

export interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs a command in this process, on the shop of a folder. */
export function runSwati(dataDir: string, ...args: string[]): Promise<Run> {
  return runSwatiWith({ DATA_DIR: dataDir }, ...args);
}

export async function runSwatiWith(environment: Record<string, string>, ...args: string[]): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await swati(args, environment, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    progress: () => undefined,
    askSecret: async () => null,
    readInput: async () => '',
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

export type Side = 'before' | 'after' | 'left, not arrived';
export interface Interruption {
  words: (folder: string) => string[];
  /** The start of each trial, in a folder of its own. */
  prepare: (folder: string) => void | Promise<void>;
  /** Where the shop is not in the folder: what the command is told beside DATA_DIR. */
  settings?: (folder: string) => Record<string, string>;
  /** Asserts that the shop is whole, and answers on which side of the command it is. */
  sideOf: (folder: string) => Promise<Side>;
  /** What the next run must say, where it finds remains. */
  says: RegExp;
  /** Whether the shop is of an older schema until the command is done. */
  bringsSchema?: boolean;
  /** What the next run refuses with, where nothing is left to do. */
  refusesAgain?: RegExp;
  /** Removes what stands outside the folder. */
  cleanUp?: (folder: string) => Promise<void>;
}

/** A sample shop and an archive of it, which every trial begins with. */
export interface Sample {
  root: string;
  shop: string;
  archive: string;
}

export async function makeSample(root: string): Promise<Sample> {
  const shop = join(root, 'sample');
  assert.equal((await runSwati(shop, 'seed')).code, 0);
  assert.equal((await runSwati(shop, 'backup', '--to', join(root, 'archives'))).code, 0);
  const [archive = ''] = readdirSync(join(root, 'archives'));
  return { root, shop, archive: join(root, 'archives', archive) };
}

export function interruptions({ shop, archive }: Sample): Record<string, Interruption> {
  const copy = (folder: string): void => cpSync(shop, folder, { recursive: true });
  return {
    backup: {
      words: (folder) => ['backup', '--to', join(folder, 'to')],
      prepare: copy,
      says: /an earlier backup did not finish: it left no archive/,
      sideOf: async (folder) => {
        const archives = existsSync(join(folder, 'to'))
          ? readdirSync(join(folder, 'to')).filter((name) => name.endsWith('.backup'))
          : [];
        for (const name of archives) await mustDo({ DATA_DIR: folder }, 'verify', join(folder, 'to', name));
        return archives.length === 0 ? 'before' : 'after';
      },
    },
    restore: {
      words: () => ['restore', archive, '--replace'],
      prepare: copy,
      says: /an earlier restore \(\S+\) did not finish: the shop stayed as it was/,
      sideOf: async (folder) => {
        const { location } = await statusOf(folder);
        return location.includes('generations') ? 'after' : 'before';
      },
    },
    move: {
      words: (folder) => ['move', '--to', `sqlite:${folder}-there`],
      prepare: copy,
      says: /an earlier move (did not finish: the shop stayed here|was cut off)/,
      sideOf: async (folder) => {
        const there = await runSwati(`${folder}-there`, 'verify');
        const { moved_to: movedTo } = await statusOf(folder);
        if (movedTo === null) {
          // Nobody can open a half of it; an empty new shop, where nothing was begun, is what that folder always was.
          assert.ok(there.code === 78 || /journal {4}0 entries/.test(there.out), there.out);
          rmSync(join(`${folder}-there`, 'shop.db'), { force: true });
          return 'before';
        }
        assert.equal(movedTo, `sqlite:${folder}-there`);
        if (there.code === 0) return 'after';
        assert.match(there.err, /has not finished: run the same swati move again/);
        return 'left, not arrived';
      },
    },
    migration: {
      words: () => ['init-db'],
      bringsSchema: true,
      prepare: async (folder) => {
        copy(folder);
        rmSync(join(folder, 'shop.db'));
        await makeShopOfSchema(OLDER_SCHEMA, folder, dumpDatabase(join(shop, 'shop.db')));
      },
      says: /an earlier backup did not finish: it left no archive/,
      sideOf: async (folder) => {
        const db = openConnection(join(folder, 'shop.db'), 'read');
        const { n } = db.get<{ n: number }>('SELECT max(number) AS n FROM schema_migrations') ?? { n: 0 };
        db.close();
        assert.ok(n === OLDER_SCHEMA || n === readMigrations().length, `schema ${n}`);
        // Never without its backup, and never with two.
        const made = existsSync(join(folder, 'backups')) ? readdirSync(join(folder, 'backups')) : [];
        const archives = made.filter((name) => name.endsWith('.backup'));
        assert.ok(archives.length === 1 || (archives.length === 0 && n === OLDER_SCHEMA), made.join(', '));
        for (const name of archives) await checkArchive(join(folder, 'backups', name));
        return n === OLDER_SCHEMA ? 'before' : 'after';
      },
    },
  };
}

export async function statusOf(
  folder: string,
  settings: Record<string, string> = {},
): Promise<{ location: string; moved_to: string | null }> {
  return JSON.parse((await mustDo({ DATA_DIR: folder, ...settings }, 'status', '--json')).out) as never;
}

export async function mustDo(environment: Record<string, string>, ...words: string[]): Promise<Run> {
  const run = await runSwatiWith(environment, ...words);
  assert.equal(run.code, 0, `${words.join(' ')}: ${run.err}`);
  return run;
}

export interface Trial {
  side: Side;
  /** Whether the command had ended before it could be killed. */
  hadEnded: boolean;
  /** How long the command ran, until it ended or was killed. */
  ms: number;
  said: boolean;
}

/** Kills the command after `delayMs`, looks at the shop, and runs the command once more. */
export async function killAt(sample: Sample, one: Interruption, delayMs: number): Promise<Trial> {
  const folder = join(mkdtempSync(join(sample.root, 'trial-')), 'shop');
  await one.prepare(folder);
  const environment = { DATA_DIR: folder, ...one.settings?.(folder) };
  const started = performance.now();
  const child = spawn(process.execPath, [SWATI, ...one.words(folder)], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: 'ignore',
  });
  const ended = once(child, 'close') as Promise<[number | null]>;
  const timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
  const [code] = await ended;
  clearTimeout(timer);
  const ms = performance.now() - started;
  const side = await one.sideOf(folder);
  // Where the shop is elsewhere, `sideOf` has looked at the books, too.
  // A shop of an older schema is verified once the next run has brought it over: verify itself leaves it as it is.
  const isOlder = one.bringsSchema === true && side === 'before';
  if (!one.settings && !isOlder) await mustDo(environment, 'verify');
  const again = await runSwatiWith(environment, ...one.words(folder));
  const isDone = side === 'after' && one.refusesAgain?.test(again.err) === true;
  assert.ok(again.code === 0 || isDone, again.err);
  assert.equal(await one.sideOf(folder), 'after');
  if (isOlder) await mustDo(environment, 'verify');
  await one.cleanUp?.(folder);
  rmSync(join(folder, '..'), { recursive: true, force: true });
  return { side, hadEnded: code === 0, ms, said: isDone || one.says.test(again.out + again.err) };
}
