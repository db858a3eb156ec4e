// The grid over which graded items are priced: three ordinal grades and a size in steps of a hundredth.

import type { GridShape } from './isotonic.ts';

/** Rows to learn from; all lists have the same length. */
export type GradedRows = {
  /** Size above 0, in the unit whose hundredths are the steps of the grid. */
  readonly sizes: Float64Array;
  /** Three grades as ordinals from 0, the worst, upwards. */
  readonly grades: readonly [Uint8Array, Uint8Array, Uint8Array];
  /** Price above 0 in any money; predictions are in the same. */
  readonly prices: Float64Array;
};

/** One item to price. Grades may lie outside the grid: they are priced from the nearest known grade. */
export type GradedItem = { readonly size: number; readonly grades: readonly [number, number, number] };

/** How many grades each axis has. */
export const GRADE_COUNTS: readonly [number, number, number] = [5, 7, 8];
/** The first size of the grid in hundredths, and how many sizes there are: 0.20 to 5.01. */
const FIRST_SIZE = 20;
export const SIZE_COUNT = 482;
export const LARGEST_SIZE = (FIRST_SIZE + SIZE_COUNT - 1) / 100;
export const SMALLEST_SIZE = FIRST_SIZE / 100;

/** Axes of the grid in order: first, second and third grade, size. */
export const GRID: GridShape = [...GRADE_COUNTS, SIZE_COUNT];
export const CELL_COUNT = GRID.reduce((product, count) => product * count, 1);
/** The axes along which a price may not fall: second and third grade, and size. The first grade is left free. */
export const MONOTONE_AXES: readonly number[] = [1, 2, 3];

/**
 * What a grade outside the grid costs (or adds), in log price for each grade: assumptions, since the reference data
 * have no such rows. First axis 10% for a worse grade; second 8%; third 20% for a worse one and 5% for a better one.
 */
const STEPS_BELOW = [0.1, 0.08, 0.2];
const STEPS_ABOVE = [0, 0, 0.05];
/** The most grades outside on an axis. */
const MOST_OUTSIDE = 3;

/** An item's place: grades on the grid, size as steps from the first one, and the log price to add. */
export type GridPlace = {
  readonly grades: readonly [number, number, number];
  /** From 0 to `SIZE_COUNT - 1`, not rounded. */
  readonly position: number;
  /** Log price to add for what lies outside the grid. */
  readonly shift: number;
  /** Log price by which that may be wrong: half of each step that was assumed, whichever way it goes. */
  readonly doubt: number;
  readonly outside: boolean;
};

/** Index of a cell. All arguments are whole numbers within the grid. */
export function cellOf(first: number, second: number, third: number, step: number): number {
  return ((first * GRADE_COUNTS[1] + second) * GRADE_COUNTS[2] + third) * SIZE_COUNT + step;
}

/** The nearest step of the grid to a size, within the grid. */
export function stepOfSize(size: number): number {
  return Math.min(Math.max(Math.round(size * 100) - FIRST_SIZE, 0), SIZE_COUNT - 1);
}

/**
 * Where an item stands. A size below the grid is priced at the price per size of the smallest one. Throws a
 * RangeError for a size that is not above 0 or is above 5.01, and for grades more than 3 outside the grid.
 */
export function placeOf({ size, grades }: GradedItem): GridPlace {
  if (!(size > 0 && size <= LARGEST_SIZE)) {
    throw new RangeError(`the size must be above 0 and at most ${LARGEST_SIZE}, not ${size}`);
  }
  let shift = size < SMALLEST_SIZE ? Math.log(size / SMALLEST_SIZE) : 0;
  let doubt = Math.abs(shift) / 2;
  let outside = size < SMALLEST_SIZE;
  const onGrid: [number, number, number] = [0, 0, 0];
  for (let axis = 0; axis < 3; axis++) {
    const grade = grades[axis]!;
    const last = GRADE_COUNTS[axis]! - 1;
    if (!Number.isInteger(grade) || grade < -MOST_OUTSIDE || grade > last + MOST_OUTSIDE) {
      throw new RangeError(`grade ${axis + 1} must be a whole number near 0 to ${last}, not ${grade}`);
    }
    const nearest = Math.min(Math.max(grade, 0), last);
    onGrid[axis] = nearest;
    if (grade === nearest) continue;
    outside = true;
    const steps = grade < 0 ? grade * STEPS_BELOW[axis]! : (grade - last) * STEPS_ABOVE[axis]!;
    shift += steps;
    doubt += Math.abs(steps) / 2;
  }
  const position = Math.min(Math.max(size * 100 - FIRST_SIZE, 0), SIZE_COUNT - 1);
  return { grades: onGrid, position, shift, doubt, outside };
}

/** Checks rows for training: equal lengths, sizes and prices above 0, grades within the grid. */
export function checkGradedRows({ sizes, grades, prices }: GradedRows): void {
  const count = sizes.length;
  if (count === 0 || prices.length !== count || grades.some((column) => column.length !== count)) {
    throw new RangeError('training needs rows, and a size, three grades and a price in each');
  }
  const good = (value: number): boolean => value > 0 && Number.isFinite(value);
  if (!sizes.every(good) || !prices.every(good)) throw new RangeError('sizes and prices must be above 0');
  if (grades.some((column, axis) => column.some((grade) => grade >= GRADE_COUNTS[axis]!))) {
    throw new RangeError('a grade lies outside the grid');
  }
}

/** The grid as columns for prediction: size and the three grades of each cell, in the order of the cells. */
export function gridColumns(): Float64Array[] {
  const columns = Array.from({ length: 4 }, () => new Float64Array(CELL_COUNT));
  for (let cell = 0; cell < CELL_COUNT; cell++) {
    const line = Math.floor(cell / SIZE_COUNT);
    columns[0]![cell] = (FIRST_SIZE + (cell % SIZE_COUNT)) / 100;
    columns[1]![cell] = Math.floor(line / (GRADE_COUNTS[1] * GRADE_COUNTS[2]));
    columns[2]![cell] = Math.floor(line / GRADE_COUNTS[2]) % GRADE_COUNTS[1];
    columns[3]![cell] = line % GRADE_COUNTS[2];
  }
  return columns;
}

/** Rows in the neighbourhood of each cell: at most one grade away on each axis and 5% (at least 0.01) in size. */
export function supportCounts(rows: GradedRows): Uint16Array {
  const counts = new Float64Array(CELL_COUNT);
  rows.sizes.forEach((size, row) => {
    if (size > LARGEST_SIZE + 0.005 || size < SMALLEST_SIZE - 0.005) return;
    const [first, second, third] = rows.grades;
    counts[cellOf(first[row]!, second[row]!, third[row]!, stepOfSize(size))]!++;
  });
  let sums: Float64Array = counts;
  for (let axis = 0; axis < GRID.length; axis++) sums = windowSums(sums, axis);
  return Uint16Array.from(sums, (sum) => Math.min(sum, 65_535));
}

function windowSums(values: Float64Array, axis: number): Float64Array {
  const stride = GRID.slice(axis + 1).reduce((product, count) => product * count, 1);
  const length = GRID[axis]!;
  return values.map((_, cell) => {
    const at = Math.floor(cell / stride) % length;
    const reach = axis === 3 ? Math.max(1, Math.round(0.05 * (FIRST_SIZE + at))) : 1;
    let sum = 0;
    for (let i = Math.max(0, at - reach); i <= Math.min(length - 1, at + reach); i++) {
      sum += values[cell + (i - at) * stride]!;
    }
    return sum;
  });
}
