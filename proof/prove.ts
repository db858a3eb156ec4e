// `make prove`: runs the checks one after another, prints the table and keeps it. `--quick` is the reduced form.
// ONLY=R9,R11 picks some; SEED=text repeats the random numbers; KEEP=1 leaves the folders for a look.

import { ALL_CHECKS } from './all-checks.ts';
import type { Check } from './check.ts';
import { failures, keepResults, resultLine, summary } from './report.ts';
import { type Result, runCheck } from './run-check.ts';

const quick = process.argv.includes('--quick');
const only = (process.env.ONLY ?? '')
  .split(',')
  .map((id) => id.trim().toLowerCase())
  .filter((id) => id !== '');
const seed = process.env.SEED || Math.random().toString(36).slice(2, 10);

function isAsked(check: Check): boolean {
  if (only.length > 0) return only.includes(check.id.toLowerCase());
  return quick ? 'reduced' in check.quick : !check.alone;
}

const unknown = only.filter((id) => !ALL_CHECKS.some((check) => check.id.toLowerCase() === id));
if (unknown.length > 0) {
  console.error(
    `ONLY names ${unknown.join(', ')}; there are ${ALL_CHECKS.map((check) => check.id).join(', ')}`,
  );
  process.exit(2);
}

// A broken-off proof, too, ends what it started.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const started = performance.now();
const results: Result[] = [];
const waiting = ALL_CHECKS.filter(isAsked);
// The reduced form judges no times that a neighbour could spoil: there one check waits while another works.
const lanes = quick ? 2 : 1;
await Promise.all(Array.from({ length: lanes }, runNext));

async function runNext(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const result = await runCheck(check, quick ? 'quick' : 'full', seed);
    results.push(result);
    // At once: a proof that is broken off keeps what it found.
    if (!quick)
      keepResults(
        [result],
        ALL_CHECKS.map(({ id }) => id),
      );
    console.log(resultLine(result));
    if (quick && 'reduced' in check.quick) console.log(`${' '.repeat(14)}reduced  ${check.quick.reduced}`);
  }
}

const left = quick && only.length === 0 ? ALL_CHECKS.filter((check) => 'none' in check.quick) : [];
for (const { id, what, quick: form } of left) {
  console.log(`not in   ${id.padEnd(5)} ${what}: ${'none' in form ? form.none : ''}`);
}
const seconds = Math.round((performance.now() - started) / 1000);
console.log(
  `${failures(results)}\n${summary(results)}${left.length > 0 ? `, ${left.length} not in the reduced form` : ''}; ${seconds} s, seed ${seed}`,
);
process.exitCode = results.some((result) => result.outcome === 'failed') ? 1 : 0;
