import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalQuantile } from './normal-quantile.ts';
import {
  CRPS_LEVELS,
  coverage,
  crps,
  determination,
  meanAbsolutePercentageError,
  pinballLoss,
  rootMeanSquareError,
} from './scoring.ts';

test('pinball loss is asymmetric', () => {
  assert.ok(Math.abs(pinballLoss(0.9, 10, 12) - 1.8) < 1e-12);
  assert.ok(Math.abs(pinballLoss(0.9, 10, 8) - 0.2) < 1e-12);
});

test('the CRPS of a point is its absolute error, and that of a normal is near the closed form', () => {
  assert.ok(Math.abs(crps(new Float64Array(19).fill(5), 7) - 2) < 1e-12);
  // Closed form at the mean: sigma x (sqrt(2) - 1) / sqrt(pi) = 0.2337 for the whole range of levels.
  const score = crps(CRPS_LEVELS.map(normalQuantile), 0);
  assert.ok(Math.abs(score - 0.2337) < 0.02, `${score}`);
  assert.throws(() => crps([1, 2], 0), RangeError);
});

test('errors of known lists', () => {
  assert.equal(rootMeanSquareError([1, 5], [4, 1]), Math.sqrt(12.5));
  assert.equal(meanAbsolutePercentageError([90, 220], [100, 200]), 0.1);
  assert.equal(determination([1, 2, 3], [1, 2, 3]), 1);
  assert.ok(Math.abs(determination([2, 2, 2], [1, 2, 3])) < 1e-12);
  assert.equal(coverage([0, 0, 0, 0], [1, 1, 1, 1], [0, 1, 2, -1]), 0.5);
});

test('lists that cannot be compared are refused', () => {
  assert.throws(() => rootMeanSquareError([], []), RangeError);
  assert.throws(() => coverage([1], [1, 2], [1, 2]), RangeError);
});
