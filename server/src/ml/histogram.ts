// Sums of gradients and weights by bin: the inner loops of training, where nearly all of its time goes.

import type { BinnedTable } from './binning.ts';

/** Numbers of one column in a histogram: 256 pairs of gradient sum and weight sum. */
export const COLUMN_STRIDE = 512;

/** A split of a leaf: rows whose bin in `column` is at most `bin` go left. `gain` is how much the loss falls. */
export type Split = {
  column: number;
  bin: number;
  gain: number;
  leftGradient: number;
  leftWeight: number;
};

/** Adds the rows in `order[from..to)` up into `histogram`, which is cleared first. */
export function fillHistogram(
  histogram: Float64Array,
  table: BinnedTable,
  order: Uint32Array,
  from: number,
  to: number,
  gradients: Float64Array,
  weights: Float64Array,
): void {
  for (let column = 0; column < table.bins.length; column++) {
    const offset = column * COLUMN_STRIDE;
    histogram.fill(0, offset, offset + usedLength(table, column));
    addColumn(histogram, offset, table.bins[column]!, order, from, to, gradients, weights);
  }
}

function addColumn(
  histogram: Float64Array,
  offset: number,
  bins: Uint8Array,
  order: Uint32Array,
  from: number,
  to: number,
  gradients: Float64Array,
  weights: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const row = order[i]!;
    const at = offset + 2 * bins[row]!;
    histogram[at]! += gradients[row]!;
    histogram[at + 1]! += weights[row]!;
  }
}

/** Turns the histogram of a leaf into that of one child by taking the other child's away. */
export function subtractHistogram(whole: Float64Array, part: Float64Array, table: BinnedTable): void {
  for (let column = 0; column < table.cuts.length; column++) {
    const offset = column * COLUMN_STRIDE;
    const end = offset + usedLength(table, column);
    for (let i = offset; i < end; i++) whole[i]! -= part[i]!;
  }
}

/** Numbers of a column that its bins use: a column of grades has few bins, and the rest is never read. */
function usedLength(table: BinnedTable, column: number): number {
  return 2 * (table.cuts[column]!.length + 1);
}

/** The split with the largest gain of a leaf with these sums, or null when none leaves `leastWeight` on both sides. */
export function bestSplit(
  histogram: Float64Array,
  table: BinnedTable,
  gradient: number,
  weight: number,
  lambda: number,
  leastWeight: number,
): Split | null {
  const best: Split = { column: -1, bin: 0, gain: 1e-12, leftGradient: 0, leftWeight: 0 };
  const unsplit = (gradient * gradient) / (weight + lambda);
  for (let column = 0; column < table.cuts.length; column++) {
    const offset = column * COLUMN_STRIDE;
    let leftGradient = 0;
    let leftWeight = 0;
    for (let bin = 0; bin < table.cuts[column]!.length; bin++) {
      leftGradient += histogram[offset + 2 * bin]!;
      leftWeight += histogram[offset + 2 * bin + 1]!;
      if (leftWeight < leastWeight) continue;
      const rightWeight = weight - leftWeight;
      if (rightWeight < leastWeight) break;
      const rightGradient = gradient - leftGradient;
      const gain =
        (leftGradient * leftGradient) / (leftWeight + lambda) +
        (rightGradient * rightGradient) / (rightWeight + lambda) -
        unsplit;
      if (gain > best.gain) {
        best.column = column;
        best.bin = bin;
        best.gain = gain;
        best.leftGradient = leftGradient;
        best.leftWeight = leftWeight;
      }
    }
  }
  return best.column === -1 ? null : best;
}
