import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cellOf,
  GRADE_COUNTS,
  GRID,
  type GradedItem,
  type GradedRows,
  LARGEST_SIZE,
  MONOTONE_AXES,
  placeOf,
  stepOfSize,
  supportCounts,
} from './grade-grid.ts';
import { distinctItems, type PricedItem, priceGradedItem, trainGradedModel } from './graded-model.ts';
import { readGradedModel, writeGradedModel } from './graded-model-file.ts';
import { splitRows } from './holdout-split.ts';
import { countFalls } from './isotonic.ts';
import { ModelFileError, writeModelFile } from './model-file.ts';
import { normalQuantile } from './normal-quantile.ts';
import { meanAbsolutePercentageError } from './scoring.ts';
import { seededGenerator } from './seeded-generator.ts';

/** Items of which a larger or better one costs more, but for noise of 8%. */
function rowsFrom(count: number, seed: number): GradedRows {
  const { next, below } = seededGenerator(seed);
  const sizes = Float64Array.from({ length: count }, () => Math.round(30 + 170 * next()) / 100);
  const column = (grades: number): Uint8Array => Uint8Array.from({ length: count }, () => below(grades));
  const grades = [column(GRADE_COUNTS[0]), column(GRADE_COUNTS[1]), column(GRADE_COUNTS[2])] as const;
  const prices = sizes.map((size, row) => {
    const quality = 0.03 * grades[0][row]! + 0.08 * grades[1][row]! + 0.1 * grades[2][row]!;
    const noise = 0.08 * normalQuantile(Math.min(Math.max(next(), 1e-6), 1 - 1e-6));
    return Math.exp(7 + 1.7 * Math.log(size) + quality + noise);
  });
  return { sizes, grades: [...grades], prices };
}

const ROWS = rowsFrom(4000, 1);
const TRAINING = { seed: 1, withBands: true, trees: 80 };
const MODEL = trainGradedModel(ROWS, TRAINING);

test('nothing falls anywhere on the grid, neither prices nor bounds', () => {
  assert.ok(MODEL.bands !== null);
  for (const grid of [MODEL.logPrices, ...Object.values(MODEL.bands)]) {
    assert.equal(countFalls(grid, GRID, MONOTONE_AXES), 0);
  }
});

test('fresh rows are priced well, and the ranges hold as often as they say', () => {
  const fresh = rowsFrom(4000, 2);
  const answers = Array.from(fresh.sizes, (size, row): PricedItem => {
    const [first, second, third] = fresh.grades;
    return priceGradedItem(MODEL, { size, grades: [first[row]!, second[row]!, third[row]!] });
  });
  const error = meanAbsolutePercentageError(
    answers.map(({ price }) => price),
    fresh.prices,
  );
  assert.ok(error < 0.085, `${error}`);
  const share = (level: 90 | 95): number => {
    const inside = answers.filter(({ bounds }, row) => {
      const price = fresh.prices[row]!;
      return bounds![`lower${level}`] <= price && price <= bounds![`upper${level}`];
    });
    return inside.length / answers.length;
  };
  assert.ok(share(90) > 0.88 && share(90) < 0.95, `${share(90)}`);
  assert.ok(share(95) > 0.935 && share(95) < 0.985, `${share(95)}`);
});

test('bounds contain the price and each other', () => {
  for (const size of [0.1, 0.25, 1, 1.234, 3, LARGEST_SIZE]) {
    const { price, bounds } = priceGradedItem(MODEL, { size, grades: [2, 3, 4] });
    assert.ok(bounds!.lower90 <= price && price <= bounds!.upper90);
    assert.ok(bounds!.lower95 <= price && price <= bounds!.upper95);
  }
});

test('a price between two sizes lies between their prices', () => {
  const at = (size: number): number => priceGradedItem(MODEL, { size, grades: [4, 6, 7] }).price;
  for (let size = 0.3; size < 2; size += 0.0137) assert.ok(at(size) <= at(size + 0.004));
});

test('places without rows are flagged and have wider ranges', () => {
  const width = ({ bounds }: PricedItem): number => bounds!.upper90 / bounds!.lower90;
  const inside = priceGradedItem(MODEL, { size: 1, grades: [2, 3, 4] });
  const far = priceGradedItem(MODEL, { size: 4.5, grades: [2, 3, 4] });
  assert.ok(!inside.extrapolated && inside.support > 0);
  assert.ok(far.extrapolated && far.support === 0);
  assert.ok(width(far) > width(inside));
});

test('below the grid the price per size stays, and worse grades cost less', () => {
  const smallest = priceGradedItem(MODEL, { size: 0.2, grades: [2, 3, 4] });
  const smaller = priceGradedItem(MODEL, { size: 0.1, grades: [2, 3, 4] });
  assert.ok(Math.abs(smaller.price / smallest.price - 0.5) < 1e-6);
  assert.ok(smaller.extrapolated);
  const prices = [-2, -1, 0, 7, 8].map((grade) => priceGradedItem(MODEL, { size: 1, grades: [2, 3, grade] }));
  prices.forEach(({ price, extrapolated }, i) => {
    assert.ok(i === 0 || price > prices[i - 1]!.price);
    assert.equal(extrapolated, i !== 2 && i !== 3);
  });
});

test('steps that were assumed do not make up for each other: each widens the range', () => {
  const width = (item: GradedItem): number => {
    const { bounds } = priceGradedItem(MODEL, item);
    return Math.log(bounds!.upper90 / bounds!.lower90);
  };
  const plain = width({ size: 1, grades: [2, 0, 7] });
  // One colour worse by 8%, one clarity better by 5%.
  assert.ok(Math.abs(width({ size: 1, grades: [2, -1, 7] }) - plain - 0.08) < 1e-6);
  assert.ok(Math.abs(width({ size: 1, grades: [2, -1, 8] }) - plain - 0.13) < 1e-6);
});

