// Quality of both models for stones on rows that they have not seen, with ranges and monotonicity.

import { BUCKET_COUNT, bucketOf } from '../src/ml/conformal.ts';
import { GRADE_COUNTS, GRID, MONOTONE_AXES } from '../src/ml/grade-grid.ts';
import {
  type GradedModel,
  type PricedItem,
  priceGradedItem,
  trainGradedModel,
} from '../src/ml/graded-model.ts';
import { splitRows } from '../src/ml/holdout-split.ts';
import { countFalls } from '../src/ml/isotonic.ts';
import {
  type MeasuredItem,
  type MeasuredPricer,
  type MeasuredRows,
  measuredPricer,
  rowsOfMeasured,
  trainMeasuredModel,
} from '../src/ml/measured-model.ts';
import { determination, meanAbsolutePercentageError, rootMeanSquareError } from '../src/ml/scoring.ts';
import type { ForecastReport } from './forecast-report.ts';

/** Seed of the training itself; the seeds of the splits are 1 to 5. */
export const TRAINING_SEED = 1;
const BUCKET_NAMES = ['< .3', '.3', '.5', '.7', '1', '1.5', '2+'];

type Goals = {
  readonly name: string;
  readonly random: readonly [number, number, number];
  readonly grouped: readonly [number, number];
  readonly widths: readonly [number, number];
  readonly anchor: string;
};
const GRADED_GOALS: Goals = {
  name: '4Cs',
  random: [550, 7.7, 0.981],
  grouped: [545, 7.9],
  widths: [31.5, 38.5],
  anchor: 'LightGBM 546.6',
};
const MEASURED_GOALS: Goals = {
  name: 'all',
  random: [515, 5.8, 0.983],
  grouped: [510, 5.9],
  widths: [25.5, 33],
  anchor: 'LightGBM 523.6',
};

/** What one model did over all seeds of one split. */
class Tally {
  readonly rmse: number[] = [];
  readonly mape: number[] = [];
  readonly r2: number[] = [];
  readonly seen = new Float64Array(BUCKET_COUNT);
  readonly inside = { 90: new Float64Array(BUCKET_COUNT), 95: new Float64Array(BUCKET_COUNT) };
  readonly width = { 90: 0, 95: 0 };

  add(rows: MeasuredRows, answers: readonly PricedItem[]): void {
    const predicted = answers.map(({ price }) => price);
    this.rmse.push(rootMeanSquareError(predicted, rows.prices));
    this.mape.push(100 * meanAbsolutePercentageError(predicted, rows.prices));
    this.r2.push(determination(predicted, rows.prices));
    answers.forEach((answer, row) => {
      this.addRange(answer, rows.sizes[row] ?? 0, rows.prices[row] ?? 0);
    });
  }

  private addRange({ price, bounds }: PricedItem, size: number, actual: number): void {
    if (bounds === null) return;
    const bucket = bucketOf(size);
    increase(this.seen, bucket, 1);
    increase(this.inside[90], bucket, bounds.lower90 <= actual && actual <= bounds.upper90 ? 1 : 0);
    increase(this.inside[95], bucket, bounds.lower95 <= actual && actual <= bounds.upper95 ? 1 : 0);
    this.width[90] += (bounds.upper90 - bounds.lower90) / price;
    this.width[95] += (bounds.upper95 - bounds.lower95) / price;
  }
}

/** The splits of one model, and how often a price or bound fell where it must not. */
type Outcome = {
  readonly random: Tally;
  readonly grouped: Tally;
  readonly loose: Tally;
  falls: number;
};
/** Trains on some rows; answers for items, and counts falls. */
type Trial = (
  train: MeasuredRows,
  withBands: boolean,
) => {
  readonly price: (item: MeasuredItem) => PricedItem;
  readonly falls: (items: readonly MeasuredItem[]) => number;
};
/** How rows are held back; ranges are looked at where no twin of a row was seen. */
const SPLITS = [
  { name: 'random', grouped: false, stratified: true, withBands: false },
  { name: 'grouped', grouped: true, stratified: true, withBands: true },
  { name: 'loose', grouped: true, stratified: false, withBands: false },
] as const;

/** Prints accuracy, ranges and monotonicity, for splits with each of `seeds`. */
export function reportStones(
  report: ForecastReport,
  rows: MeasuredRows,
  seeds: readonly number[],
  models: readonly ('4c' | 'all')[],
): void {
  console.log(`\nsplits 80/20 with seeds ${seeds.join(', ')}; training seed ${TRAINING_SEED}`);
  console.log('random: rows drawn within each price decile x carat decile, points only');
  console.log('group: the same for groups of equal 4Cs and price, which stay on one side; with ranges');
  console.log('loose: groups drawn from all alike, points only: the dearest stones fall as they may');
  if (models.includes('4c')) {
    const outcome = tryModel(rows, seeds, '4Cs', tryGraded);
    reportModel(report, GRADED_GOALS, outcome);
    report.atMost('4Cs falls in carat, colour, clarity: all grids', outcome.falls, 0, 0);
  }
  if (models.includes('all')) {
    const outcome = tryModel(rows, seeds, 'all', tryMeasured);
    reportModel(report, MEASURED_GOALS, outcome);
    report.atMost('all falls in colour, clarity: 200 stones a split', outcome.falls, 0, 0);
  }
}

const tryGraded: Trial = (train, withBands) => {
  const model = trainGradedModel(train, { seed: TRAINING_SEED, withBands });
  return { price: (item) => priceGradedItem(model, item), falls: () => fallsOfGrid(model) };
};

