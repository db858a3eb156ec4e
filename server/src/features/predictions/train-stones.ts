// Learns the prices of stones. Runs in the training thread; knows no store.

import { LARGEST_SIZE } from '../../ml/grade-grid.ts';
import {
  type GradedTraining,
  type PricedItem,
  priceGradedItem,
  trainGradedModel,
} from '../../ml/graded-model.ts';
import {
  readGradedModel,
  readMeasuredModel,
  writeGradedModel,
  writeMeasuredModel,
} from '../../ml/graded-model-file.ts';
import { splitRows } from '../../ml/holdout-split.ts';
import {
  type MeasuredItem,
  type MeasuredRows,
  measuredPricer,
  rowsOfMeasured,
  trainMeasuredModel,
} from '../../ml/measured-model.ts';
import {
  coverage,
  determination,
  meanAbsolutePercentageError,
  rootMeanSquareError,
} from '../../ml/scoring.ts';
import type { TrainedFile } from './train-series.ts';

/** How thoroughly; tests take few trees and no ranges. */
export interface StoneTraining {
  seed: number;
  withBands: boolean;
  /** Whether the ranges are tried on stones held back, too; takes twice as long. */
  withTriedBands?: boolean;
  trees?: number;
}
export const FULL_TRAINING: StoneTraining = { seed: 1, withBands: true };

/** Stones held back are split off with this seed, twins on one side. */
const SPLIT_SEED = 1;
/** Worse than this on stones held back (1 is perfect, 0 the mean price), and the model is not fit to serve. */
const LEAST_R2 = -1;

type Progress = (share: number) => void;
interface Kind<M> {
  name: 'diamond-4c' | 'diamond-measured';
  train: (rows: MeasuredRows, training: GradedTraining) => M;
  pricer: (model: M) => (item: MeasuredItem) => PricedItem;
  write: (model: M) => Uint8Array;
  /** Refuses what must not serve, such as a price that falls where it must not. */
  check: (file: Uint8Array) => unknown;
}

const GRADED = {
  name: 'diamond-4c',
  train: trainGradedModel,
  pricer: (model) => (item) => priceGradedItem(model, item),
  write: writeGradedModel,
  check: readGradedModel,
} satisfies Kind<ReturnType<typeof trainGradedModel>>;
const MEASURED = {
  name: 'diamond-measured',
  train: trainMeasuredModel,
  pricer: measuredPricer,
  write: writeMeasuredModel,
  check: readMeasuredModel,
} satisfies Kind<ReturnType<typeof trainMeasuredModel>>;

export function trainGradedStones(rows: MeasuredRows, training: StoneTraining, done: Progress): TrainedFile {
  return trainKind(GRADED, rows, training, done);
}

export function trainMeasuredStones(
  rows: MeasuredRows,
  training: StoneTraining,
  done: Progress,
): TrainedFile {
  return trainKind(MEASURED, rows, training, done);
}

/** First on four fifths of the stones, to see how it does on the rest; then on all, which is what serves. */
function trainKind<M>(
  kind: Kind<M>,
  rows: MeasuredRows,
  training: StoneTraining,
  done: Progress,
): TrainedFile {
  const { train, test } = splitRows(rows, SPLIT_SEED, true);
  const points = { ...training, withBands: training.withTriedBands ?? false };
  const trial = training.withBands ? 0.15 : 0.5;
  const candidate = kind.train(rowsOfMeasured(rows, train), {
    ...points,
    afterTree: (tree, of) => done((trial * tree) / of),
  });
  const metrics = metricsOf(kind.pricer(candidate), rowsOfMeasured(rows, test), rows.sizes.length);
  if (!Object.values(metrics).every(Number.isFinite) || (metrics.r2_score ?? 0) < LEAST_R2) {
    throw new Error(`${kind.name} is not fit to serve: on stones held back its R2 is ${metrics.r2_score}`);
  }
  const model = kind.train(rows, {
    ...training,
    afterTree: (tree, of) => done(trial + ((1 - trial) * tree) / of),
  });
  const file = kind.write(model);
  kind.check(file);
  return { name: kind.name, file, dataPoints: rows.sizes.length, isReference: false, metrics };
}

function metricsOf(
  price: (item: MeasuredItem) => PricedItem,
  held: MeasuredRows,
  rows: number,
): Record<string, number> {
  const fitting = Array.from(held.sizes.keys()).filter((row) => (held.sizes[row] as number) <= LARGEST_SIZE);
  if (fitting.length === 0) return { data_points: rows };
  const answers = fitting.map((row) => price(itemOf(held, row)));
  const predicted = answers.map((answer) => answer.price);
  const actual = fitting.map((row) => held.prices[row] as number);
  const errors = predicted.map((value, at) => Math.abs(value - (actual[at] as number)));
  return {
    // Of stones that all cost the same there is nothing to explain.
    ...(new Set(actual).size > 1 ? { r2_score: determination(predicted, actual) } : {}),
    rmse: rootMeanSquareError(predicted, actual),
    mae: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    mape: 100 * meanAbsolutePercentageError(predicted, actual),
    ...coverageOf(answers, actual),
    held_back: actual.length,
    data_points: rows,
  };
}

function coverageOf(answers: readonly PricedItem[], actual: readonly number[]): Record<string, number> {
  const bounds = answers.flatMap((answer) => answer.bounds ?? []);
  if (bounds.length < answers.length) return {};
  const side = (name: keyof (typeof bounds)[number]): number[] => bounds.map((bound) => bound[name]);
  return {
    coverage_90: coverage(side('lower90'), side('upper90'), actual),
    coverage_95: coverage(side('lower95'), side('upper95'), actual),
  };
}

function itemOf({ sizes, grades, measures }: MeasuredRows, row: number): MeasuredItem {
  const known = (values: Float64Array): number | null => values[row] || null;
  return {
    size: sizes[row] as number,
    grades: [grades[0][row] as number, grades[1][row] as number, grades[2][row] as number],
    measures: {
      depth: known(measures.depth),
      table: known(measures.table),
      x: known(measures.x),
      y: known(measures.y),
      z: known(measures.z),
    },
  };
}
