/** What a chart draws. Every list has one entry a day of the chart; null where there is none. */
export type Series =
  | { kind: 'bar' | 'line' | 'dashed'; label: string; values: readonly (number | null)[] }
  | {
      kind: 'band80' | 'band95';
      label: string;
      lows: readonly (number | null)[];
      highs: readonly (number | null)[];
    };

export interface ChartData {
  /** The shop's days, `YYYY-MM-DD`, in order. */
  days: readonly string[];
  /** Drawn in this order, the first one undermost. */
  series: readonly Series[];
}

/** Every figure that the axis must reach. */
export function figuresOf(series: readonly Series[]): number[] {
  return series
    .flatMap((each) => ('values' in each ? each.values : [...each.lows, ...each.highs]))
    .filter((value) => value !== null);
}

/** The chart as a table: a head and a row a day. Bands take two columns. */
export function tableOf(
  { days, series }: ChartData,
  dayWord: string,
  edges: { low: (label: string) => string; high: (label: string) => string },
): { head: string[]; rows: (string | number | null)[][] } {
  const head = series.flatMap((each) =>
    'values' in each ? [each.label] : [edges.low(each.label), edges.high(each.label)],
  );
  const rows = days.map((day, index) => [
    day,
    ...series.flatMap((each) =>
      'values' in each ? [each.values[index] ?? null] : [each.lows[index] ?? null, each.highs[index] ?? null],
    ),
  ]);
  return { head: [dayWord, ...head], rows };
}
