// Prices of items whose measures are known beside size and grades. The trees see everything; the answer is read
// from the surface over the two monotone grades, projected so that a better grade is never cheaper.

import { type BinnedTable, binOf, binTable, rowsOfTable } from './binning.ts';
import { type BoostedTrees, predictTable, trainBoostedTrees } from './boosted-trees.ts';
import {
  cellOf,
  checkGradedRows,
  GRADE_COUNTS,
  type GradedItem,
  type GradedRows,
  type GridPlace,
  LARGEST_SIZE,
  placeOf,
  SMALLEST_SIZE,
  stepOfSize,
  supportCounts,
} from './grade-grid.ts';
import { SurfaceWalk } from './grade-surface.ts';
import { distinctItems, type GradedTraining, type PricedItem } from './graded-model.ts';
import { makeMonotone, projectGrid } from './isotonic.ts';
import {
  MEASURE_FEATURES,
  type MeasureColumns,
  type Measures,
  measureFeatureColumns,
  measureFeatures,
} from './measures.ts';
import {
  BAND_NAMES,
  BAND_TREES,
  type BandOffsets,
  FOLD_COUNT,
  foldsOfGroups,
  rowsOfFold,
  trainBandOffsets,
} from './residual-bands.ts';

/** Rows to learn from, with measures; 0 stands for an unknown one. */
export type MeasuredRows = GradedRows & { readonly measures: MeasureColumns };
/** One item to price. */
export type MeasuredItem = GradedItem & { readonly measures: Measures };

export type MeasuredModel = {
  readonly trees: BoostedTrees;
  /** What is added to a log price for its bounds, by cell of the grid; null for a model of points alone. */
  readonly offsets: BandOffsets<Float32Array> | null;
  readonly support: Uint16Array;
};

/** Safety of the ranges in standard errors, see conformal.ts. Chosen on rows held back by groups. */
const BAND_STANDARD_ERRORS = 0.5;
const TREES = 1000;
const TREE_OPTIONS = {
  leaves: 31,
  rate: 0.05,
  subsample: 0.8,
  lambda: 2,
  leastLeafWeight: 1,
  loss: { kind: 'square' },
} as const;
const SURFACE_SHAPE = [GRADE_COUNTS[1], GRADE_COUNTS[2]];
const SURFACE_AXES = [0, 1];
const SURFACE_CELLS = GRADE_COUNTS[1] * GRADE_COUNTS[2];
const SURFACE_WEIGHTS = new Float64Array(SURFACE_CELLS).fill(1);
const SURFACE_ROUNDS = 12;
/** Columns of the trees: size, three grades, then the measures. */
const GRADE_COLUMNS = 4;

/** Trains on rows with prices and measures. Throws a RangeError for rows that cannot be used. */
export function trainMeasuredModel(rows: MeasuredRows, training: GradedTraining): MeasuredModel {
  checkGradedRows(rows);
  const trees = training.trees ?? TREES;
  const total = trees * (training.withBands ? 1 + FOLD_COUNT : 1) + (training.withBands ? BAND_TREES : 0);
  let done = 0;
  const afterTree = (): void => training.afterTree?.(++done, total);
  const columns = [
    rows.sizes,
    ...rows.grades.map((grades) => Float64Array.from(grades)),
    ...measureFeatureColumns(rows.sizes, rows.measures),
  ];
  const table = binTable(columns);
  const targets = rows.prices.map(Math.log);
  const options = { ...TREE_OPTIONS, trees, seed: training.seed, afterTree };
  const fitPart = (chosen: Uint32Array): BoostedTrees =>
    trainBoostedTrees(
      rowsOfTable(table, chosen),
      Float64Array.from(chosen, (row) => targets[row]!),
      null,
      options,
    );
  const model = trainBoostedTrees(table, targets, null, options);
  const support = supportCounts(rows);
  if (!training.withBands) return { trees: model, offsets: null, support };
  const residuals = outOfFoldResiduals(rows, table, targets, training.seed, fitPart);
  const graded: BinnedTable = {
    rowCount: table.rowCount,
    cuts: table.cuts.slice(0, GRADE_COLUMNS),
    bins: table.bins.slice(0, GRADE_COLUMNS),
  };
  const offsets = trainBandOffsets(graded, residuals, rows.sizes, support, {
    seed: training.seed,
    standardErrors: BAND_STANDARD_ERRORS,
    // With measures the folds widen the ranges by 2% and mend nothing.
    folds: null,
    afterTree,
  });
  const floats = Object.fromEntries(BAND_NAMES.map((name) => [name, Float32Array.from(offsets[name])]));
  return { trees: model, offsets: floats as BandOffsets<Float32Array>, support };
}

