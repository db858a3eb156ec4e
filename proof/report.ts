// The table: for the terminal, for docs/reliability.md and as JSON.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCT } from './drive/plant.ts';
import type { Result } from './run-check.ts';

const JSON_FILE = join(PRODUCT, 'docs/reliability.json');
const PAGE = join(PRODUCT, 'docs/reliability.md');
const WORDS = { held: 'ok', failed: 'FAILED', skipped: 'skipped' } as const;

/** One line of the terminal's table. */
export function resultLine(result: Result): string {
  const { id, what, outcome, reached, asked, control, seconds, controlSeconds } = result;
  const lines = [
    `${WORDS[outcome].padEnd(8)}${id.padEnd(5)} ${what}`,
    `${' '.repeat(14)}reached  ${reached}`,
  ];
  if (outcome !== 'skipped') {
    lines.push(
      `${' '.repeat(14)}asked    ${asked}`,
      `${' '.repeat(14)}control  ${control}`,
      `${' '.repeat(14)}time     ${seconds} s, control ${controlSeconds} s; seed ${result.seed}`,
    );
  }
  return [...lines, ...result.problems.map((problem) => `${' '.repeat(14)}! ${problem}`)].join('\n');
}

/** Each that failed once more, under all the others: who reads only the end of a log sees it. */
export function failures(results: readonly Result[]): string {
  return results
    .filter(({ outcome }) => outcome === 'failed')
    .map((result) => `\n${resultLine(result)}`)
    .join('');
}

export function summary(results: readonly Result[]): string {
  const count = (outcome: Result['outcome']): number =>
    results.filter((one) => one.outcome === outcome).length;
  return `${count('held')} hold, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** Puts new results in the place of older ones of the same check, and writes the page and the JSON. */
export function keepResults(results: readonly Result[], order: readonly string[]): void {
  const known = new Map(readKept().map((one) => [one.id, one]));
  for (const result of results) known.set(result.id, result);
  const all = order.map((id) => known.get(id)).filter((one) => one !== undefined);
  writeFileSync(JSON_FILE, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(
    PAGE,
    pageOf(
      all,
      order.filter((id) => !known.has(id)),
    ),
  );
}

function readKept(): Result[] {
  return existsSync(JSON_FILE) ? (JSON.parse(readFileSync(JSON_FILE, 'utf8')) as Result[]) : [];
}

function pageOf(results: readonly Result[], without: readonly string[]): string {
  const cell = (text: string): string =>
    text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
  const rows = results.map((one) => {
    const time = one.outcome === 'skipped' ? '' : `${one.seconds} s + ${one.controlSeconds} s`;
    const reached = one.outcome === 'held' ? one.reached : `**${WORDS[one.outcome]}**: ${one.reached}`;
    const cells = [one.id, one.what, reached, one.asked, one.control, `${one.seed}, ${one.day}`, time];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return `# What must hold, and how it is shown

\`make prove\` runs all of it and writes this page and \`docs/reliability.json\`; \`make prove ONLY=R9,R11 SEED=text\` repeats
some of it with the same random numbers and replaces those rows; \`make prove-quick\` is the reduced form that the build
machine runs. What is long (the soak, ten years of business) runs only by name: \`make prove ONLY=R16\`, \`ONLY=years\`.

Each check drives the real program from outside, over HTTP and the command line, and compares what it holds with what
the clients wrote down themselves. Each is run a second time on a copy of the program with a defect in it and must turn
red there; the control column names the defect and the red that it gave. The time is of the check and of its control.
The room is \`proof/\`; what the checks found stands in \`docs/decisions/found-by-proof.md\`.

${summary(results)}.${without.length > 0 ? ` Without a kept run: ${without.join(', ')}.` : ''}

| id | what | reached | asked | control | seed, day | time |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
