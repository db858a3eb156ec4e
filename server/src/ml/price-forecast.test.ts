import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accuracyAt, backtestPrices, driftSharesOf, scoreAt, trainPriceModel } from './backtest.ts';
import { ModelFileError, writeModelFile } from './model-file.ts';
import { normalQuantile } from './normal-quantile.ts';
import {
  beliefFrom,
  fitPriceModel,
  insanityOf,
  priceQuantiles,
  stepsOf,
  TABLE_LEVELS,
} from './price-forecast.ts';
import { readPriceModel, writePriceModel } from './price-model-file.ts';
import { type PricePoint, weekdaysBetween } from './price-series.ts';
import { ANCHORS, PriceTracker, sigmaOver } from './price-tracker.ts';
import { seededGenerator } from './seeded-generator.ts';

/** A random walk with calm and stormy times (GARCH), on weekdays. */
function walk(count: number, seed: number, drift = 0): PricePoint[] {
  const { next } = seededGenerator(seed);
  const points: PricePoint[] = [];
  let logPrice = Math.log(6000);
  let variance = 1e-4;
  for (let day = 15_000; points.length < count; day++) {
    if (weekdaysBetween(day - 1, day) === 0) continue;
    const change = Math.sqrt(variance) * normalQuantile(Math.min(Math.max(next(), 1e-9), 1 - 1e-9));
    variance = 2e-6 + 0.06 * change * change + 0.92 * variance;
    logPrice += change + drift;
    points.push({ day, price: Math.exp(logPrice) });
  }
  return points;
}

test('the same series gives the same bytes, at most 10 KB', () => {
  const file = writePriceModel(trainPriceModel(walk(400, 1)));
  assert.deepEqual(writePriceModel(trainPriceModel(walk(400, 1))), file);
  assert.ok(file.length <= 10_240);
});

test('a model comes back from its file, and an insane one is refused', () => {
  const trained = trainPriceModel(walk(400, 2));
  assert.deepEqual(readPriceModel(writePriceModel(trained)), trained);
  const insane = { ...trained, model: { ...trained.model, drift: 0.5 } };
  assert.throws(() => readPriceModel(writePriceModel(insane)), /not sane/);
  const endless = { ...trained, model: { ...trained.model, variance: Number.NaN } };
  assert.throws(() => readPriceModel(writePriceModel(endless)), /not sane/);
  assert.throws(() => readPriceModel(writeModelFile('other', {})), ModelFileError);
});

test('a daily series steps by weekdays, a sparse one by its observations', () => {
  const daily = walk(300, 4);
  assert.equal(stepsOf(fitPriceModel(daily), 20), 20);
  // One observation a month.
  const monthly = fitPriceModel(walk(3000, 4).filter((_, index) => index % 21 === 0));
  assert.ok(Math.abs(stepsOf(monthly, 42) - 2) < 0.1);
});

test('quantiles ascend at every horizon, and widen', () => {
  const model = fitPriceModel(walk(800, 3));
  assert.equal(insanityOf(model), null);
  let width = 0;
  for (let steps = 0; steps <= 262; steps++) {
    const quantiles = priceQuantiles(model, steps, [1e-4, 0.003, ...TABLE_LEVELS, 0.999]);
    assert.ok(
      quantiles.every((price, i) => i === 0 || price >= quantiles[i - 1]!),
      `${steps} steps`,
    );
    const [lower, upper] = priceQuantiles(model, steps, [0.1, 0.9]);
    assert.ok(upper! / lower! >= width * 0.98);
    width = upper! / lower!;
  }
});

test('the ranges of a synthetic walk hold as often as they say', () => {
  const { withDrift } = backtestPrices(walk(2500, 4), { horizons: [1, 5, 21] });
  for (const score of withDrift) {
    assert.ok(Math.abs(score.coverage80 - 0.8) < 0.05, `${score.steps}: ${score.coverage80}`);
    assert.ok(Math.abs(score.coverage95 - 0.95) < 0.03, `${score.steps}: ${score.coverage95}`);
  }
  assert.ok(withDrift[0]!.crpsRatio < 1);
});

test('the backtest is causal: later values change nothing that was scored before', () => {
  const points = walk(300, 5);
  const changed = points.map((point, i) => (i >= 200 ? { ...point, price: point.price * 1.02 } : point));
  // Origins up to 150 with outcomes up to 171 see the first 200 values only.
  const early = (list: readonly PricePoint[]): unknown =>
    backtestPrices(list.slice(0, 200), { horizons: [21] }).withDrift;
  assert.deepEqual(early(points), early(changed));
  const model = fitPriceModel(points.slice(0, 200));
  assert.deepEqual(fitPriceModel(changed.slice(0, 200)), model);
});

