// Price ranges from the errors of models that had not seen the row: how far off, by grade and size.

import { type BinnedTable, rowsOfTable } from './binning.ts';
import { type BoostedTrees, predictTable, trainBoostedTrees } from './boosted-trees.ts';
import { bucketOf, conformalOffsets } from './conformal.ts';
import { gridColumns } from './grade-grid.ts';
import { predictOverGrid } from './grid-prediction.ts';
import { seededGenerator, shuffledIndices } from './seeded-generator.ts';

/** Folds of the models whose errors are used. */
export const FOLD_COUNT = 5;
/** Trees of each quantile model. */
const QUANTILE_TREES = 60;
/** Trees of all of them: two levels, on all rows and, where they are corrected so, without each fold. */
export const BAND_TREES = 2 * QUANTILE_TREES;
export const FOLDED_BAND_TREES = BAND_TREES * (1 + FOLD_COUNT);
const BAND_OPTIONS = {
  trees: QUANTILE_TREES,
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
  /**
   * The fold of each row, in which its residual was found: the quantile trees are then corrected on rows that they
   * have not seen. Null: on all rows, which is nearly the same where residuals hang little on grades and size.
   */
  readonly folds: Uint8Array | null;
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
  const fitLow = (part: BinnedTable, values: Float64Array): BoostedTrees =>
    quantileTrees(part, values, 0.05, seed, afterTree);
  const fitHigh = (part: BinnedTable, values: Float64Array): BoostedTrees =>
    quantileTrees(part, values, 0.95, seed + 1, afterTree);
  const low = fitLow(table, residuals);
  const high = fitHigh(table, residuals);
  const { folds } = options;
  const predictedLow = folds === null ? predictTable(low, table) : outOfFold(table, residuals, folds, fitLow);
  const predictedHigh =
    folds === null ? predictTable(high, table) : outOfFold(table, residuals, folds, fitHigh);
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

/**
 * What quantile trees say of each row that they have not seen. Those that have seen its residual lie too near to it:
 * where stones are many and alike, their ranges held 3% too seldom.
 */
function outOfFold(
  table: BinnedTable,
  residuals: Float64Array,
  folds: Uint8Array,
  train: (part: BinnedTable, values: Float64Array) => BoostedTrees,
): Float64Array {
  const predicted = new Float64Array(table.rowCount);
  for (let fold = 0; fold < FOLD_COUNT; fold++) {
    const others = rowsOfFold(folds, fold, false);
    const held = rowsOfFold(folds, fold, true);
    const trees = train(
      rowsOfTable(table, others),
      Float64Array.from(others, (row) => residuals[row]!),
    );
    predictTable(trees, rowsOfTable(table, held)).forEach((value, at) => {
      predicted[held[at]!] = value;
    });
  }
  return predicted;
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
