import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contributions } from './contributions.ts';

test('contributions sum to the whole difference, whatever the values', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(values, (list) => {
      const shares = contributions(4, (mask) => list[mask]!);
      const sum = shares.reduce((total, share) => total + share, 0);
      assert.ok(Math.abs(sum - (list[15]! - list[0]!)) < 1e-6);
    }),
  );
});

test('what only adds up is given to whom it belongs; what works together is halved', () => {
  const bit = (mask: number, at: number): number => (mask >> at) & 1;
  const added = contributions(3, (mask) => 5 * bit(mask, 0) - 2 * bit(mask, 1));
  [5, -2, 0].forEach((share, at) => {
    assert.ok(Math.abs(added[at]! - share) < 1e-12);
  });
  const together = contributions(3, (mask) => 6 * bit(mask, 0) * bit(mask, 2));
  [3, 0, 3].forEach((share, at) => {
    assert.ok(Math.abs(together[at]! - share) < 1e-12);
  });
  assert.deepEqual(
    contributions(1, (mask) => 10 + mask),
    [1],
  );
  assert.throws(() => contributions(0, () => 1), RangeError);
});
