// Nearest monotone values: what never falls along a line, and along several axes of a grid.

/** A grid in row-major order: the last axis is the densest. */
export type GridShape = readonly number[];

/** The lines of a grid along one axis: where each begins, how far its values stand apart, and how many there are. */
type Lines = { readonly starts: Uint32Array; readonly stride: number; readonly length: number };

/** Grids are few, and asked for again and again. */
const linesOfShapes = new WeakMap<GridShape, readonly Lines[]>();

/** How far a projection may still move a value in its last round before it counts as done. */
const TOLERANCE = 1e-6;

/**
 * Replaces a line of values (every `stride`-th from `start`, `length` of them) by the nearest ones that never fall,
 * in the weighted least squares sense. Weights are above 0. Pool adjacent violators: R. Barlow et al., "Statistical
 * Inference under Order Restrictions", 1972.
 */
export function projectLine(
  values: Float64Array,
  weights: Float64Array,
  start: number,
  stride: number,
  length: number,
  blocks: LineBlocks,
): void {
  const { means, masses, ends } = blocks;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const at = start + i * stride;
    let mean = values[at]!;
    let mass = weights[at]!;
    while (count > 0 && means[count - 1]! > mean) {
      count--;
      const merged = masses[count]! + mass;
      mean = (means[count]! * masses[count]! + mean * mass) / merged;
      mass = merged;
    }
    means[count] = mean;
    masses[count] = mass;
    ends[count] = i + 1;
    count++;
  }
  for (let block = 0, i = 0; block < count; block++) {
    for (; i < ends[block]!; i++) values[start + i * stride] = means[block]!;
  }
}

/** Working space of `projectLine` for lines of up to `length` values. */
export type LineBlocks = {
  readonly means: Float64Array;
  readonly masses: Float64Array;
  readonly ends: Uint32Array;
};

export function lineBlocks(length: number): LineBlocks {
  return {
    means: new Float64Array(length),
    masses: new Float64Array(length),
    ends: new Uint32Array(length),
  };
}

/**
 * The values nearest to `values` (weighted least squares) that never fall along any of `axes`, found with Dykstra's
 * alternating projections in at most `rounds` rounds and then made exactly monotone. Source: R. Dykstra,
 * T. Robertson, "An Algorithm for Isotonic Regression for Two or More Independent Variables", Annals of Statistics
 * 10 (1982). Throws a RangeError for values that are not finite or weights that are not above 0.
 */
export function projectGrid(
  values: Float64Array,
  weights: Float64Array,
  shape: GridShape,
  axes: readonly number[],
  rounds: number,
): Float64Array {
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length !== size || weights.length !== size) {
    throw new RangeError(`a grid of ${size} cells needs as many values and weights`);
  }
  if (!values.every(Number.isFinite) || !weights.every((weight) => weight > 0)) {
    throw new RangeError('the values must be finite and the weights above 0');
  }
  const current = Float64Array.from(values);
  const corrections = axes.map(() => new Float64Array(size));
  const before = new Float64Array(size);
  const blocks = lineBlocks(Math.max(...shape));
  for (let round = 0; round < rounds; round++) {
    let moved = 0;
    axes.forEach((axis, index) => {
      const correction = corrections[index]!;
      for (let i = 0; i < size; i++) {
        current[i]! += correction[i]!;
        before[i] = current[i]!;
      }
      const { starts, stride, length } = linesOf(shape, axis);
      for (const start of starts) projectLine(current, weights, start, stride, length, blocks);
      for (let i = 0; i < size; i++) {
        const left = before[i]! - current[i]!;
        moved = Math.max(moved, Math.abs(left - correction[i]!));
        correction[i] = left;
      }
    });
    if (moved < TOLERANCE) break;
  }
  makeMonotone(current, shape, axes);
  return current;
}

/**
 * Makes values exactly monotone along `axes`, in place: the mean of the smallest monotone values above them and the
 * largest below. Values that are monotone already stay as they are.
 */
export function makeMonotone(values: Float64Array, shape: GridShape, axes: readonly number[]): void {
  const below = Float64Array.from(values);
  for (const axis of axes) {
    const { starts, stride, length } = linesOf(shape, axis);
    for (const start of starts) {
      for (let i = 1; i < length; i++) {
        const at = start + i * stride;
        if (values[at]! < values[at - stride]!) values[at] = values[at - stride]!;
      }
      for (let i = length - 2; i >= 0; i--) {
        const at = start + i * stride;
        if (below[at]! > below[at + stride]!) below[at] = below[at + stride]!;
      }
    }
  }
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! + below[i]!) / 2;
}

/** How many neighbouring pairs of cells fall along `axes`. */
export function countFalls(values: ArrayLike<number>, shape: GridShape, axes: readonly number[]): number {
  let falls = 0;
  for (const axis of axes) {
    const { starts, stride, length } = linesOf(shape, axis);
    for (const start of starts) {
      for (let i = 1; i < length; i++) {
        if (values[start + i * stride]! < values[start + (i - 1) * stride]!) falls++;
      }
    }
  }
  return falls;
}

/** Throws a RangeError where the grid has no such axis. */
function linesOf(shape: GridShape, axis: number): Lines {
  let known = linesOfShapes.get(shape);
  if (known === undefined) {
    known = shape.map((_, index) => makeLines(shape, index));
    linesOfShapes.set(shape, known);
  }
  const lines = known[axis];
  if (lines === undefined) throw new RangeError(`the grid has no axis ${axis}`);
  return lines;
}

function makeLines(shape: GridShape, axis: number): Lines {
  const length = shape[axis] ?? 0;
  const stride = shape.slice(axis + 1).reduce((product, count) => product * count, 1);
  const outer = shape.slice(0, axis).reduce((product, count) => product * count, 1);
  const starts = Uint32Array.from(
    { length: outer * stride },
    (_, line) => Math.floor(line / stride) * length * stride + (line % stride),
  );
  return { starts, stride, length };
}
