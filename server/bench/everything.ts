// `make bench`: every figure that is promised, beside its baseline of the same run, as one table and a file of JSON.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { benchGrowth } from './growth.ts';
import { allJudged, type Judged, judged } from './judgement.ts';
import { QUICK } from './pace.ts';
import { benchPredictions } from './predictions.ts';
import { benchReads } from './reads.ts';
import { benchWrites } from './writes.ts';

const PARTS: Record<string, () => Promise<boolean>> = {
  reads: benchReads,
  writes: benchWrites,
  predictions: benchPredictions,
  growth: benchGrowth,
  console: benchConsole,
};

/** `BENCH_ONLY` names parts, with commas between. Prints the tables; false when a goal was missed. */
export async function benchEverything(): Promise<boolean> {
  const started = performance.now();
  const machine = describeMachine();
  for (const [name, value] of Object.entries(machine)) console.log(`${name.padEnd(10)} ${value}`);
  const wanted = process.env.BENCH_ONLY?.split(',') ?? Object.keys(PARTS);
  for (const name of wanted) {
    const part = PARTS[name];
    if (!part) throw new Error(`BENCH_ONLY knows ${Object.keys(PARTS).join(', ')}, not ${name}`);
    console.log(`\n== ${name}`);
    await part().catch((error: unknown) => {
      judged({ work: name, goal: 'is measured', outcome: 'MISSED', note: String(error) });
      console.error(error);
    });
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  return report({ ...machine, took: `${seconds} s` }, allJudged());
}

function describeMachine(): Record<string, string> {
  const only = process.env.BENCH_ONLY;
  const [cpu] = cpus();
  return {
    date: new Date().toISOString(),
    command: ['make bench', QUICK && 'QUICK=yes', only && `ONLY=${only}`].filter(Boolean).join(' '),
    processor: `${cpus().length} x ${cpu?.model ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${type()} ${release()}`,
    node: `${process.version}, SQLite ${process.versions.sqlite ?? 'unknown'}`,
    fastify: manifest.dependencies.fastify,
    program: `${manifest.version} ${commit()}`,
    load: 'server/bench/asking-clients.ts and writing-clients.ts, each in a process of its own, plain sockets',
  };
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** The console's figures come from a real browser, in a program of its own. */
async function benchConsole(): Promise<boolean> {
  const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  const skipped = (note: string) =>
    judged({ work: 'console in a slowed browser', goal: '', outcome: 'skipped', note });
  if (!existsSync(file('console/dist/index.html'))) return skipped('the console is not built: npm run build');
  const child = spawn(process.execPath, [file('console/test/measure-paint.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) return skipped(`the browser could not be driven (${code})`);
  const rows = JSON.parse(text) as Pick<Judged, 'work' | 'measured' | 'goal' | 'note' | 'outcome'>[];
  for (const row of rows) judged(row);
  return rows.every(({ outcome }) => outcome !== 'MISSED');
}

function report(machine: Record<string, string>, rows: readonly Judged[]): boolean {
  const folder = join(process.env.BENCH_DIR ?? 'var', 'bench');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'performance.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  writeFileSync(join(folder, 'performance.md'), asMarkdown(machine, rows));
  console.log(`\n${readFileSync(join(folder, 'performance.md'), 'utf8')}`);
  const missed = rows.filter(({ outcome }) => outcome === 'MISSED');
  console.log(`${missed.length} of ${rows.length} missed${missed.map(({ work }) => `\n  ${work}`).join('')}`);
  console.log(`The same as JSON: ${join(folder, 'performance.json')}`);
  return missed.length === 0;
}

function asMarkdown(machine: Record<string, string>, rows: readonly Judged[]): string {
  const facts = Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`);
  const lines = rows.map((row) => {
    const ratio = row.ratio === null ? '' : String(row.ratio);
    const spread = row.spread === null ? '' : row.spread.join(' to ');
    const cells = [row.work, row.baseline, row.measured, ratio, spread, row.goal, row.outcome, row.note];
    return `| ${cells.map((cell) => cell.replaceAll('|', '/')).join(' | ')} |`;
  });
  return [
    ...facts,
    '',
    '| work | baseline | measured | ratio, middle round | lowest to highest | goal | | |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}
