import assert from 'node:assert/strict';
import { test } from 'node:test';
import { normalQuantile } from './normal-quantile.ts';

// Values of R 4.4: qnorm(p), 15 digits.
const KNOWN: readonly (readonly [number, number])[] = [
  [0.5, 0],
  [0.9, 1.2815515655446],
  [0.975, 1.95996398454005],
  [0.995, 2.5758293035489],
  [0.001, -3.09023230616781],
  [1e-10, -6.36134090240406],
  [1e-20, -9.26234008979841],
];

test('known values are met', () => {
  for (const [probability, expected] of KNOWN) {
    assert.ok(Math.abs(normalQuantile(probability) - expected) < 1e-12, `${probability}`);
  }
});

test('it is odd and ascending', () => {
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 1; i < 1000; i++) {
    const quantile = normalQuantile(i / 1000);
    assert.ok(quantile > before);
    assert.ok(Math.abs(quantile + normalQuantile(1 - i / 1000)) < 1e-12);
    before = quantile;
  }
});

test('a probability outside 0 to 1 is refused', () => {
  for (const probability of [0, 1, -1, 2, Number.NaN]) {
    assert.throws(() => normalQuantile(probability), RangeError);
  }
});
