// Grows one regression tree leaf by leaf: always the leaf whose split helps most, until there are enough leaves.

import type { BinnedTable } from './binning.ts';
import { bestSplit, COLUMN_STRIDE, fillHistogram, type Split, subtractHistogram } from './histogram.ts';

/** What limits a tree. */
export type TreeLimits = {
  /** Most leaves, from 2 on. */
  readonly leaves: number;
  /** Added to the weight of a leaf when its value is computed: 0 or more. */
  readonly lambda: number;
  /** Least sum of weights in a leaf. */
  readonly leastLeafWeight: number;
};

/** A leaf of the tree being grown: rows `order[from..to)`. */
type GrowingLeaf = {
  node: number;
  from: number;
  to: number;
  gradient: number;
  weight: number;
  split: Split | null;
  histogram: Float64Array;
};

/** A finished leaf: its node and the rows of the sample in it, `order[from..to)`. */
export type GrownLeaf = {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly value: number;
};

/** Where nodes are written. `columns[node]` is 255 for a leaf; the right child stands behind the left one. */
export type NodeArrays = {
  readonly columns: Uint8Array;
  readonly bins: Uint8Array;
  readonly leftChildren: Uint32Array;
  readonly values: Float32Array;
};

/** In `columns`, marks a leaf. */
export const LEAF = 255;

/** Grows trees over one table; its buffers are used again for each tree. */
export class TreeGrower {
  private readonly table: BinnedTable;
  private readonly limits: TreeLimits;
  private readonly pool: Float64Array[];
  private readonly moved: Uint32Array;

  constructor(table: BinnedTable, limits: TreeLimits) {
    this.table = table;
    this.limits = limits;
    this.moved = new Uint32Array(table.rowCount);
    this.pool = Array.from(
      { length: limits.leaves + 1 },
      () => new Float64Array(table.cuts.length * COLUMN_STRIDE),
    );
  }

  /**
   * Grows a tree for the first `count` rows of `order`, which is put into the order of the leaves, and writes its
   * nodes from `root` on. `gradients` are already multiplied by the weights. Returns the leaves.
   */
  grow(
    order: Uint32Array,
    count: number,
    gradients: Float64Array,
    weights: Float64Array,
    nodes: NodeArrays,
    root: number,
  ): GrownLeaf[] {
    const free = [...this.pool];
    const histogram = free.pop()!;
    fillHistogram(histogram, this.table, order, 0, count, gradients, weights);
    let gradient = 0;
    let weight = 0;
    for (let i = 0; i < count; i++) {
      gradient += gradients[order[i]!]!;
      weight += weights[order[i]!]!;
    }
    const leaves = [this.leafOf({ node: root, from: 0, to: count, gradient, weight, histogram })];
    let nextNode = root + 1;
    while (leaves.length < this.limits.leaves) {
      const leaf = takeBest(leaves);
      if (leaf === null) break;
      const split = leaf.split!;
      const middle = this.partition(order, leaf, split);
      nodes.columns[leaf.node] = split.column;
      nodes.bins[leaf.node] = split.bin;
      nodes.leftChildren[leaf.node] = nextNode;
      leaves.push(...this.children(leaf, split, middle, nextNode, order, gradients, weights, free.pop()!));
      nextNode += 2;
    }
    return leaves.map((leaf) => this.finish(leaf, nodes));
  }

  private children(
    leaf: GrowingLeaf,
    split: Split,
    middle: number,
    node: number,
    order: Uint32Array,
    gradients: Float64Array,
    weights: Float64Array,
    spare: Float64Array,
  ): GrowingLeaf[] {
    // Only the smaller child is counted; the larger one is what is left of the parent.
    const leftIsSmaller = middle - leaf.from <= leaf.to - middle;
    const from = leftIsSmaller ? leaf.from : middle;
    const to = leftIsSmaller ? middle : leaf.to;
    fillHistogram(spare, this.table, order, from, to, gradients, weights);
    subtractHistogram(leaf.histogram, spare, this.table);
    return [
      this.leafOf({
        node,
        from: leaf.from,
        to: middle,
        gradient: split.leftGradient,
        weight: split.leftWeight,
        histogram: leftIsSmaller ? spare : leaf.histogram,
      }),
      this.leafOf({
        node: node + 1,
        from: middle,
        to: leaf.to,
        gradient: leaf.gradient - split.leftGradient,
        weight: leaf.weight - split.leftWeight,
        histogram: leftIsSmaller ? leaf.histogram : spare,
      }),
    ];
  }

  private leafOf(leaf: Omit<GrowingLeaf, 'split'>): GrowingLeaf {
    const { lambda, leastLeafWeight } = this.limits;
    const split = bestSplit(leaf.histogram, this.table, leaf.gradient, leaf.weight, lambda, leastLeafWeight);
    return { ...leaf, split };
  }

  /** Moves the rows that go left to the front of the leaf's rows, keeping their order; returns where right begins. */
  private partition(order: Uint32Array, leaf: GrowingLeaf, split: Split): number {
    const bins = this.table.bins[split.column]!;
    const moved = this.moved;
    let left = leaf.from;
    let right = 0;
    for (let i = leaf.from; i < leaf.to; i++) {
      const row = order[i]!;
      if (bins[row]! <= split.bin) order[left++] = row;
      else moved[right++] = row;
    }
    order.set(moved.subarray(0, right), left);
    return left;
  }

  private finish(leaf: GrowingLeaf, nodes: NodeArrays): GrownLeaf {
    const value = leaf.gradient / (leaf.weight + this.limits.lambda);
    nodes.columns[leaf.node] = LEAF;
    return { node: leaf.node, from: leaf.from, to: leaf.to, value };
  }
}

/** Takes the leaf with the largest gain out of the list; the first of equal ones. Null when none can be split. */
function takeBest(leaves: GrowingLeaf[]): GrowingLeaf | null {
  let best = -1;
  leaves.forEach((leaf, index) => {
    if (leaf.split !== null && leaf.split.gain > (leaves[best]?.split?.gain ?? 0)) best = index;
  });
  return best === -1 ? null : leaves.splice(best, 1)[0]!;
}
