import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BinnedTable, binTable, binWithCuts } from './binning.ts';
import { type BoostingOptions, predictRow, predictTable, trainBoostedTrees } from './boosted-trees.ts';
import { SurfaceWalk } from './grade-surface.ts';
import { coverage, determination } from './scoring.ts';
import { seededGenerator } from './seeded-generator.ts';
import { weightedQuantile } from './weighted-quantile.ts';

const OPTIONS: BoostingOptions = {
  trees: 60,
  leaves: 8,
  rate: 0.2,
  subsample: 0.8,
  lambda: 1,
  leastLeafWeight: 5,
  loss: { kind: 'square' },
  seed: 1,
};

function sample(count: number, seed: number): { columns: Float64Array[]; targets: Float64Array } {
  const { next, below } = seededGenerator(seed);
  const columns = [
    Float64Array.from({ length: count }, next),
    Float64Array.from({ length: count }, () => below(4)),
    Float64Array.from({ length: count }, () => below(5)),
  ];
  const targets = Float64Array.from({ length: count }, (_, row) => {
    const [a, b, c] = columns.map((column) => column[row]!);
    return Math.sin(6 * a!) + 0.5 * b! + (a! > 0.5 ? 0.3 * c! : 0) + 0.2 * (next() - 0.5);
  });
  return { columns, targets };
}

/** All splits of the slow textbook kind: the best one for each leaf by trying every cut of every column. */
function naiveStump(table: BinnedTable, targets: Float64Array): number[] {
  const mean = targets.reduce((sum, target) => sum + target, 0) / targets.length;
  let best = { gain: 0, column: 0, bin: 0 };
  table.bins.forEach((bins, column) => {
    for (let bin = 0; bin < table.cuts[column]!.length; bin++) {
      const left = targets.filter((_, row) => bins[row]! <= bin).map((target) => target - mean);
      const right = targets.filter((_, row) => bins[row]! > bin).map((target) => target - mean);
      const sum = (side: Float64Array): number => side.reduce((total, value) => total + value, 0);
      const gain = sum(left) ** 2 / left.length + sum(right) ** 2 / right.length;
      if (gain > best.gain) best = { gain, column, bin };
    }
  });
  const bins = table.bins[best.column]!;
  return Array.from(targets, (_, row) => {
    const side = targets.filter((__, other) => bins[other]! <= best.bin === bins[row]! <= best.bin);
    return side.reduce((sum, target) => sum + target, 0) / side.length;
  });
}

test('the same seed gives the same bytes, another seed others', () => {
  const { columns, targets } = sample(800, 1);
  const table = binTable(columns);
  const bytes = (seed: number): Buffer => {
    const { nodes } = trainBoostedTrees(table, targets, null, { ...OPTIONS, seed });
    return Buffer.concat([nodes.columns, nodes.bins, Buffer.from(nodes.values.buffer)]);
  };
  assert.ok(bytes(1).equals(bytes(1)));
  assert.ok(!bytes(1).equals(bytes(2)));
});

test('one tree of two leaves equals the textbook', () => {
  const { columns, targets } = sample(60, 2);
  const table = binTable(columns);
  const model = trainBoostedTrees(table, targets, null, {
    ...OPTIONS,
    trees: 1,
    leaves: 2,
    rate: 1,
    subsample: 1,
    lambda: 0,
    leastLeafWeight: 1,
  });
  const expected = naiveStump(table, targets);
  predictTable(model, table).forEach((value, row) => {
    assert.ok(Math.abs(value - expected[row]!) < 1e-6);
  });
});

test('a weight of 3 equals three rows', () => {
  const { columns, targets } = sample(200, 3);
  const rows = Array.from({ length: 200 }, (_, row) => (row % 4 === 0 ? [row, row, row] : [row])).flat();
  const table = binTable(columns);
  const many = binWithCuts(
    columns.map((column) => Float64Array.from(rows, (row) => column[row]!)),
    table.cuts,
  );
  const options = { ...OPTIONS, trees: 10, subsample: 1 };
  const weights = targets.map((_, row) => (row % 4 === 0 ? 3 : 1));
  const weighted = trainBoostedTrees(table, targets, weights, options);
  const repeated = trainBoostedTrees(
    many,
    Float64Array.from(rows, (row) => targets[row]!),
    null,
    options,
  );
  const left = predictTable(weighted, table);
  const right = predictTable(repeated, table);
  left.forEach((value, row) => {
    assert.ok(Math.abs(value - right[row]!) < 1e-6);
  });
});

