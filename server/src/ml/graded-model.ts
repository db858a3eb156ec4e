// Prices of items that differ in size and three grades only: trees learn, a grid remembers, a table answers.
// The grid is projected so that a larger or better item is never cheaper.

import { type BinnedTable, binTable, rowsOfTable } from './binning.ts';
import { type BoostedTrees, predictTable, trainBoostedTrees } from './boosted-trees.ts';
import {
  CELL_COUNT,
  cellOf,
  checkGradedRows,
  GRID,
  type GradedItem,
  type GradedRows,
  MONOTONE_AXES,
  placeOf,
  SIZE_COUNT,
  supportCounts,
} from './grade-grid.ts';
import { predictOverGrid } from './grid-prediction.ts';
import { projectGrid } from './isotonic.ts';
import {
  BAND_NAMES,
  type BandOffsets,
  FOLD_COUNT,
  FOLDED_BAND_TREES,
  foldsOfGroups,
  rowsOfFold,
  trainBandOffsets,
} from './residual-bands.ts';

/** How both models for graded items are trained. */
export type GradedTraining = {
  readonly seed: number;
  /** With ranges: takes six times as long. */
  readonly withBands: boolean;
  /** Trees of a point model (of each, where it is the mean of some); fewer for quick checks. */
  readonly trees?: number;
  /** Called after each tree of all parts. What it throws ends the training. */
  readonly afterTree?: (done: number, total: number) => void;
};

/** Logarithms of prices over the grid of grade-grid.ts; the ranges are null for a model of points alone. */
export type GradedModel = {
  readonly logPrices: Float32Array;
  readonly bands: BandOffsets<Float32Array> | null;
  /** Rows near each cell, up to 65,535. */
  readonly support: Uint16Array;
};

/** An answer in the money of the rows: `bounds` is null where the model has no ranges. */
export type PricedItem = {
  readonly price: number;
  readonly bounds: BandOffsets<number> | null;
  /** Rows near the item. */
  readonly support: number;
  /** True where no row is near, or the item lies outside the grid. */
  readonly extrapolated: boolean;
};

/** Safety of the ranges in standard errors, see conformal.ts. Chosen on rows held back by groups. */
const BAND_STANDARD_ERRORS = 0.3;
const TREES = 300;
/** The mean of so many models, which differ in the rows that their trees see, is nearer than one with more trees. */
const MEMBERS = 2;
const TREE_OPTIONS = {
  leaves: 31,
  rate: 0.05,
  subsample: 0.7,
  lambda: 1,
  leastLeafWeight: 5,
  loss: { kind: 'square' },
} as const;
const PROJECTION_ROUNDS = 60;
/** A bound must never fall; how near it comes to the nearest such values matters less. */
const BOUND_ROUNDS = 12;
/** What a cell without rows weighs in the projection beside a row. */
const EMPTY_CELL_WEIGHT = 0.05;

/** Trains on rows with prices. Throws a RangeError for rows that cannot be used. */
export function trainGradedModel(rows: GradedRows, training: GradedTraining): GradedModel {
  checkGradedRows(rows);
  const trees = training.trees ?? TREES;
  const models = MEMBERS * (training.withBands ? 1 + FOLD_COUNT : 1);
  const total = trees * models + (training.withBands ? FOLDED_BAND_TREES : 0);
  let done = 0;
  const afterTree = (): void => training.afterTree?.(++done, total);
  const distinct = distinctItems(rows);
  const table = binTable(distinct.columns);
  const fitPart = (chosen: Uint32Array | null): BoostedTrees[] =>
    Array.from({ length: MEMBERS }, (_, member) =>
      fitDistinct(table, distinct, chosen, { seed: training.seed + member, trees, afterTree }),
    );
  const overGrid = (models: readonly BoostedTrees[]): Float64Array =>
    predictOverGrid(table.cuts, (cells) => meanPrediction(models, cells));
  const support = supportCounts(rows);
  const weights = Float64Array.from(support, (count) => count + EMPTY_CELL_WEIGHT);
  const project = (values: Float64Array, rounds: number): Float64Array =>
    projectGrid(values, weights, GRID, MONOTONE_AXES, rounds);
  const points = project(overGrid(fitPart(null)), PROJECTION_ROUNDS);
  const logPrices = Float32Array.from(points);
  if (!training.withBands) return { logPrices, bands: null, support };
  const { residuals, folds } = outOfFoldResiduals(rows, distinct, table, training.seed, fitPart);
  const rowTable = rowsOfTable(table, distinct.itemOfRow);
  const offsets = trainBandOffsets(rowTable, residuals, rows.sizes, support, {
    seed: training.seed,
    standardErrors: BAND_STANDARD_ERRORS,
    folds,
    afterTree,
  });
  const bound = (name: keyof BandOffsets<unknown>): Float32Array => {
    const projected = project(
      points.map((value, cell) => value + offsets[name][cell]!),
      BOUND_ROUNDS,
    );
    const limit = name.startsWith('lower') ? Math.min : Math.max;
    return Float32Array.from(projected, (value, cell) => limit(value, points[cell]!));
  };
  const bands = Object.fromEntries(BAND_NAMES.map((name) => [name, bound(name)]));
  return { logPrices, bands: bands as BandOffsets<Float32Array>, support };
}

