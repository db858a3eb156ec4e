import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededGenerator, shuffledIndices } from './seeded-generator.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, seededGenerator(seed).next);
  assert.deepEqual(draw(1), draw(1));
  assert.notDeepEqual(draw(1), draw(2));
  assert.notDeepEqual(draw(1), draw(2 ** 32 + 1));
});

test('numbers are uniform in [0, 1)', () => {
  const { next } = seededGenerator(3);
  const numbers = Array.from({ length: 20_000 }, next);
  assert.ok(numbers.every((number) => number >= 0 && number < 1));
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  assert.ok(Math.abs(mean - 0.5) < 0.01);
});

test('a shuffle holds every index once', () => {
  const order = shuffledIndices(100, seededGenerator(5));
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i),
  );
  assert.notDeepEqual([...order.slice(0, 5)], [0, 1, 2, 3, 4]);
});

test('a seed that is not a whole number is refused', () => {
  for (const seed of [Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** 60]) {
    assert.throws(() => seededGenerator(seed), RangeError);
  }
});
