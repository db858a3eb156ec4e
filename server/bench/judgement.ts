// What was measured, each beside its baseline and its goal, in the form that the report of all benchmarks has.

export type Outcome = 'met' | 'MISSED' | 'not judged' | 'skipped';

export interface Judged {
  work: string;
  /** What it was measured against, in the same run. */
  baseline: string;
  measured: string;
  /** The middle round, and the lowest and highest. */
  ratio: number | null;
  spread: [low: number, high: number] | null;
  goal: string;
  outcome: Outcome;
  /** Why it was not judged, or what else there is to know. */
  note: string;
}

const rows: Judged[] = [];

/** Keeps a row for the report; false when its goal was missed. */
export function judged(row: Partial<Judged> & Pick<Judged, 'work' | 'goal' | 'outcome'>): boolean {
  rows.push({ baseline: '', measured: '', ratio: null, spread: null, note: '', ...row });
  return row.outcome !== 'MISSED';
}

/** A goal of so many times the baseline. */
export function judgedRatio(
  row: Pick<Judged, 'work'> & Partial<Pick<Judged, 'baseline' | 'measured' | 'note'>>,
  ratios: readonly number[],
  atLeast: number,
  isJudged = true,
): boolean {
  const ratio = median(ratios);
  const reached = ratio >= atLeast ? 'met' : 'MISSED';
  return judged({
    ...row,
    ratio: rounded(ratio),
    spread: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    goal: `at least ${atLeast}`,
    outcome: isJudged ? reached : 'not judged',
  });
}

export function allJudged(): readonly Judged[] {
  return rows;
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** To two decimals. */
export function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}
