import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUCKET_COUNT, bucketOf, conformalOffsets } from './conformal.ts';
import { normalQuantile } from './normal-quantile.ts';
import { seededGenerator } from './seeded-generator.ts';

test('size classes', () => {
  assert.deepEqual([0.2, 0.3, 0.69, 0.7, 1.2, 1.5, 5].map(bucketOf), [0, 1, 2, 3, 4, 5, 6]);
});

test('offsets make bounds hold in every class, also where the errors differ', () => {
  const { next } = seededGenerator(1);
  const draw = (count: number): { excesses: Float64Array; sizes: Float64Array } => {
    const sizes = Float64Array.from({ length: count }, () => 0.2 + 2.3 * next());
    const noise = (size: number): number => size * normalQuantile(Math.min(Math.max(next(), 1e-9), 0.999999));
    return { sizes, excesses: sizes.map(noise) };
  };
  const known = draw(20_000);
  const offsets = conformalOffsets(known.excesses, known.sizes, 0.05, 1);
  const fresh = draw(40_000);
  const missed = new Float64Array(BUCKET_COUNT);
  const seen = new Float64Array(BUCKET_COUNT);
  fresh.sizes.forEach((size, row) => {
    seen[bucketOf(size)]!++;
    if (fresh.excesses[row]! > offsets[bucketOf(size)]!) missed[bucketOf(size)]!++;
  });
  missed.forEach((count, bucket) => {
    const share = count / seen[bucket]!;
    assert.ok(share > 0.03 && share < 0.057, `class ${bucket}: ${share}`);
  });
});

test('a thin class borrows from all, and few values give the largest', () => {
  const sizes = Float64Array.from({ length: 101 }, (_, row) => (row === 0 ? 3 : 0.4));
  const excesses = Float64Array.from({ length: 101 }, (_, row) => row);
  const offsets = conformalOffsets(excesses, sizes, 0.05, 1);
  assert.equal(offsets[6], offsets[3]);
  assert.equal(conformalOffsets(Float64Array.of(1, 2), Float64Array.of(1, 1), 0.05, 1)[0], 2);
});

test('nothing, lists of different lengths and shares outside 0 to 1 are refused', () => {
  assert.throws(() => conformalOffsets(new Float64Array(0), new Float64Array(0), 0.05, 1), RangeError);
  assert.throws(() => conformalOffsets(new Float64Array(2), new Float64Array(1), 0.05, 1), RangeError);
  for (const miss of [0, 1, Number.NaN]) {
    assert.throws(() => conformalOffsets(new Float64Array(2), new Float64Array(2), miss, 1), RangeError);
  }
});
