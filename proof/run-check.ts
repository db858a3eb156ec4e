// Runs one check on the product, and then on the product with its defect: a check whose control stays green has failed.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check, Finding, Form, Stage } from './check.ts';
import { DEFECTS } from './defects.ts';
import { plant } from './drive/plant.ts';
import { endPrograms } from './drive/program.ts';
import { seeded } from './drive/seeded.ts';

export interface Result {
  id: string;
  what: string;
  asked: string;
  outcome: 'held' | 'failed' | 'skipped';
  reached: string;
  /** The planted defect and the red that it gave, or why the control counts for nothing. */
  control: string;
  problems: string[];
  seed: string;
  seconds: number;
  controlSeconds: number;
  /** The day of the run. */
  day: string;
}

const SHOWN_PROBLEMS = 20;
const CONTROL_TRIES = 3;

export async function runCheck(check: Check, form: Form, seed: string): Promise<Result> {
  const { id, what, asked } = check;
  const day = new Date().toISOString().slice(0, 10);
  const base = { id, what, asked, seed, day };
  const missing = check.missing?.() ?? null;
  if (missing !== null) {
    return {
      ...base,
      outcome: 'skipped',
      reached: missing,
      control: '',
      problems: [],
      seconds: 0,
      controlSeconds: 0,
    };
  }
  const folder = mkdtempSync(join(tmpdir(), `proof-${id.toLowerCase()}-`));
  try {
    const started = performance.now();
    const { reached, problems } = await attempt(check, form, join(folder, 'product'), seed, {});
    const between = performance.now();
    const red = await redOfControl(check, join(folder, 'planted'), seed);
    const all = [...shortened(problems), ...red.problems];
    return {
      ...base,
      outcome: all.length === 0 ? 'held' : 'failed',
      reached,
      control: red.text,
      problems: all,
      seconds: Math.round((between - started) / 100) / 10,
      controlSeconds: Math.round((performance.now() - between) / 100) / 10,
    };
  } finally {
    if (process.env.KEEP === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function attempt(
  check: Check,
  form: Form,
  folder: string,
  seed: string,
  environment: Record<string, string>,
): Promise<{ reached: string; problems: string[] }> {
  mkdirSync(folder, { recursive: true });
  const stage: Stage = { folder, random: seeded(`${seed}/${check.id}`), environment };
  try {
    return judged(await check.run(stage, form), form);
  } catch (error) {
    return { reached: 'broken off', problems: [`broken off: ${(error as Error).stack}`] };
  } finally {
    await endPrograms(folder);
  }
}

function judged(
  { reached, work, floor, problems }: Finding,
  form: Form,
): { reached: string; problems: string[] } {
  // That a defect keeps work from being done is not the red that its control is there for.
  const lazy =
    work < floor && form !== 'control' ? [`only ${work} were done, at least ${floor} must be`] : [];
  return { reached, problems: [...lazy, ...problems] };
}

function shortened(problems: string[]): string[] {
  const shown = problems.slice(0, SHOWN_PROBLEMS);
  return problems.length > shown.length ? [...shown, `and ${problems.length - shown.length} more`] : shown;
}

/** A defect that is a race does not show each time; how many tries it took is said. */
async function redOfControl(
  check: Check,
  folder: string,
  seed: string,
): Promise<{ text: string; problems: string[] }> {
  const { defect } = check;
  let others = '';
  for (let number = 1; number <= CONTROL_TRIES; number++) {
    const place = join(folder, String(number));
    mkdirSync(place, { recursive: true });
    const ownSeed = number === 1 ? seed : `${seed}/${number}`;
    const { problems } = await attempt(check, 'control', join(place, 'run'), ownSeed, plant(defect, place));
    const red = problems.find((problem) => check.red.test(problem));
    const tries = number === 1 ? '' : ` (at try ${number})`;
    if (red !== undefined)
      return { text: `${DEFECTS[defect].what}${tries} -> ${oneLine(red)}`, problems: [] };
    others = problems.length === 0 ? 'stayed green' : `shows only: ${oneLine(problems[0] ?? '')}`;
  }
  return {
    text: `${defect}: ${others}`,
    problems: [`the control ${others}, at the last of ${CONTROL_TRIES} tries`],
  };
}

function oneLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 110);
}