const tryMeasured: Trial = (train, withBands) => {
  const price = measuredPricer(trainMeasuredModel(train, { seed: TRAINING_SEED, withBands }));
  return { price, falls: (items) => fallsOfGrades(price, items.slice(0, 200)) };
};

function tryModel(rows: MeasuredRows, seeds: readonly number[], name: string, trial: Trial): Outcome {
  const outcome: Outcome = { random: new Tally(), grouped: new Tally(), loose: new Tally(), falls: 0 };
  for (const split of SPLITS) {
    const tally = outcome[split.name];
    for (const seed of seeds) {
      const { train, test } = splitRows(rows, seed, split.grouped, split.stratified);
      const held = rowsOfMeasured(rows, test);
      const items = itemsOf(held);
      const { price, falls } = trial(rowsOfMeasured(rows, train), split.withBands);
      tally.add(held, items.map(price));
      if (split.withBands) outcome.falls += falls(items);
      console.log(`  ${name} ${split.name} split ${seed}: RMSE ${tally.rmse.at(-1)?.toFixed(1)}`);
    }
  }
  return outcome;
}

/** The items of some rows. */
export function itemsOf({ sizes, grades, measures }: MeasuredRows): MeasuredItem[] {
  const at = (values: ArrayLike<number>, row: number): number => values[row] ?? 0;
  return Array.from(sizes, (size, row) => ({
    size,
    grades: [at(grades[0], row), at(grades[1], row), at(grades[2], row)],
    measures: {
      depth: at(measures.depth, row),
      table: at(measures.table, row),
      x: at(measures.x, row),
      y: at(measures.y, row),
      z: at(measures.z, row),
    },
  }));
}

function reportModel(report: ForecastReport, goals: Goals, { random, grouped, loose }: Outcome): void {
  const { name, anchor } = goals;
  report.heading(`Stones, ${name} (means over the seeds; coverage pooled)`);
  const seeds = (values: readonly number[]): string => `${anchor}; by seed ${listed(values)}`;
  report.atMost(`${name} random RMSE`, mean(random.rmse), goals.random[0], 1, '', seeds(random.rmse));
  report.atMost(`${name} random MAPE`, mean(random.mape), goals.random[1], 2, '%');
  report.atLeast(`${name} random R2`, mean(random.r2), goals.random[2], 4);
  report.atMost(`${name} group RMSE`, mean(grouped.rmse), goals.grouped[0], 1, '', seeds(grouped.rmse));
  report.atMost(`${name} group MAPE`, mean(grouped.mape), goals.grouped[1], 2, '%');
  const error = deviation(loose.rmse) / Math.sqrt(loose.rmse.length);
  report.add({
    figure: `${name} loose group RMSE`,
    goal: '',
    got: `${mean(loose.rmse).toFixed(1)} +- ${error.toFixed(1)}`,
    anchor: `not judged: the splits differ by more than models do; by seed ${listed(loose.rmse)}`,
    met: null,
  });
  reportRange(report, `${name} group`, grouped, 90, [90, 92, 88], goals.widths[0]);
  reportRange(report, `${name} group`, grouped, 95, [95, 96.5, 94], goals.widths[1]);
}

function reportRange(
  report: ForecastReport,
  name: string,
  tally: Tally,
  level: 90 | 95,
  [least, most, leastInBucket]: readonly [number, number, number],
  width: number,
): void {
  const inside = tally.inside[level];
  const seen = sum(tally.seen);
  report.between(`${name} coverage at ${level}`, (100 * sum(inside)) / seen, least, most, 2, '%');
  const buckets = Array.from(inside, (count, bucket) => (100 * count) / (tally.seen[bucket] ?? 1));
  const shown = buckets.map((share, bucket) => `${BUCKET_NAMES[bucket]}: ${share.toFixed(1)}`).join('  ');
  report.atLeast(
    `${name} smallest carat bucket at ${level}`,
    Math.min(...buckets),
    leastInBucket,
    2,
    '%',
    shown,
  );
  report.atMost(`${name} mean relative width at ${level}`, (100 * tally.width[level]) / seen, width, 2, '%');
}

function fallsOfGrid({ logPrices, bands }: GradedModel): number {
  const grids = [logPrices, ...(bands === null ? [] : Object.values(bands))];
  return sum(grids.map((grid) => countFalls(grid, GRID, MONOTONE_AXES)));
}

/** Falls over all colours and clarities of some stones, of the price and of each bound. */
function fallsOfGrades(price: MeasuredPricer, items: readonly MeasuredItem[]): number {
  const [, second, third] = GRADE_COUNTS;
  let falls = 0;
  for (const item of items) {
    const answers = Array.from({ length: second * third }, (_, cell) =>
      price({ ...item, grades: [item.grades[0], Math.floor(cell / third), cell % third] }),
    );
    const surfaces = [
      answers.map((answer) => answer.price),
      answers.map(({ bounds }) => bounds?.lower90 ?? 0),
      answers.map(({ bounds }) => bounds?.upper90 ?? 0),
      answers.map(({ bounds }) => bounds?.lower95 ?? 0),
      answers.map(({ bounds }) => bounds?.upper95 ?? 0),
    ];
    for (const surface of surfaces) falls += countFalls(surface, [second, third], [0, 1]);
  }
  return falls;
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** Standard deviation of one value. */
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / Math.max(1, values.length - 1));
}

function listed(values: readonly number[]): string {
  return values.map((value) => value.toFixed(0)).join(' ');
}

function increase(values: Float64Array, index: number, by: number): void {
  values[index] = (values[index] ?? 0) + by;
}
