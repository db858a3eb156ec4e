import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GRADE_COUNTS } from './grade-grid.ts';
import { readMeasuredModel, writeMeasuredModel } from './graded-model-file.ts';
import { countFalls } from './isotonic.ts';
import {
  type MeasuredItem,
  type MeasuredRows,
  measuredPricer,
  rowsOfMeasured,
  trainMeasuredModel,
} from './measured-model.ts';
import { MEASURE_FEATURES, measureFeatures } from './measures.ts';
import { writeModelFile } from './model-file.ts';
import { seededGenerator } from './seeded-generator.ts';

/** Items whose price also depends on how wide they look for their size. */
function rowsFrom(count: number, seed: number): MeasuredRows {
  const { next, below } = seededGenerator(seed);
  const column = (make: () => number): Float64Array => Float64Array.from({ length: count }, make);
  const ordinals = (grades: number): Uint8Array => Uint8Array.from({ length: count }, () => below(grades));
  const sizes = column(() => Math.round(30 + 170 * next()) / 100);
  const depth = column(() => 60 + 4 * next());
  const x = sizes.map((size, row) => 6.42 * Math.cbrt(size) * (1 - 0.01 * (depth[row]! - 62)));
  const z = x.map((length, row) => (length * depth[row]!) / 100);
  const grades: MeasuredRows['grades'] = [
    ordinals(GRADE_COUNTS[0]),
    ordinals(GRADE_COUNTS[1]),
    ordinals(GRADE_COUNTS[2]),
  ];
  const prices = sizes.map((size, row) => {
    const quality = 0.08 * grades[1][row]! + 0.1 * grades[2][row]! - 0.05 * (depth[row]! - 62);
    return Math.exp(7 + 1.7 * Math.log(size) + quality + 0.1 * (next() - 0.5));
  });
  return { sizes, grades, prices, measures: { depth, table: column(() => 55 + 4 * next()), x, y: x, z } };
}

const ROWS = rowsFrom(3000, 1);
const TRAINING = { seed: 1, withBands: true, trees: 60 };
const MODEL = trainMeasuredModel(ROWS, TRAINING);
const ITEM: MeasuredItem = {
  size: 1,
  grades: [2, 3, 4],
  measures: { depth: 62, table: 57, x: 6.42, y: 6.42, z: 3.98 },
};

test('a better grade is never cheaper, whatever the measures; nor are its bounds', () => {
  const price = measuredPricer(MODEL);
  const [, second, third] = GRADE_COUNTS;
  for (const size of [0.1, 0.5, 1, 1.7, 4]) {
    const answers = Array.from({ length: second * third }, (_, cell) =>
      price({ ...ITEM, size, grades: [1, Math.floor(cell / third), cell % third] }),
    );
    const surfaces = [
      answers.map((answer) => answer.price),
      answers.map((answer) => answer.bounds!.lower90),
      answers.map((answer) => answer.bounds!.upper95),
    ];
    for (const surface of surfaces) assert.equal(countFalls(surface, [second, third], [0, 1]), 0);
    assert.ok(answers.every(({ price: p, bounds }) => bounds!.lower90 <= p && p <= bounds!.upper90));
  }
});

test('measures change the price; impossible and unknown ones do not', () => {
  const price = measuredPricer(MODEL);
  const deep = { depth: 64, table: 57, x: 6.29, y: 6.29, z: 4.03 };
  assert.ok(price({ ...ITEM, measures: deep }).price < price(ITEM).price);
  const unknown = price({ ...ITEM, measures: { depth: 62, table: 57, x: null, y: null, z: null } });
  assert.ok(!unknown.measuresUsed && price(ITEM).measuresUsed);
  for (const x of [0, 58.9, -3, Number.NaN, Number.POSITIVE_INFINITY]) {
    const { price: got, measuresUsed } = price({ ...ITEM, measures: { ...ITEM.measures, x } });
    assert.equal(got, unknown.price);
    assert.ok(!measuresUsed);
  }
  // 6.2 in place of 62: the millimetres are right, and what was said is not what is priced.
  for (const wrong of [{ depth: 6.2 }, { depth: 90 }, { table: 5.7 }, { table: null }]) {
    assert.ok(!price({ ...ITEM, measures: { ...ITEM.measures, ...wrong } }).measuresUsed);
  }
});

test('features are finite for any measures', () => {
  const features = new Float64Array(MEASURE_FEATURES);
  for (const value of [null, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 61.5]) {
    measureFeatures(1, { depth: value, table: value, x: value, y: value, z: value }, features);
    assert.ok(features.every(Number.isFinite));
  }
});

test('the same rows and seed give the same bytes; the file comes back', () => {
  const file = writeMeasuredModel(MODEL);
  assert.deepEqual(writeMeasuredModel(trainMeasuredModel(ROWS, TRAINING)), file);
  const back = readMeasuredModel(file);
  assert.deepEqual(measuredPricer(back)(ITEM), measuredPricer(MODEL)(ITEM));
  assert.throws(
    () =>
      trainMeasuredModel(ROWS, {
        ...TRAINING,
        afterTree: () => {
          throw new Error('cancelled');
        },
      }),
    /cancelled/,
  );
});

test('trees that lead nowhere are refused', () => {
  const broken = (change: Partial<typeof MODEL.trees.nodes>): Uint8Array =>
    writeMeasuredModel({ ...MODEL, trees: { ...MODEL.trees, nodes: { ...MODEL.trees.nodes, ...change } } });
  const { nodes } = MODEL.trees;
  assert.throws(
    () => readMeasuredModel(broken({ leftChildren: nodes.leftChildren.map(() => 0) })),
    /nowhere/,
  );
  assert.throws(
    () => readMeasuredModel(broken({ leftChildren: nodes.leftChildren.map(() => 2 ** 31) })),
    /nowhere/,
  );
  assert.throws(() => readMeasuredModel(broken({ columns: nodes.columns.map(() => 99) })), /nowhere/);
  assert.throws(() => readMeasuredModel(broken({ values: nodes.values.map(() => Number.NaN) })), /nowhere/);
  assert.throws(() => readMeasuredModel(writeModelFile('graded-grid-1', {})), /not "measured-trees-1"/);
});

test('sizes and grades outside, and rows that are no rows, are refused', () => {
  const price = measuredPricer(MODEL);
  for (const size of [0, -1, 5.02, Number.NaN]) assert.throws(() => price({ ...ITEM, size }), RangeError);
  assert.throws(() => price({ ...ITEM, grades: [0, 0, 99] }), RangeError);
  const part = rowsOfMeasured(ROWS, Uint32Array.of(5, 6, 7));
  assert.equal(part.sizes[1], ROWS.sizes[6]);
  assert.throws(
    () => trainMeasuredModel({ ...part, prices: Float64Array.of(1, 0, 1) }, TRAINING),
    RangeError,
  );
});