/** The price of an item, read from the grid. Throws a RangeError for an item that cannot be placed. */
export function priceGradedItem(model: GradedModel, item: GradedItem): PricedItem {
  const { grades, position, shift, doubt, outside } = placeOf(item);
  const before = Math.min(Math.floor(position), SIZE_COUNT - 2);
  const share = position - before;
  const cell = cellOf(grades[0], grades[1], grades[2], before);
  const at = (values: Float32Array, extra: number): number =>
    Math.exp(values[cell]! + share * (values[cell + 1]! - values[cell]!) + shift + extra);
  const support = model.support[cell + Math.round(share)]!;
  return {
    price: at(model.logPrices, 0),
    bounds:
      model.bands === null
        ? null
        : {
            lower90: at(model.bands.lower90, -doubt),
            upper90: at(model.bands.upper90, doubt),
            lower95: at(model.bands.lower95, -doubt),
            upper95: at(model.bands.upper95, doubt),
          },
    support,
    extrapolated: outside || support === 0,
  };
}

/** Items that differ, with the mean log price and the number of the rows of each. */
export type DistinctItems = {
  readonly columns: readonly Float64Array[];
  readonly means: Float64Array;
  readonly counts: Float64Array;
  readonly itemOfRow: Uint32Array;
};

/** Collapses rows that are equal in size (to a hundredth) and grades. */
export function distinctItems({ sizes, grades, prices }: GradedRows): DistinctItems {
  const found = new Map<number, number>();
  const firstRows: number[] = [];
  const itemOfRow = Uint32Array.from(sizes, (size, row) => {
    const hundredths = Math.round(size * 100);
    const key = cellOf(grades[0][row]!, grades[1][row]!, grades[2][row]!, 0) + hundredths * CELL_COUNT;
    const item = found.get(key) ?? firstRows.length;
    if (item === firstRows.length) {
      found.set(key, item);
      firstRows.push(row);
    }
    return item;
  });
  const means = new Float64Array(firstRows.length);
  const counts = new Float64Array(firstRows.length);
  itemOfRow.forEach((item, row) => {
    counts[item]!++;
    means[item]! += (Math.log(prices[row]!) - means[item]!) / counts[item]!;
  });
  const columns = [sizes, ...grades].map((column) => Float64Array.from(firstRows, (row) => column[row]!));
  return { columns, means, counts, itemOfRow };
}

function fitDistinct(
  table: BinnedTable,
  distinct: DistinctItems,
  chosen: Uint32Array | null,
  options: { seed: number; trees: number; afterTree: () => void },
): BoostedTrees {
  if (chosen === null) {
    return trainBoostedTrees(table, distinct.means, distinct.counts, { ...TREE_OPTIONS, ...options });
  }
  const pick = (values: Float64Array): Float64Array => Float64Array.from(chosen, (item) => values[item]!);
  const part = rowsOfTable(table, chosen);
  return trainBoostedTrees(part, pick(distinct.means), pick(distinct.counts), {
    ...TREE_OPTIONS,
    ...options,
  });
}

function meanPrediction(models: readonly BoostedTrees[], table: BinnedTable): Float64Array {
  const sums = new Float64Array(table.rowCount);
  for (const model of models) {
    predictTable(model, table).forEach((value, row) => {
      sums[row]! += value;
    });
  }
  return sums.map((sum) => sum / models.length);
}

/** Log price less the prediction of a model trained without the row's fold; equal items share a fold. */
function outOfFoldResiduals(
  rows: GradedRows,
  distinct: DistinctItems,
  table: BinnedTable,
  seed: number,
  fitPart: (chosen: Uint32Array) => BoostedTrees[],
): { residuals: Float64Array; folds: Uint8Array } {
  const count = distinct.means.length;
  const folds = foldsOfGroups(
    Uint32Array.from({ length: count }, (_, item) => item),
    count,
    seed,
  );
  const predicted = new Float64Array(count);
  for (let fold = 0; fold < FOLD_COUNT; fold++) {
    const models = fitPart(rowsOfFold(folds, fold, false));
    const held = rowsOfFold(folds, fold, true);
    const values = meanPrediction(models, rowsOfTable(table, held));
    held.forEach((item, index) => {
      predicted[item] = values[index]!;
    });
  }
  return {
    residuals: rows.prices.map((price, row) => Math.log(price) - predicted[distinct.itemOfRow[row]!]!),
    folds: Uint8Array.from(distinct.itemOfRow, (item) => folds[item]!),
  };
}
