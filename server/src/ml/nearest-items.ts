// The items most like a given one, among many whose prices are known.

import { GRADE_COUNTS, type GradedItem, type GradedRows, placeOf } from './grade-grid.ts';

/**
 * Items ordered by their three grades and then by size: those of grade cell c stand from `starts[c]` up to
 * `starts[c + 1]`. Twelve bytes an item.
 */
export type ItemIndex = {
  readonly starts: Uint32Array;
  readonly sizes: Float32Array;
  readonly prices: Float64Array;
};

/** A known item. `distance` is about how far, in log price, it is from what was asked: 0 for the same 4 values. */
export type KnownItem = {
  readonly size: number;
  readonly grades: readonly [number, number, number];
  readonly price: number;
  readonly distance: number;
};

const [FIRST, SECOND, THIRD] = GRADE_COUNTS;
const GRADE_CELLS = FIRST * SECOND * THIRD;
/** About what one grade is worth in log price, by axis, and what the logarithm of the size counts for. */
const GRADE_DISTANCES = [0.04, 0.08, 0.11] as const;
const SIZE_DISTANCE = 1.9;

/** Room for sizes in thousandths, and for row numbers. */
const SIZE_SPAN = 2 ** 20;
const ROW_SPAN = 2 ** 22;

/** Ways from one grade cell to another, the nearest first. */
const GRADE_STEPS = gradeSteps();

/** Puts rows into the index: at most 4 million of them, with sizes up to 1,000 and grades within the grid. */
export function indexItems({ sizes, grades, prices }: GradedRows): ItemIndex {
  // Cell, size and row as one number each: such a list is sorted ten times faster than by comparing rows.
  const keys = Float64Array.from(sizes, (size, row) => {
    const cell = gradeCell(grades[0][row]!, grades[1][row]!, grades[2][row]!);
    return (cell * SIZE_SPAN + Math.round(size * 1000)) * ROW_SPAN + row;
  }).sort();
  const order = Uint32Array.from(keys, (key) => key % ROW_SPAN);
  const starts = new Uint32Array(GRADE_CELLS + 1);
  for (const key of keys) starts[Math.floor(key / ROW_SPAN / SIZE_SPAN) + 1]!++;
  for (let cell = 0; cell < GRADE_CELLS; cell++) starts[cell + 1]! += starts[cell]!;
  return {
    starts,
    sizes: Float32Array.from(order, (row) => sizes[row]!),
    prices: Float64Array.from(order, (row) => prices[row]!),
  };
}

/**
 * The `count` nearest items, the nearest first; fewer where the index has fewer. An item outside the grid is taken at
 * the nearest grades. Throws a RangeError for an item that cannot be placed.
 */
export function nearestItems(index: ItemIndex, item: GradedItem, count: number): KnownItem[] {
  const { grades } = placeOf(item);
  const found: KnownItem[] = [];
  const worst = (): number => (found.length < count ? Number.POSITIVE_INFINITY : found[count - 1]!.distance);
  for (const step of GRADE_STEPS) {
    if (step.distance >= worst()) break;
    const at = grades.map((grade, axis) => grade + step.grades[axis]!) as [number, number, number];
    if (at.some((grade, axis) => grade < 0 || grade >= GRADE_COUNTS[axis]!)) continue;
    searchCell(index, at, item.size, step.distance, (known) => {
      if (known.distance >= worst()) return false;
      let place = found.length;
      while (place > 0 && found[place - 1]!.distance > known.distance) place--;
      found.splice(place, 0, known);
      if (found.length > count) found.pop();
      return true;
    });
  }
  return found;
}

/** Offers the items of one cell from the asked size outwards, in each direction until one is too far. */
function searchCell(
  { starts, sizes, prices }: ItemIndex,
  grades: readonly [number, number, number],
  size: number,
  base: number,
  offer: (known: KnownItem) => boolean,
): void {
  const cell = gradeCell(...grades);
  const from = starts[cell]!;
  const end = starts[cell + 1]!;
  let middle = from;
  for (let high = end; middle < high; ) {
    const half = (middle + high) >> 1;
    if (sizes[half]! < size) middle = half + 1;
    else high = half;
  }
  const known = (at: number): KnownItem => ({
    // Hundredths came in as such and are not a whole binary fraction.
    size: Math.round(sizes[at]! * 1000) / 1000,
    grades,
    price: prices[at]!,
    distance: base + SIZE_DISTANCE * Math.abs(Math.log(sizes[at]! / size)),
  });
  for (let at = middle; at < end && offer(known(at)); ) at++;
  for (let at = middle - 1; at >= from && offer(known(at)); ) at--;
}

function gradeCell(first: number, second: number, third: number): number {
  return (first * SECOND + second) * THIRD + third;
}

function gradeSteps(): { grades: readonly [number, number, number]; distance: number }[] {
  const steps = [];
  for (let first = 1 - FIRST; first < FIRST; first++) {
    for (let second = 1 - SECOND; second < SECOND; second++) {
      for (let third = 1 - THIRD; third < THIRD; third++) {
        const grades = [first, second, third] as const;
        const distance = grades.reduce((sum, step, axis) => sum + Math.abs(step) * GRADE_DISTANCES[axis]!, 0);
        steps.push({ grades, distance });
      }
    }
  }
  return steps.sort((a, b) => a.distance - b.distance);
}
