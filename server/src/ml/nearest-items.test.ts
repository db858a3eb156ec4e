import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GRADE_COUNTS, type GradedItem, type GradedRows } from './grade-grid.ts';
import { indexItems, nearestItems } from './nearest-items.ts';
import { seededGenerator } from './seeded-generator.ts';

function someRows(count: number, seed: number): GradedRows {
  const { next, below } = seededGenerator(seed);
  const grades = (axis: number): Uint8Array =>
    Uint8Array.from({ length: count }, () => below(GRADE_COUNTS[axis]!));
  return {
    sizes: Float64Array.from({ length: count }, () => Math.round(20 + 300 * next() ** 2) / 100),
    grades: [grades(0), grades(1), grades(2)],
    prices: Float64Array.from({ length: count }, (_, row) => 1000 + row),
  };
}

/** The definition, without any cleverness. */
function byHand(
  { sizes, grades, prices }: GradedRows,
  item: GradedItem,
): { price: number; distance: number }[] {
  return Array.from(sizes, (size, row) => {
    const grade = [0.04, 0.08, 0.11].reduce(
      (sum, worth, axis) => sum + worth * Math.abs(grades[axis]![row]! - item.grades[axis]!),
      0,
    );
    return { price: prices[row]!, distance: grade + 1.9 * Math.abs(Math.log(size / item.size)) };
  }).sort((a, b) => a.distance - b.distance);
}

test('the nearest items are those that a look at every row finds', () => {
  for (const count of [2, 40, 3000]) {
    const rows = someRows(count, count);
    const index = indexItems(rows);
    const { next, below } = seededGenerator(9);
    for (let n = 0; n < 30; n++) {
      const item: GradedItem = { size: 0.2 + 4.8 * next(), grades: [below(5), below(7), below(8)] };
      const found = nearestItems(index, item, 3);
      const expected = byHand(rows, item).slice(0, 3);
      assert.equal(found.length, Math.min(3, count));
      found.forEach(({ distance }, at) => {
        assert.ok(
          Math.abs(distance - expected[at]!.distance) < 1e-6,
          `${distance} ${expected[at]!.distance}`,
        );
      });
    }
  }
});

test('a row is found as it was, and an item outside the grid at the nearest grades', () => {
  const rows = someRows(500, 1);
  const index = indexItems(rows);
  for (const row of [0, 17, 499]) {
    const grades = [rows.grades[0][row]!, rows.grades[1][row]!, rows.grades[2][row]!] as const;
    const size = rows.sizes[row]!;
    const [first] = nearestItems(index, { size, grades }, 1);
    assert.deepEqual(
      { ...first, price: 0, distance: 0 },
      { size, grades: [...grades], price: 0, distance: 0 },
    );
    assert.ok(first!.distance < 1e-6);
  }
  const outside = nearestItems(index, { size: 1, grades: [-1, -3, 8] }, 3);
  const onGrid = nearestItems(index, { size: 1, grades: [0, 0, 7] }, 3);
  assert.deepEqual(outside, onGrid);
  assert.throws(() => nearestItems(index, { size: 6, grades: [0, 0, 0] }, 3), RangeError);
});
