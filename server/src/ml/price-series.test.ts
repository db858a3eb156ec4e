import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanSeries, type PricePoint, weekdayNumber, weekdaysBetween } from './price-series.ts';
import { seededGenerator } from './seeded-generator.ts';

const day = (date: string): number => Date.parse(date) / 86_400_000;

/** Prices that wander by about 1% a weekday. */
function wander(count: number, seed = 1): PricePoint[] {
  const { next } = seededGenerator(seed);
  const points: PricePoint[] = [];
  let price = 1000;
  for (let at = day('2024-01-01'); points.length < count; at++) {
    if (weekdaysBetween(at - 1, at) === 0) continue;
    price *= 1 + 0.02 * (next() - 0.5);
    points.push({ day: at, price });
  }
  return points;
}

test('weekdays are counted without Saturdays and Sundays', () => {
  assert.equal(weekdaysBetween(day('2026-01-02'), day('2026-01-05')), 1, 'Friday to Monday');
  assert.equal(weekdaysBetween(day('2026-01-02'), day('2026-01-03')), 0, 'Friday to Saturday');
  assert.equal(weekdaysBetween(day('2026-01-03'), day('2026-01-05')), 1, 'Saturday to Monday');
  assert.equal(weekdaysBetween(day('2026-01-05'), day('2026-01-12')), 5, 'a week');
  assert.equal(weekdaysBetween(day('2025-01-01'), day('2026-01-01')), 261, 'a year');
  assert.equal(weekdaysBetween(day('1969-12-22'), day('1969-12-29')), 5, 'before 1970');
});

test('weekday numbers equal a count day by day', () => {
  let count = weekdayNumber(-400);
  for (let at = -399; at < 400; at++) {
    const weekday = new Date(at * 86_400_000).getUTCDay();
    if (weekday !== 0 && weekday !== 6) count++;
    assert.equal(weekdayNumber(at), count);
  }
});

test('one value a day: the median of the day', () => {
  const clean = cleanSeries([
    { day: 2, price: 30 },
    { day: 1, price: 10 },
    { day: 1, price: 12 },
    { day: 1, price: 99 },
  ]);
  assert.deepEqual(clean.days, [1, 2]);
  assert.ok(Math.abs(Math.exp(clean.logPrices[0]!) - 12) < 1e-9);
});

for (const length of [1, 2, 3]) {
  test(`a spike of ${length} that returns is dropped`, () => {
    const points = wander(60).map((point, i) =>
      i >= 30 && i < 30 + length ? { ...point, price: point.price * 10 } : point,
    );
    const clean = cleanSeries(points);
    assert.equal(clean.droppedCount, length);
    assert.ok(!clean.days.includes(points[30]!.day));
  });
}

test('a jump that stays is kept, and so is a spike of 4 and one at the end', () => {
  const stays = wander(60).map((point, i) => (i >= 30 ? { ...point, price: point.price * 1.2 } : point));
  assert.equal(cleanSeries(stays).droppedCount, 0);
  const four = wander(60).map((point, i) =>
    i >= 30 && i < 34 ? { ...point, price: point.price * 2 } : point,
  );
  assert.equal(cleanSeries(four).droppedCount, 0);
  const last = wander(60).map((point, i) => (i === 59 ? { ...point, price: point.price * 2 } : point));
  assert.equal(cleanSeries(last).droppedCount, 0);
});

test('a small change is never a spike, however calm the series', () => {
  const calm = wander(60).map((point, i) => ({ ...point, price: i === 30 ? 104 : 100 + (i % 2) * 0.01 }));
  assert.equal(cleanSeries(calm).droppedCount, 0);
});

test('a sparse series keeps its peaks', () => {
  const months = Array.from({ length: 60 }, (_, i) => ({
    day: i * 30,
    price: i === 30 ? 300 : 100 + (i % 3),
  }));
  assert.equal(cleanSeries(months).droppedCount, 0);
});

test('prices that are no prices are refused', () => {
  for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => cleanSeries([{ day: 1, price }]), RangeError);
  }
  assert.throws(() => cleanSeries([{ day: 1.5, price: 1 }]), RangeError);
});
