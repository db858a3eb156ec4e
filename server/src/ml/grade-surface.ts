// One walk through the trees for all grades at once: what an item would cost in each grade of two axes.

import { binOf } from './binning.ts';
import type { BoostedTrees } from './boosted-trees.ts';
import { LEAF } from './tree-grower.ts';

/** A column that holds grades from 0 to `count - 1`. */
export type GradeColumn = { readonly column: number; readonly count: number };

/** Room for the sides still to be followed: two numbers for each grade split on a path. */
const STACK_LENGTH = 512;

/**
 * Prepared for one model and two of its columns, `slow` and `fast`. In a node that splits one of them both sides are
 * followed, each for its range of grades; a leaf adds its value to a rectangle of the surface, as four corners of a
 * table of differences. A range of grades [s0, s1) x [f0, f1) is one number of four bytes: s0, f0 above s1, f1, as
 * s0 << 24 | s1 << 16 | f0 << 8 | f1.
 */
export class SurfaceWalk {
  private readonly nodes: Int32Array;
  private readonly values: Float32Array;
  private readonly roots: Uint32Array;
  private readonly base: number;
  /** For each column the row's bin; for a column of grades -1 less the place of its range in that number. */
  private readonly state: Int32Array;
  private readonly gradeColumns: readonly (readonly [column: number, state: number])[];
  private readonly slowCount: number;
  private readonly fastCount: number;
  private readonly differences: Float64Array;
  private readonly stack = new Int32Array(STACK_LENGTH);

  constructor(model: BoostedTrees, slow: GradeColumn, fast: GradeColumn) {
    this.nodes = packNodes(model, [slow, fast]);
    this.values = model.nodes.values;
    this.roots = model.roots;
    this.base = model.base;
    this.state = new Int32Array(model.cuts.length);
    this.gradeColumns = [
      [slow.column, -1 - 16],
      [fast.column, -1 - 0],
    ];
    this.slowCount = slow.count;
    this.fastCount = fast.count;
    this.differences = new Float64Array((slow.count + 1) * (fast.count + 1));
  }

  /**
   * Fills `surface` (`slow` grades as rows, `fast` ones side by side) with the predictions for all pairs of grades,
   * for a row whose bins are given; those of the two grade columns are not read.
   */
  fill(rowBins: Uint8Array, surface: Float64Array): void {
    const { differences, roots, slowCount, fastCount, state } = this;
    state.set(rowBins);
    for (const [column, grade] of this.gradeColumns) state[column] = grade;
    differences.fill(0);
    differences[0] = this.base;
    for (let tree = 0; tree < roots.length; tree++) this.walkTree(roots[tree]!);
    for (let slow = 0; slow < slowCount; slow++) {
      let along = 0;
      for (let fast = 0; fast < fastCount; fast++) {
        along += differences[slow * (fastCount + 1) + fast]!;
        const above = slow === 0 ? 0 : surface[(slow - 1) * fastCount + fast]!;
        surface[slow * fastCount + fast] = along + above;
      }
    }
  }

  private walkTree(root: number): void {
    const { nodes, stack, state } = this;
    stack[0] = root;
    stack[1] = (this.slowCount << 16) | this.fastCount;
    let depth = 2;
    while (depth > 0) {
      let range = stack[--depth]!;
      let node = stack[--depth]!;
      for (let packed = nodes[node]!; packed >>> 24 !== LEAF; packed = nodes[node]!) {
        const left = root + (packed & 65_535);
        const cut = (packed >>> 16) & 255;
        const bin = state[packed >>> 24]!;
        if (bin >= 0) {
          // The sign of the difference is 1 to the right: a branch here would be guessed wrong half the time.
          node = left + ((cut - bin) >>> 31);
          continue;
        }
        const shift = -1 - bin;
        // Here the cut is the first grade that goes right.
        const isRight = cut <= ((range >>> (shift + 8)) & 255);
        node = isRight ? left + 1 : left;
        if (isRight || cut >= ((range >>> shift) & 255)) continue;
        stack[depth++] = left + 1;
        stack[depth++] = (range & ~(255 << (shift + 8))) | (cut << (shift + 8));
        range = (range & ~(255 << shift)) | (cut << shift);
      }
      this.addLeaf(range, this.values[node]!);
    }
  }

  private addLeaf(range: number, value: number): void {
    const width = this.fastCount + 1;
    const { differences } = this;
    const top = (range >>> 24) * width;
    const bottom = ((range >>> 16) & 255) * width;
    const left = (range >>> 8) & 255;
    const right = range & 255;
    differences[top + left]! += value;
    differences[top + right]! -= value;
    differences[bottom + left]! -= value;
    differences[bottom + right]! += value;
  }
}

/** A node in four bytes: column, cut, and how far its left child is from the root. */
function packNodes({ nodes, cuts, roots }: BoostedTrees, grades: readonly GradeColumn[]): Int32Array {
  const packed = new Int32Array(nodes.columns.length);
  roots.forEach((root, tree) => {
    const end = roots[tree + 1] ?? packed.length;
    for (let node = root; node < end; node++) {
      const column = nodes.columns[node]!;
      const grade = grades.find((candidate) => candidate.column === column);
      const bin = nodes.bins[node]!;
      const cut = grade === undefined ? bin : firstGradeRight(cuts[column]!, grade.count, bin);
      const left = column === LEAF ? 0 : nodes.leftChildren[node]! - root;
      if (left > 65_535) throw new RangeError('a tree is too large for a walk');
      packed[node] = (column << 24) | (cut << 16) | left;
    }
  });
  return packed;
}

function firstGradeRight(cuts: Float64Array, count: number, bin: number): number {
  let grade = 0;
  while (grade < count && binOf(cuts, grade) <= bin) grade++;
  return grade;
}
