// What a check is. It drives the program from outside, and it names the defect that must turn it red.

import type { DefectName } from './defects.ts';
import type { Seeded } from './drive/seeded.ts';

/** Where a check runs: a folder, random numbers, and the settings that may hold a planted defect. */
export interface Stage {
  /** A folder of this run alone; it is removed afterwards. */
  folder: string;
  random: Seeded;
  /** Settings for every process that is started, beside the check's own. */
  environment: Record<string, string>;
}

/** What came of a run. */
export interface Finding {
  /** The figure for the table, in words: `200 of 200 rounds, 0 lost`. */
  reached: string;
  /** How much was really done (acknowledged writes, requests): a run that did less than `floor` has failed. */
  work: number;
  floor: number;
  /** What does not hold, a sentence each; empty: it holds. */
  problems: string[];
}

export interface CheckSpec<Size> {
  id: string;
  what: string;
  /** The number that must come out. */
  asked: string;
  full: Size;
  /** The reduced form, and what it reduces in words; or why there is none. */
  quick: { size: Size; reduced: string } | string;
  /** The planted defect, how much is run on it, and the problem that it must show as. */
  control: { defect: DefectName; size: Size; red: RegExp };
  /** Why this machine cannot run it, or null. */
  missing?: () => string | null;
  /** Only where it is asked for by name. */
  alone?: boolean;
  run: (stage: Stage, size: Size) => Promise<Finding>;
}

/** A check whose sizes are its own affair. */
export interface Check extends Omit<CheckSpec<never>, 'full' | 'quick' | 'control' | 'run'> {
  defect: DefectName;
  red: RegExp;
  /** What the reduced form reduces; `none` tells why there is none. */
  quick: { reduced: string } | { none: string };
  run: (stage: Stage, form: Form) => Promise<Finding>;
}

export type Form = 'full' | 'quick' | 'control';

export function check<Size>(spec: CheckSpec<Size>): Check {
  const { full, quick, control, run, ...rest } = spec;
  const sizeOf = (form: Form): Size => {
    if (form === 'control') return control.size;
    return form === 'quick' && typeof quick !== 'string' ? quick.size : full;
  };
  return {
    ...rest,
    defect: control.defect,
    red: control.red,
    quick: typeof quick === 'string' ? { none: quick } : { reduced: quick.reduced },
    run: (stage, form) => run(stage, sizeOf(form)),
  };
}