/** Answers for items; it holds working space, so make it once for a model. */
export type MeasuredPricer = (item: MeasuredItem) => PricedItem & { readonly measuresUsed: boolean };

/**
 * Prepares a model for answers. The answer throws a RangeError for an item that cannot be placed. `measuresUsed` is
 * false where a measure was unknown or impossible.
 */
export function measuredPricer(model: MeasuredModel): MeasuredPricer {
  const walk = new SurfaceWalk(
    model.trees,
    { column: 2, count: GRADE_COUNTS[1] },
    { column: 3, count: GRADE_COUNTS[2] },
  );
  const { cuts } = model.trees;
  const features = new Float64Array(MEASURE_FEATURES);
  const rowBins = new Uint8Array(cuts.length);
  const surface = new Float64Array(SURFACE_CELLS);
  return (item) => {
    const place = placeOf(item);
    const { grades, shift, outside } = place;
    const { plausible } = measureFeatures(item.size, item.measures, features);
    const size = Math.min(Math.max(item.size, SMALLEST_SIZE), LARGEST_SIZE);
    rowBins[0] = binOf(cuts[0]!, size);
    rowBins[1] = binOf(cuts[1]!, grades[0]);
    for (let i = 0; i < MEASURE_FEATURES; i++) {
      rowBins[GRADE_COLUMNS + i] = binOf(cuts[GRADE_COLUMNS + i]!, features[i]!);
    }
    walk.fill(rowBins, surface);
    const points = projectGrid(surface, SURFACE_WEIGHTS, SURFACE_SHAPE, SURFACE_AXES, SURFACE_ROUNDS);
    const at = grades[1] * GRADE_COUNTS[2] + grades[2];
    const step = stepOfSize(size);
    const support = model.support[cellOf(grades[0], grades[1], grades[2], step)]!;
    return {
      price: Math.exp(points[at]! + shift),
      bounds: model.offsets === null ? null : boundsAt(model.offsets, points, place, step, at),
      support,
      extrapolated: outside || support === 0,
      measuresUsed: plausible,
    };
  };
}

/** The bounds of one item, from bounds over the whole surface that never fall either. */
function boundsAt(
  offsets: BandOffsets<Float32Array>,
  points: Float64Array,
  { grades, shift, doubt }: GridPlace,
  step: number,
  at: number,
): BandOffsets<number> {
  const line = cellOf(grades[0], 0, 0, step);
  const stride = cellOf(0, 0, 1, 0);
  const bound = (name: keyof BandOffsets<unknown>): number => {
    const values = offsets[name];
    const surface = Float64Array.from(points);
    for (let cell = 0; cell < surface.length; cell++) surface[cell]! += values[line + cell * stride]!;
    makeMonotone(surface, SURFACE_SHAPE, SURFACE_AXES);
    return name.startsWith('lower')
      ? Math.exp(Math.min(surface[at]!, points[at]!) + shift - doubt)
      : Math.exp(Math.max(surface[at]!, points[at]!) + shift + doubt);
  };
  return {
    lower90: bound('lower90'),
    upper90: bound('upper90'),
    lower95: bound('lower95'),
    upper95: bound('upper95'),
  };
}

/** Some rows, in the given order. */
export function rowsOfMeasured(rows: MeasuredRows, chosen: Uint32Array): MeasuredRows {
  const numbers = (values: Float64Array): Float64Array => Float64Array.from(chosen, (row) => values[row]!);
  const bytes = (values: Uint8Array): Uint8Array => Uint8Array.from(chosen, (row) => values[row]!);
  const { depth, table, x, y, z } = rows.measures;
  return {
    sizes: numbers(rows.sizes),
    grades: [bytes(rows.grades[0]), bytes(rows.grades[1]), bytes(rows.grades[2])],
    prices: numbers(rows.prices),
    measures: { depth: numbers(depth), table: numbers(table), x: numbers(x), y: numbers(y), z: numbers(z) },
  };
}

/** Log price less the prediction of a model trained without the row's fold; items of equal grades share a fold. */
function outOfFoldResiduals(
  rows: MeasuredRows,
  table: BinnedTable,
  targets: Float64Array,
  seed: number,
  fitPart: (chosen: Uint32Array) => BoostedTrees,
): Float64Array {
  const { itemOfRow, means } = distinctItems(rows);
  const folds = foldsOfGroups(itemOfRow, means.length, seed);
  const residuals = new Float64Array(table.rowCount);
  for (let fold = 0; fold < FOLD_COUNT; fold++) {
    const model = fitPart(rowsOfFold(folds, fold, false));
    const held = rowsOfFold(folds, fold, true);
    predictTable(model, rowsOfTable(table, held)).forEach((value, index) => {
      residuals[held[index]!] = targets[held[index]!]! - value;
    });
  }
  return residuals;
}
