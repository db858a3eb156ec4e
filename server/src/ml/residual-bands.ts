// Price ranges from the errors of models that had not seen the row: how far off, by grade and size.

import type { BinnedTable } from './binning.ts';
import { type BoostedTrees, predictTable, trainBoostedTrees } from './boosted-trees.ts';
import { bucketOf, conformalOffsets } from './conformal.ts';
import { gridColumns } from './grade-grid.ts';
import { predictOverGrid } from './grid-prediction.ts';
import { seededGenerator, shuffledIndices } from './seeded-generator.ts';

/** Folds of the models whose errors are used. */
export const FOLD_COUNT = 5;
/** Trees of each of the two quantile models. */
export const BAND_TREES = 60;
const BAND_OPTIONS = {
  trees: BAND_TREES,
  leaves: 12,
  rate: 0.1,
  subsample: 0.7,
  lambda: 1,
  leastLeafWeight: 50,
} as const;
/** Ranges are wider by this factor where no row is near. */
const UNSUPPORTED_FACTOR = 1.5;

/** What must be added to a log price for the bounds of its 90% and 95% range; over the grid, or for one item. */
export type BandOffsets<T> = {
  readonly lower90: T;
  readonly upper90: T;
  readonly lower95: T;
  readonly upper95: T;
};
export const BAND_NAMES = ['lower90', 'upper90', 'lower95', 'upper95'] as const;

export type BandTraining = {
  readonly seed: number;
  /** How many standard errors of the share of misses the ranges are on the safe side. */
  readonly standardErrors: number;
  readonly afterTree: () => void;
};

/**
 * The fold of each row; rows of one group are in the same fold. `groups` are whole numbers below `groupCount`. Throws
 * a RangeError for fewer groups than folds: what a model does on items that it has not seen is not known then.
 */
export function foldsOfGroups(groups: Uint32Array, groupCount: number, seed: number): Uint8Array {
  if (groupCount < FOLD_COUNT) {
    throw new RangeError(`training needs at least ${FOLD_COUNT} different items, not ${groupCount}`);
  }
  const foldOfGroup = new Uint8Array(groupCount);
  shuffledIndices(groupCount, seededGenerator(seed)).forEach((group, index) => {
    foldOfGroup[group] = index % FOLD_COUNT;
  });
  return Uint8Array.from(groups, (group) => foldOfGroup[group]!);
}

/** Row numbers whose fold is, or is not, `fold`. */
export function rowsOfFold(folds: Uint8Array, fold: number, inside: boolean): Uint32Array {
  const rows: number[] = [];
  folds.forEach((value, row) => {
    if ((value === fold) === inside) rows.push(row);
  });
  return Uint32Array.from(rows);
}

/**
 * Offsets over the whole grid. `table` has the columns size and three grades; `residuals` are log price less the
 * prediction of a model that had not seen the row; `support` says where rows are near.
 */
export function trainBandOffsets(
  table: BinnedTable,
  residuals: Float64Array,
  sizes: Float64Array,
  support: Uint16Array,
  options: BandTraining,
): BandOffsets<Float64Array> {
  const { seed, afterTree } = options;
  const low = quantileTrees(table, residuals, 0.05, seed, afterTree);
  const high = quantileTrees(table, residuals, 0.95, seed + 1, afterTree);
  const predictedLow = predictTable(low, table);
  const predictedHigh = predictTable(high, table);
  const below = residuals.map((residual, row) => predictedLow[row]! - residual);
  const above = residuals.map((residual, row) => residual - predictedHigh[row]!);
  const buckets = Uint8Array.from(gridColumns()[0]!, bucketOf);
  const offsets = (base: Float64Array, excesses: Float64Array, miss: number, sign: 1 | -1): Float64Array => {
    const added = conformalOffsets(excesses, sizes, miss, options.standardErrors);
    return base.map((value, cell) => {
      const offset = sign * Math.max(0, sign * value + added[buckets[cell]!]!);
      return support[cell] === 0 ? offset * UNSUPPORTED_FACTOR : offset;
    });
  };
  const gridLow = predictOverGrid(table.cuts, (cells) => predictTable(low, cells));
  const gridHigh = predictOverGrid(table.cuts, (cells) => predictTable(high, cells));
  return {
    lower90: offsets(gridLow, below, 0.05, -1),
    upper90: offsets(gridHigh, above, 0.05, 1),
    lower95: offsets(gridLow, below, 0.025, -1),
    upper95: offsets(gridHigh, above, 0.025, 1),
  };
}

function quantileTrees(
  table: BinnedTable,
  residuals: Float64Array,
  level: number,
  seed: number,
  afterTree: () => void,
): BoostedTrees {
  return trainBoostedTrees(table, residuals, null, {
    ...BAND_OPTIONS,
    loss: { kind: 'quantile', level },
    seed,
    afterTree,
  });
}
