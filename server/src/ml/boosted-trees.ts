// Gradient boosting over binned columns. One thread, one seed, one result: equal input gives equal bytes.
// Source of the method: J. Friedman, "Greedy Function Approximation", Annals of Statistics 29 (2001); leaf-wise
// growth over histograms as in G. Ke et al., "LightGBM", NIPS 2017.

import { type BinnedTable, binOf } from './binning.ts';
import { seededGenerator } from './seeded-generator.ts';
import { type GrownLeaf, LEAF, type NodeArrays, TreeGrower, type TreeLimits } from './tree-grower.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/** What is minimised: the squared error, or the pinball loss of a quantile `level` between 0 and 1. */
export type Loss = { readonly kind: 'square' } | { readonly kind: 'quantile'; readonly level: number };

export type BoostingOptions = TreeLimits & {
  readonly trees: number;
  /** Share of each tree's step that is taken, above 0 and up to 1. */
  readonly rate: number;
  /** Share of the rows that each tree sees, above 0 and up to 1. */
  readonly subsample: number;
  readonly loss: Loss;
  readonly seed: number;
  /** Called after each tree. What it throws ends the training: so a job is cancelled. */
  readonly afterTree?: (done: number, trees: number) => void;
};

/** A trained model: the sum of `base` and of one leaf of each tree. */
export type BoostedTrees = {
  readonly base: number;
  readonly cuts: readonly Float64Array[];
  readonly nodes: NodeArrays;
  /** The first node of each tree. */
  readonly roots: Uint32Array;
};

/**
 * Trains on a table with one target for each row and, where given, a weight above 0. Throws a RangeError for
 * targets, weights or options outside their ranges.
 */
export function trainBoostedTrees(
  table: BinnedTable,
  targets: Float64Array,
  weights: Float64Array | null,
  options: BoostingOptions,
): BoostedTrees {
  checkTraining(table, targets, weights, options);
  const rowWeights = weights ?? new Float64Array(table.rowCount).fill(1);
  const base = startValue(targets, rowWeights, options.loss);
  const predicted = new Float64Array(table.rowCount).fill(base);
  const model = emptyTrees(base, table, options);
  const grower = new TreeGrower(table, options);
  const random = seededGenerator(options.seed);
  const order = new Uint32Array(table.rowCount);
  const gradients = new Float64Array(table.rowCount);
  for (let tree = 0; tree < options.trees; tree++) {
    setGradients(gradients, targets, predicted, rowWeights, options.loss);
    const count = sampleRows(order, options.subsample, random.next);
    const root = tree * (2 * options.leaves - 1);
    model.roots[tree] = root;
    const leaves = grower.grow(order, count, gradients, rowWeights, model.nodes, root);
    for (const leaf of leaves) {
      const step =
        options.loss.kind === 'square'
          ? leaf.value
          : renewedValue(leaf, order, targets, predicted, rowWeights, options.loss.level);
      model.nodes.values[leaf.node] = options.rate * step;
    }
    addTree(model.nodes, root, table, predicted);
    options.afterTree?.(tree + 1, options.trees);
  }
  return model;
}

/** The prediction for each row of a table that was binned with the model's own cuts. */
export function predictTable(model: BoostedTrees, table: BinnedTable): Float64Array {
  const predicted = new Float64Array(table.rowCount).fill(model.base);
  for (const root of model.roots) addTree(model.nodes, root, table, predicted);
  return predicted;
}

/** The prediction for one row of raw values, one for each column. Throws a RangeError for NaN and infinities. */
export function predictRow(model: BoostedTrees, values: ArrayLike<number>): number {
  const row = model.cuts.map((cuts, column) => binOf(cuts, values[column]!));
  const { columns, bins, leftChildren, values: leafValues } = model.nodes;
  let sum = model.base;
  for (const root of model.roots) {
    let node = root;
    for (let column = columns[node]!; column !== LEAF; column = columns[node]!) {
      node = leftChildren[node]! + (row[column]! <= bins[node]! ? 0 : 1);
    }
    sum += leafValues[node]!;
  }
  return sum;
}