test('a tracker on the way equals a fit on the prefix', () => {
  const points = walk(250, 6);
  const { withDrift } = backtestPrices(points, { horizons: [5], fromDay: points[199]!.day });
  assert.equal(withDrift[0]!.outcomes, 46);
  const before = points.slice(0, 200);
  const whole = backtestPrices(points.slice(0, 205), { horizons: [5], fromDay: points[199]!.day });
  const [p10, p90] = priceQuantiles(fitPriceModel(before), 5, [0.1, 0.9]);
  const actual = points[204]!.price;
  assert.equal(whole.withDrift[0]!.coverage80, p10! <= actual && actual <= p90! ? 1 : 0);
});

test('the drift is halved, never negative and at most 12% a year', () => {
  const steep = fitPriceModel(walk(400, 7, 0.02));
  assert.equal(steep.drift, Math.log(1.12) / 250);
  assert.equal(fitPriceModel(walk(2000, 7, -0.002)).drift, 0);
  const one = fitPriceModel([{ day: 20_000, price: 5000 }]);
  assert.ok(Math.abs(one.drift - 1e-4) < 1e-12, 'half of what is assumed');
});

test('a horizon where the drift lost falls back to none', () => {
  const score = backtestPrices(walk(400, 8)).withDrift[0]!;
  const shares = driftSharesOf([
    { ...score, errorRatio: 1.01, independent: 20 },
    { ...score, errorRatio: 1.01, independent: 19 },
    { ...score, errorRatio: 1, independent: 500 },
  ]);
  assert.deepEqual(shares, [0, 1, 1]);
  const none = fitPriceModel(
    walk(400, 8),
    ANCHORS.map(() => 0),
  );
  const some = fitPriceModel(walk(400, 8));
  assert.notDeepEqual(priceQuantiles(none, 200, [0.5]), priceQuantiles(some, 200, [0.5]));
});

test('few values: a normal shape, an accuracy with its basis, and a reference as belief', () => {
  const few = trainPriceModel(walk(10, 9));
  assert.equal(insanityOf(few.model), null);
  assert.equal(accuracyAt(few, 5).basis, 'volatility');
  assert.equal(accuracyAt(trainPriceModel(walk(200, 9)), 90).basis, 'no change');
  assert.equal(accuracyAt(trainPriceModel(walk(200, 9)), 1).basis, 'backtest');
  const months = Array.from({ length: 200 }, (_, i) => ({
    day: i * 30,
    price: 100 * 1.01 ** i * (1 + (i % 3) / 50),
  }));
  const reference = fitPriceModel(months);
  assert.equal(reference.stepping.unit, 'observation');
  const belief = beliefFrom(reference, true);
  assert.ok(belief.driftPerWeekday > 0 && belief.variancePerWeekday > 0);
  assert.equal(insanityOf(fitPriceModel(walk(10, 9), undefined, belief)), null);
});

test('no record is claimed far beyond the last horizon that was tried', () => {
  const trained = trainPriceModel(walk(900, 9));
  assert.equal(accuracyAt(trained, 262).basis, 'no change');
  const far = accuracyAt(trained, 800);
  assert.equal(far.basis, 'volatility');
  assert.equal(scoreAt(trained.scores, 800).outcomes, 0);
});

test('scores between anchors lie between them', () => {
  const { withDrift } = backtestPrices(walk(500, 10));
  const between = scoreAt(withDrift, 27);
  const sides = [withDrift[6]!.percentageError, withDrift[7]!.percentageError];
  assert.ok(between.percentageError >= Math.min(...sides) && between.percentageError <= Math.max(...sides));
});

test('the variance returns to its long-run mean', () => {
  const far = sigmaOver(5000, 9e-4, 1e-4, 0.985) ** 2 / 5000;
  assert.ok(far < 1.2e-4);
  assert.ok(Math.abs(sigmaOver(1, 9e-4, 1e-4, 0.985) - 0.03) < 1e-12);
});

test('one wild change counts as 16 variances at most', () => {
  const stepping = { unit: 'weekday', weekdaysPerStep: 1, varianceKept: 0.97, reversionLeft: 0.985 } as const;
  const tracker = new PriceTracker(stepping, { variancePerWeekday: 1e-4, driftPerWeekday: 0 }, 1e-4);
  tracker.observe(0, 0);
  tracker.observe(1, 5);
  assert.ok(Math.abs(tracker.variance - 1e-4 * (0.97 + 0.03 * 16)) < 1e-12);
});

test('bad input is refused', () => {
  assert.throws(() => fitPriceModel([]), RangeError);
  assert.throws(() => trainPriceModel([{ day: 1, price: Number.NaN }]), RangeError);
  const model = fitPriceModel(walk(50, 11));
  for (const steps of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => priceQuantiles(model, steps, [0.5]), RangeError);
  }
  for (const level of [0, 1, Number.NaN]) assert.throws(() => priceQuantiles(model, 5, [level]), RangeError);
});
