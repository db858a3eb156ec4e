// Runs test files, three processes at a time: `node ops/run-tests.ts 'src/**/*.test.ts'` in the folder of a workspace.
// Files share a process in groups, since starting one and compiling the server for it costs more than most files'
// tests do. Each pattern makes groups of its own.

import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One more than a small machine has cores, since a process often waits: for a clock, or for a program that it started. */
const AT_ONCE = 3;
/** About ten seconds of tests. */
const GROUP_BYTES = 60_000;
/** A group that is not done by then hangs: it is ended and has failed. */
const LONGEST_MS = 480_000;
const COUNTED = ['tests', 'pass', 'fail', 'cancelled', 'skipped', 'todo'] as const;
const COMPILE_CACHE = fileURLToPath(new URL('../server/src/system/compile-cache.js', import.meta.url));
const OWN_IMPORTS = new URL('../server/src/system/own-imports.js', import.meta.url).href;
const MEMORY = '/dev/shm';
const MEMORY_NEEDED = 2 ** 31;

interface Outcome {
  files: string[];
  code: number | null;
  output: string;
  seconds: number;
}

function findGroups(patterns: readonly string[]): string[][] {
  return patterns.flatMap((pattern) => {
    const groups: string[][] = [];
    let bytes = Infinity;
    for (const file of globSync(pattern).sort()) {
      const { size } = statSync(file);
      bytes += size;
      if (bytes > GROUP_BYTES) {
        groups.push([]);
        bytes = size;
      }
      groups.at(-1)?.push(file);
    }
    return groups;
  });
}

/** A test shop syncs every change; where it lives in memory, nobody waits for a disk that others use too. */
function makeTemporaryFolder(): string {
  return mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), 'swati-tests-'));
}

function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > MEMORY_NEEDED;
  } catch {
    // Only Linux has it.
    return false;
  }
}

function runGroup(files: string[], temporary: string): Promise<Outcome> {
  const started = performance.now();
  const options = [
    '--import',
    COMPILE_CACHE,
    '--import',
    OWN_IMPORTS,
    '--test',
    '--test-isolation=none',
    '--test-reporter=spec',
  ];
  // A run of tests that a test starts would otherwise report to that one.
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  const child = spawn(process.execPath, [...options, ...files], {
    env: { ...own, TMPDIR: temporary },
    timeout: LONGEST_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ files, code, output, seconds: (performance.now() - started) / 1000 }),
    );
  });
}

/** `ℹ tests 12` of the summary that a run ends with; a program that a test starts may have printed one of its own before. */
function countIn(output: string, word: string): number {
  return Number([...output.matchAll(new RegExp(`^ℹ ${word} (\\d+)$`, 'gm'))].at(-1)?.[1] ?? 0);
}

function isSound({ code, output }: Outcome): boolean {
  return code === 0 && countIn(output, 'tests') > 0;
}

const started = performance.now();
const waiting = findGroups(process.argv.slice(2));
const outcomes: Outcome[] = [];
const temporary = makeTemporaryFolder();

async function work(): Promise<void> {
  for (let files = waiting.shift(); files !== undefined; files = waiting.shift()) {
    const outcome = await runGroup(files, temporary);
    outcomes.push(outcome);
    const told = outcome.output.replace(/^ℹ .*\n/gm, '').trimEnd();
    process.stdout.write(`\n== ${files.join(' ')}, ${outcome.seconds.toFixed(1)} s\n${told}\n`);
  }
}

try {
  await Promise.all(Array.from({ length: AT_ONCE }, work));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
const unsound = outcomes.filter((outcome) => !isSound(outcome));
for (const { files, output } of unsound) {
  const at = output.indexOf('✖ failing tests:');
  process.stdout.write(`\n== FAILED: ${files.join(' ')}\n${at === -1 ? output : output.slice(at)}\n`);
}
const totals = COUNTED.map((word) => {
  const sum = outcomes.reduce((total, { output }) => total + countIn(output, word), 0);
  return `${word} ${sum}`;
});
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(`\n${totals.join(', ')}; ${outcomes.length} processes, ${seconds} s\n`);
if (unsound.length > 0 || outcomes.length === 0) process.exitCode = 1;
