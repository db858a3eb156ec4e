// Columns of numbers cut into at most 255 bins, which is all that the boosted trees look at.

/** Most bins of a column, so that a bin fits a byte. */
export const MOST_BINS = 255;

/** A table for training: for each column its cuts, and for each row the bin of its value. */
export type BinnedTable = {
  readonly rowCount: number;
  /** Ascending cuts of each column; bin b holds the values above cut b-1 and up to cut b. */
  readonly cuts: readonly Float64Array[];
  /** Bins column by column: `bins[column][row]`. */
  readonly bins: readonly Uint8Array[];
};

/** Cuts every column of equal length at its own quantiles. Throws a RangeError for NaN, infinities or no rows. */
export function binTable(columns: readonly Float64Array[]): BinnedTable {
  const cuts = columns.map(cutsOf);
  return binWithCuts(columns, cuts);
}

/** The same with cuts that were found before. */
export function binWithCuts(columns: readonly Float64Array[], cuts: readonly Float64Array[]): BinnedTable {
  const rowCount = columns[0]?.length ?? 0;
  if (rowCount === 0) throw new RangeError('a table needs at least one column and one row');
  const bins = columns.map((values, column) => {
    if (values.length !== rowCount) throw new RangeError('all columns must have the same length');
    return Uint8Array.from(values, (value) => binOf(cuts[column]!, value));
  });
  return { rowCount, cuts, bins };
}

/** Some rows of a table, in the given order. */
export function rowsOfTable(table: BinnedTable, rows: Uint32Array): BinnedTable {
  const bins = table.bins.map((column) => {
    const chosen = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++) chosen[i] = column[rows[i]!]!;
    return chosen;
  });
  return { rowCount: rows.length, cuts: table.cuts, bins };
}

/** The bin of a value: the number of cuts below it. Throws a RangeError for NaN and infinities. */
export function binOf(cuts: Float64Array, value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`not a finite number: ${value}`);
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Cuts in the middle between neighbouring values: between all of them, or so that bins hold equally many rows. */
function cutsOf(values: Float64Array): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const distinct: number[] = [];
  const upTo: number[] = [];
  for (let i = 0; i < sorted.length; i++) {
    if (i + 1 < sorted.length && sorted[i + 1] === sorted[i]) continue;
    distinct.push(sorted[i]!);
    upTo.push(i + 1);
  }
  const cuts: number[] = [];
  let used = 0;
  for (let i = 0; i + 1 < distinct.length; i++) {
    // The rows that are left are shared equally among the bins that are left.
    const share = (sorted.length - used) / (MOST_BINS - cuts.length);
    if (distinct.length > MOST_BINS && (upTo[i]! - used < share || cuts.length === MOST_BINS - 1)) continue;
    cuts.push((distinct[i]! + distinct[i + 1]!) / 2);
    used = upTo[i]!;
  }
  return Float64Array.from(cuts);
}