test('it beats the mean on rows that it has not seen', () => {
  const train = sample(2000, 4);
  const fresh = sample(1000, 5);
  const model = trainBoostedTrees(binTable(train.columns), train.targets, null, OPTIONS);
  const predicted = predictTable(model, binWithCuts(fresh.columns, model.cuts));
  assert.ok(determination(predicted, fresh.targets) > 0.95);
});

test('one row and the whole table are predicted alike', () => {
  const { columns, targets } = sample(300, 6);
  const model = trainBoostedTrees(binTable(columns), targets, null, OPTIONS);
  predictTable(model, binWithCuts(columns, model.cuts)).forEach((value, row) => {
    assert.equal(
      predictRow(
        model,
        columns.map((column) => column[row]!),
      ),
      value,
    );
  });
});

test('a walk over all grades equals a prediction for each', () => {
  const { columns, targets } = sample(600, 7);
  const model = trainBoostedTrees(binTable(columns), targets, null, OPTIONS);
  const walk = new SurfaceWalk(model, { column: 1, count: 4 }, { column: 2, count: 5 });
  const surface = new Float64Array(20);
  for (const size of [0, 0.3, 0.55, 0.9]) {
    const [first] = binWithCuts([Float64Array.of(size)], [model.cuts[0]!]).bins;
    walk.fill(Uint8Array.of(first![0]!, 0, 0), surface);
    surface.forEach((value, at) => {
      const expected = predictRow(model, [size, Math.floor(at / 5), at % 5]);
      assert.ok(Math.abs(value - expected) < 1e-9);
    });
  }
});

test('quantile loss covers what it says on fresh rows', () => {
  const train = sample(3000, 8);
  const fresh = sample(3000, 9);
  const bound = (level: number): Float64Array => {
    const options = { ...OPTIONS, leastLeafWeight: 30, loss: { kind: 'quantile', level } as const };
    const model = trainBoostedTrees(binTable(train.columns), train.targets, null, options);
    return predictTable(model, binWithCuts(fresh.columns, model.cuts));
  };
  const share = coverage(bound(0.1), bound(0.9), fresh.targets);
  assert.ok(Math.abs(share - 0.8) < 0.06, `${share}`);
});

test('it can be stopped between trees', () => {
  const { columns, targets } = sample(100, 10);
  const seen: number[] = [];
  const afterTree = (done: number): void => {
    seen.push(done);
    if (done === 3) throw new Error('cancelled');
  };
  assert.throws(
    () => trainBoostedTrees(binTable(columns), targets, null, { ...OPTIONS, afterTree }),
    /cancelled/,
  );
  assert.deepEqual(seen, [1, 2, 3]);
});

test('rows that cannot be split give the mean', () => {
  const table = binTable([Float64Array.of(1, 1, 1)]);
  const model = trainBoostedTrees(table, Float64Array.of(1, 2, 6), null, {
    ...OPTIONS,
    subsample: 1,
    lambda: 0,
  });
  predictTable(model, table).forEach((value) => {
    assert.ok(Math.abs(value - 3) < 1e-6);
  });
});

test('weighted quantiles', () => {
  assert.equal(weightedQuantile(Float64Array.of(3, 1, 2), Float64Array.of(1, 1, 1), 0.5), 2);
  assert.equal(weightedQuantile(Float64Array.of(3, 1, 2), Float64Array.of(8, 1, 1), 0.5), 3);
  assert.throws(() => weightedQuantile(new Float64Array(0), new Float64Array(0), 0.5), RangeError);
});

test('NaN, infinities, negative weights and bad options are refused', () => {
  const { columns, targets } = sample(50, 11);
  const table = binTable(columns);
  const bad = targets.map((target, row) => (row === 7 ? Number.NaN : target));
  assert.throws(() => trainBoostedTrees(table, bad, null, OPTIONS), RangeError);
  assert.throws(() => trainBoostedTrees(table, targets.subarray(1), null, OPTIONS), RangeError);
  assert.throws(
    () =>
      trainBoostedTrees(
        table,
        targets,
        targets.map(() => -1),
        OPTIONS,
      ),
    RangeError,
  );
  const refused: Partial<BoostingOptions>[] = [
    { trees: 0 },
    { leaves: 1 },
    { rate: 0 },
    { subsample: 1.1 },
    { lambda: -1 },
    { loss: { kind: 'quantile', level: 1 } },
  ];
  for (const change of refused) {
    assert.throws(() => trainBoostedTrees(table, targets, null, { ...OPTIONS, ...change }), RangeError);
  }
  const model = trainBoostedTrees(table, targets, null, OPTIONS);
  assert.throws(() => predictRow(model, [Number.NaN, 0, 0]), RangeError);
});
