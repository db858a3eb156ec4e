import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countFalls, lineBlocks, makeMonotone, projectGrid, projectLine } from './isotonic.ts';
import { seededGenerator } from './seeded-generator.ts';

function line(values: number[], weights = values.map(() => 1)): number[] {
  const projected = Float64Array.from(values);
  projectLine(projected, Float64Array.from(weights), 0, 1, values.length, lineBlocks(values.length));
  return [...projected];
}

function distance(left: Float64Array, right: Float64Array, weights: Float64Array): number {
  return left.reduce((sum, value, i) => sum + weights[i]! * (value - right[i]!) ** 2, 0);
}

test('a line: known results', () => {
  assert.deepEqual(line([1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(line([3, 2, 1]), [2, 2, 2]);
  assert.deepEqual(line([1, 3, 2, 4]), [1, 2.5, 2.5, 4]);
  assert.deepEqual(line([2, 1], [3, 1]), [1.75, 1.75]);
});

test('a line: keeps the weighted mean, and is a projection', () => {
  const { next } = seededGenerator(1);
  const values = Array.from({ length: 50 }, (_, i) => i / 20 + next());
  const weights = values.map(() => next() + 0.1);
  const projected = line(values, weights);
  const mean = (list: number[]): number => list.reduce((sum, value, i) => sum + value * weights[i]!, 0);
  assert.ok(Math.abs(mean(values) - mean(projected)) < 1e-9);
  line(projected, weights).forEach((value, i) => {
    assert.ok(Math.abs(value - projected[i]!) < 1e-12);
  });
});

test('a grid: monotone along the chosen axes, free along the other', () => {
  const { next } = seededGenerator(2);
  const shape = [3, 5, 6, 20];
  const size = 3 * 5 * 6 * 20;
  const values = Float64Array.from({ length: size }, next);
  const weights = Float64Array.from({ length: size }, () => next() + 0.05);
  const projected = projectGrid(values, weights, shape, [1, 2, 3], 100);
  assert.equal(countFalls(projected, shape, [1, 2, 3]), 0);
  assert.ok(countFalls(projected, shape, [0]) > 0);
});

test('a grid: nearest of many monotone ones', () => {
  const { next } = seededGenerator(3);
  const shape = [6, 7];
  const values = Float64Array.from({ length: 42 }, next);
  const weights = Float64Array.from({ length: 42 }, () => next() + 0.2);
  const projected = projectGrid(values, weights, shape, [0, 1], 500);
  const best = distance(values, projected, weights);
  for (let i = 0; i < 200; i++) {
    const other = projected.map((value) => value + 0.02 * (next() - 0.5));
    makeMonotone(other, shape, [0, 1]);
    assert.ok(distance(values, other, weights) >= best - 1e-6);
  }
});

test('what is monotone already stays as it is, to the bit', () => {
  const values = Float64Array.from({ length: 30 }, (_, i) => Math.floor(i / 6) / 7 + (i % 6) / 3);
  assert.deepEqual(projectGrid(values, new Float64Array(30).fill(1), [5, 6], [0, 1], 20), values);
});

test('falls are counted', () => {
  assert.equal(countFalls([1, 2, 0, 3], [2, 2], [1]), 0);
  assert.equal(countFalls([1, 2, 0, 3], [2, 2], [0]), 1);
});

test('NaN, infinities, weights of 0, wrong sizes and axes are refused', () => {
  const ones = new Float64Array(4).fill(1);
  assert.throws(() => projectGrid(Float64Array.of(1, Number.NaN, 1, 1), ones, [2, 2], [0], 5), RangeError);
  assert.throws(
    () => projectGrid(Float64Array.of(1, Number.POSITIVE_INFINITY, 1, 1), ones, [2, 2], [0], 5),
    RangeError,
  );
  assert.throws(() => projectGrid(ones, new Float64Array(4), [2, 2], [0], 5), RangeError);
  assert.throws(() => projectGrid(ones, ones, [2, 3], [0], 5), RangeError);
  assert.throws(() => projectGrid(ones, ones, [2, 2], [2], 5), RangeError);
});
