import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainPriceModel } from './backtest.ts';
import { forEachOrigin } from './forecast-origins.ts';
import { normalQuantile } from './normal-quantile.ts';
import type { PriceModel } from './price-forecast.ts';
import type { PricePoint } from './price-series.ts';
import { seededGenerator } from './seeded-generator.ts';

/** A rising walk with a value on most days, a few spikes that return and a few moves that stay. */
function walk(count: number, seed: number, everyDays: number): PricePoint[] {
  const { next } = seededGenerator(seed);
  let logPrice = Math.log(5000);
  return Array.from({ length: count }, (_, index) => {
    logPrice += 0.008 * normalQuantile(Math.min(Math.max(next(), 1e-9), 1 - 1e-9)) + 0.0004;
    if (index % 97 === 96) logPrice += 0.12;
    const isGlitch = index % 61 === 60;
    return { day: 15_000 + index * everyDays, price: Math.exp(logPrice) * (isGlitch ? 1.5 : 1) };
  });
}

function modelsOf(points: readonly PricePoint[], days: readonly number[]): (PriceModel | null)[] {
  const models: (PriceModel | null)[] = [];
  forEachOrigin(points, days, (_, model) => models.push(model));
  return models;
}

for (const [name, everyDays] of [
  ['daily', 1],
  ['monthly', 30],
] as const) {
  test(`a model on a day of a ${name} series is the model of the series that ends there`, () => {
    const points = walk(everyDays === 1 ? 420 : 200, 5, everyDays);
    // Some origins stand on a glitch or a jump, where it is not known yet which of the two it is.
    const days = [3, 40, 60, 61, 62, 96, 97, 99, 150, 182, 183].map((index) => points[index]!.day);
    modelsOf(points, days).forEach((model, index) => {
      const known = points.filter(({ day }) => day <= days[index]!);
      assert.deepEqual(model, trainPriceModel(known).model, `origin ${index}`);
    });
  });
}

test('later values change nothing, and a day before the first value has no model', () => {
  const points = walk(300, 6, 1);
  const day = points[200]!.day;
  const changed = points.map((point) => (point.day > day ? { ...point, price: 1 } : point));
  assert.deepEqual(modelsOf(changed, [day]), modelsOf(points, [day]));
  assert.deepEqual(modelsOf(points, [14_999]), [null]);
  assert.throws(() => modelsOf([{ day: 1, price: Number.NaN }], [2]), RangeError);
});
