import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededGenerator } from './seeded-generator.ts';
import { quantileOfSorted, SortedList } from './sorted-list.ts';

test('quantiles of a growing list equal those of the sorted array', () => {
  const { next } = seededGenerator(2);
  const list = new SortedList();
  const seen: number[] = [];
  for (let i = 0; i < 500; i++) {
    const value = Math.round(next() * 50);
    list.insert(value);
    seen.push(value);
    // Asked after one, after a few and after many new numbers.
    if (i % 7 === 0 && (i < 50 || i > 300)) {
      const sorted = Float64Array.from(seen).sort();
      assert.equal(list.quantile(0.4), quantileOfSorted(sorted, 0.4));
    }
  }
  seen.sort((a, b) => a - b);
  for (const level of [0, 0.01, 0.3, 0.5, 0.99, 1]) {
    assert.equal(list.quantile(level), quantileOfSorted(seen, level));
  }
  assert.equal(list.quantile(0), seen[0]);
  assert.equal(list.quantile(1), seen.at(-1));
});

test('what is not a number is refused', () => {
  const list = new SortedList();
  assert.throws(() => list.insert(Number.NaN), RangeError);
  assert.throws(() => list.insert(Number.POSITIVE_INFINITY), RangeError);
  assert.throws(() => list.quantile(0.5), RangeError);
  list.insert(1);
  assert.throws(() => list.quantile(1.5), RangeError);
});