test('the same rows and seed give the same bytes; the file comes back', () => {
  const points = { seed: 3, withBands: false, trees: 10 };
  const file = writeGradedModel(trainGradedModel(ROWS, points));
  assert.deepEqual(writeGradedModel(trainGradedModel(ROWS, points)), file);
  const whole = writeGradedModel(MODEL);
  assert.ok(whole.length <= 3_000_000);
  assert.deepEqual(readGradedModel(whole), MODEL);
});

test('a file with falling or endless prices, or of another type, is refused', () => {
  const broken = (change: (prices: Float32Array) => void): Uint8Array => {
    const logPrices = Float32Array.from(MODEL.logPrices);
    change(logPrices);
    return writeGradedModel({ ...MODEL, logPrices });
  };
  assert.throws(() => readGradedModel(broken((prices) => prices.fill(99, 0, 10))), /fall/);
  assert.throws(() => readGradedModel(broken((prices) => prices.fill(Number.NaN))), /not finite/);
  assert.throws(() => readGradedModel(broken((prices) => prices.fill(99))), /outside their range/);
  assert.throws(() => readGradedModel(writeModelFile('graded-grid-1', {})), ModelFileError);
  assert.throws(() => readGradedModel(writeModelFile('other', {})), ModelFileError);
});

test('training reports each tree of all parts and can be stopped', () => {
  const seen: number[] = [];
  const afterTree = (done: number, total: number): void => {
    assert.equal(total, 20);
    seen.push(done);
    if (done === 4) throw new Error('cancelled');
  };
  assert.throws(
    () => trainGradedModel(ROWS, { seed: 1, withBands: false, trees: 10, afterTree }),
    /cancelled/,
  );
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test('few rows are enough', () => {
  const model = trainGradedModel(rowsFrom(50, 4), { seed: 1, withBands: false, trees: 20 });
  assert.ok(priceGradedItem(model, { size: 1, grades: [2, 3, 4] }).price > 0);
});

test('equal items are collapsed to their mean log price', () => {
  const rows: GradedRows = {
    sizes: Float64Array.of(1, 1, 1.01),
    grades: [Uint8Array.of(1, 1, 1), Uint8Array.of(2, 2, 2), Uint8Array.of(3, 3, 3)],
    prices: Float64Array.of(100, 400, 300),
  };
  const distinct = distinctItems(rows);
  assert.deepEqual([...distinct.counts], [2, 1]);
  assert.deepEqual([...distinct.itemOfRow], [0, 0, 1]);
  assert.ok(Math.abs(Math.exp(distinct.means[0]!) - 200) < 1e-9);
});

test('support counts neighbours in grade and size', () => {
  const rows: GradedRows = {
    sizes: Float64Array.of(1),
    grades: [Uint8Array.of(2), Uint8Array.of(3), Uint8Array.of(4)],
    prices: Float64Array.of(100),
  };
  const support = supportCounts(rows);
  assert.equal(support[cellOf(2, 3, 4, stepOfSize(1))], 1);
  assert.equal(support[cellOf(1, 4, 3, stepOfSize(1.04))], 1);
  assert.equal(support[cellOf(0, 3, 4, stepOfSize(1))], 0);
  assert.equal(support[cellOf(2, 3, 4, stepOfSize(1.2))], 0);
});

test('a split keeps equal rows together, and takes a fifth', () => {
  const rows = rowsFrom(3000, 5);
  const twice = (values: Float64Array): Float64Array => Float64Array.from([...values, ...values]);
  const both: GradedRows = {
    sizes: twice(rows.sizes),
    grades: rows.grades.map((column) =>
      Uint8Array.from([...column, ...column]),
    ) as unknown as GradedRows['grades'],
    prices: twice(rows.prices),
  };
  const { train, test: held } = splitRows(both, 1, true);
  assert.ok(Math.abs(held.length / 6000 - 0.2) < 0.01);
  const heldRows = new Set(held);
  assert.ok([...train].every((row) => !heldRows.has((row + 3000) % 6000)));
  assert.deepEqual(splitRows(both, 1, true), { train, test: held });
  assert.notDeepEqual(splitRows(both, 2, true).test, held);
});

test('NaN, infinities, 0, negative and too large values are refused', () => {
  for (const size of [Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 5.02]) {
    assert.throws(() => placeOf({ size, grades: [0, 0, 0] }), RangeError, `${size}`);
  }
  for (const grade of [Number.NaN, 0.5, -4, 11]) {
    assert.throws(() => placeOf({ size: 1, grades: [0, 0, grade] }), RangeError, `${grade}`);
  }
  const withFirst = (change: Partial<GradedRows>): GradedRows => ({ ...ROWS, ...change });
  const bad = (values: Float64Array, value: number): Float64Array =>
    values.map((old, row) => (row === 0 ? value : old));
  for (const value of [Number.NaN, 0, -5, Number.POSITIVE_INFINITY]) {
    assert.throws(
      () => trainGradedModel(withFirst({ prices: bad(ROWS.prices, value) }), TRAINING),
      RangeError,
    );
    assert.throws(() => trainGradedModel(withFirst({ sizes: bad(ROWS.sizes, value) }), TRAINING), RangeError);
  }
  const grades = [ROWS.grades[0].map(() => 5), ROWS.grades[1], ROWS.grades[2]] as const;
  assert.throws(() => trainGradedModel(withFirst({ grades: [...grades] }), TRAINING), RangeError);
});
