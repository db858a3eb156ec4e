// Rows of figures beside their goals, and whether all goals were met.

/** One line of the table. `met` is null for what was not run, or has no goal. */
export type ReportRow = {
  readonly figure: string;
  readonly goal: string;
  readonly got: string;
  readonly anchor?: string;
  readonly met: boolean | null;
};

/** Collects rows, prints each when it is known. */
export class ForecastReport {
  private missed = 0;
  private skipped = 0;

  heading(text: string): void {
    console.log(`\n${text}\n${'figure'.padEnd(58)} ${'goal'.padEnd(16)} ${'got'.padEnd(30)} anchor`);
  }

  add(row: ReportRow): void {
    if (row.met === false) this.missed++;
    if (row.met === null && row.goal !== '') this.skipped++;
    const verdict = { true: 'ok    ', false: 'MISSED', null: '-     ' }[`${row.met}`];
    console.log(
      `${verdict} ${row.figure.padEnd(51)} ${row.goal.padEnd(16)} ${row.got.padEnd(30)} ${row.anchor ?? ''}`,
    );
  }

  /** A figure that must be at most `most`, shown with `digits` decimals. */
  atMost(figure: string, got: number, most: number, digits: number, unit = '', anchor = ''): void {
    const shown = `${got.toFixed(digits)}${unit}`;
    this.add({ figure, goal: `<= ${most}${unit}`, got: shown, anchor, met: got <= most });
  }

  /** A figure that must be at least `least`. */
  atLeast(figure: string, got: number, least: number, digits: number, unit = '', anchor = ''): void {
    const shown = `${got.toFixed(digits)}${unit}`;
    this.add({ figure, goal: `>= ${least}${unit}`, got: shown, anchor, met: got >= least });
  }

  /** A figure that must lie between two. */
  between(figure: string, got: number, least: number, most: number, digits: number, unit = ''): void {
    const shown = `${got.toFixed(digits)}${unit}`;
    this.add({ figure, goal: `${least} to ${most}${unit}`, got: shown, met: got >= least && got <= most });
  }

  /** A figure that was not measured here, with the reason. */
  notRun(figure: string, goal: string, reason: string): void {
    this.add({ figure, goal, got: `not run: ${reason}`, met: null });
  }

  /** True when no goal was missed; prints the sum. */
  finish(): boolean {
    console.log(`\n${this.missed} goals missed, ${this.skipped} not run here`);
    return this.missed === 0;
  }
}

/** The largest of the lowest 99% of some numbers. */
export function p99(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
}

const WINDOWS = 60;
const CALLS_IN_WINDOW = 500;

/**
 * Milliseconds that 99% of single calls stay below, in the best of 60 windows of 500 calls, and the middle of all
 * calls. Other programs on the machine take the processor away for whole milliseconds, which says nothing about the
 * call; a window without that shows it.
 */
export function timeCalls(call: (index: number) => unknown): { best: number; median: number } {
  const all: number[] = [];
  const windows = Array.from({ length: WINDOWS }, (_, window) => {
    const times: number[] = [];
    for (let i = 0; i < CALLS_IN_WINDOW; i++) {
      const started = performance.now();
      call(window * CALLS_IN_WINDOW + i);
      times.push(performance.now() - started);
    }
    all.push(...times);
    return p99(times);
  });
  const sorted = Float64Array.from(all).sort();
  return { best: Math.min(...windows), median: sorted[sorted.length >> 1] ?? Number.NaN };
}
