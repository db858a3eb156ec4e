import assert from 'node:assert/strict';
import { test } from 'node:test';
import { binOf, binTable, MOST_BINS, rowsOfTable } from './binning.ts';
import { seededGenerator } from './seeded-generator.ts';

test('few distinct values get a bin each', () => {
  const { cuts, bins } = binTable([Float64Array.of(3, 1, 2, 1)]);
  assert.deepEqual([...cuts[0]!], [1.5, 2.5]);
  assert.deepEqual([...bins[0]!], [2, 0, 1, 0]);
});

test('many values share at most 255 bins, in order and about equally', () => {
  const { next } = seededGenerator(1);
  const values = Float64Array.from({ length: 20_000 }, () => next() ** 3);
  const { cuts, bins } = binTable([values]);
  assert.ok(cuts[0]!.length < MOST_BINS && cuts[0]!.length > 250);
  const counts = new Uint32Array(256);
  for (const bin of bins[0]!) counts[bin]!++;
  assert.ok(Math.max(...counts) < 2 * (values.length / MOST_BINS));
  values.forEach((value, row) => {
    assert.equal(bins[0]![row], binOf(cuts[0]!, value));
  });
});

test('rows of a table keep their bins', () => {
  const table = binTable([Float64Array.of(5, 6, 7), Float64Array.of(1, 1, 2)]);
  const part = rowsOfTable(table, Uint32Array.of(2, 0));
  assert.deepEqual(
    part.bins.map((column) => [...column]),
    [
      [2, 0],
      [1, 0],
    ],
  );
});

test('NaN, infinities, no rows and columns of different lengths are refused', () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => binTable([Float64Array.of(1, value)]), RangeError);
  }
  assert.throws(() => binTable([]), RangeError);
  assert.throws(() => binTable([new Float64Array(0)]), RangeError);
  assert.throws(() => binTable([new Float64Array(2), new Float64Array(3)]), RangeError);
});