function checkTraining(
  table: BinnedTable,
  targets: Float64Array,
  weights: Float64Array | null,
  options: BoostingOptions,
): void {
  const { trees, leaves, rate, subsample, lambda, leastLeafWeight, loss } = options;
  if (targets.length !== table.rowCount || (weights !== null && weights.length !== table.rowCount)) {
    throw new RangeError('targets and weights must have one value for each row');
  }
  if (!targets.every(Number.isFinite)) throw new RangeError('all targets must be finite');
  if (weights !== null && !weights.every((weight) => weight > 0 && Number.isFinite(weight))) {
    throw new RangeError('all weights must be finite and above 0');
  }
  if (table.bins.length >= LEAF) throw new RangeError(`at most ${LEAF - 1} columns can be used`);
  if (!(Number.isSafeInteger(trees) && trees >= 1 && Number.isSafeInteger(leaves) && leaves >= 2)) {
    throw new RangeError('there must be at least 1 tree and 2 leaves');
  }
  if (!(rate > 0 && rate <= 1 && subsample > 0 && subsample <= 1)) {
    throw new RangeError('rate and subsample must be above 0 and at most 1');
  }
  if (!(lambda >= 0 && leastLeafWeight >= 0))
    throw new RangeError('lambda and leaf weight must be 0 or more');
  if (loss.kind === 'quantile' && !(loss.level > 0 && loss.level < 1)) {
    throw new RangeError('the level of a quantile must be above 0 and below 1');
  }
}

function emptyTrees(base: number, table: BinnedTable, options: BoostingOptions): BoostedTrees {
  const nodeCount = options.trees * (2 * options.leaves - 1);
  return {
    base,
    cuts: table.cuts,
    nodes: {
      columns: new Uint8Array(nodeCount).fill(LEAF),
      bins: new Uint8Array(nodeCount),
      leftChildren: new Uint32Array(nodeCount),
      values: new Float32Array(nodeCount),
    },
    roots: new Uint32Array(options.trees),
  };
}

function startValue(targets: Float64Array, weights: Float64Array, loss: Loss): number {
  if (loss.kind === 'quantile') return weightedQuantile(targets, weights, loss.level);
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < targets.length; i++) {
    sum += weights[i]! * targets[i]!;
    weight += weights[i]!;
  }
  return sum / weight;
}

function setGradients(
  gradients: Float64Array,
  targets: Float64Array,
  predicted: Float64Array,
  weights: Float64Array,
  loss: Loss,
): void {
  if (loss.kind === 'square') {
    for (let i = 0; i < gradients.length; i++) gradients[i] = (targets[i]! - predicted[i]!) * weights[i]!;
    return;
  }
  for (let i = 0; i < gradients.length; i++) {
    gradients[i] = (targets[i]! >= predicted[i]! ? loss.level : loss.level - 1) * weights[i]!;
  }
}

/** Puts a random share of all rows, in ascending order, at the front of `order`; returns how many, at least 1. */
function sampleRows(order: Uint32Array, share: number, next: () => number): number {
  let count = 0;
  for (let row = 0; row < order.length; row++) {
    if (share === 1 || next() < share) order[count++] = row;
  }
  if (count === 0) order[count++] = Math.floor(next() * order.length);
  return count;
}

function renewedValue(
  leaf: GrownLeaf,
  order: Uint32Array,
  targets: Float64Array,
  predicted: Float64Array,
  weights: Float64Array,
  level: number,
): number {
  const rows = order.subarray(leaf.from, leaf.to);
  const residuals = Float64Array.from(rows, (row) => targets[row]! - predicted[row]!);
  return weightedQuantile(
    residuals,
    Float64Array.from(rows, (row) => weights[row]!),
    level,
  );
}

function addTree(nodes: NodeArrays, root: number, table: BinnedTable, predicted: Float64Array): void {
  const { columns, bins, leftChildren, values } = nodes;
  const tableBins = table.bins;
  for (let row = 0; row < predicted.length; row++) {
    let node = root;
    for (let column = columns[node]!; column !== LEAF; column = columns[node]!) {
      node = leftChildren[node]! + (tableBins[column]![row]! <= bins[node]! ? 0 : 1);
    }
    predicted[row]! += values[node]!;
  }
}
