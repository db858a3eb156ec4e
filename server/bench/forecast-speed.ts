// How the models for stones do on time: training, answering, and what training in a worker does to the event loop.

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { priceGradedItem, trainGradedModel } from '../src/ml/graded-model.ts';
import { writeGradedModel, writeMeasuredModel } from '../src/ml/graded-model-file.ts';
import {
  type MeasuredItem,
  type MeasuredRows,
  measuredPricer,
  rowsOfMeasured,
  trainMeasuredModel,
} from '../src/ml/measured-model.ts';
import { seededGenerator } from '../src/ml/seeded-generator.ts';
import { type ForecastReport, timeCalls } from './forecast-report.ts';
import { itemsOf, TRAINING_SEED } from './forecast-stones.ts';

/** Never reached: the index lies within the list. */
const NO_ITEM: MeasuredItem = {
  size: 1,
  grades: [0, 0, 0],
  measures: { depth: null, table: null, x: null, y: null, z: null },
};
const MANY_ROWS = 500_000;

/** Prints the rows about time. `quick` leaves out the 500,000 rows. */
export async function reportSpeed(report: ForecastReport, rows: MeasuredRows, quick: boolean): Promise<void> {
  report.heading(
    'Stones: time on this machine (trainings in CPU time: what they take where nothing else runs)',
  );
  const items = itemsOf(rows);
  const itemAt = (index: number): MeasuredItem => items[(index * 7919) % items.length] ?? NO_ITEM;
  const train = { seed: TRAINING_SEED, withBands: false };
  timeTraining(report, 'retrain 4Cs, all rows, points', 10, () => trainGradedModel(rows, train));
  timeTraining(report, 'retrain all, all rows, points', 15, () => trainMeasuredModel(rows, train));
  const graded = timeTraining(report, 'retrain 4Cs, all rows, with bands', 40, () =>
    trainGradedModel(rows, { ...train, withBands: true }),
  );
  const gradedCalls = timeCalls((index) => priceGradedItem(graded, itemAt(index)));
  const inMicroseconds = (time: number): number => time * 1000;
  report.atMost(
    'predict 4Cs p99, with bounds',
    inMicroseconds(gradedCalls.best),
    5,
    2,
    ' us',
    `median ${inMicroseconds(gradedCalls.median).toFixed(2)} us`,
  );
  const measured = timeTraining(report, 'retrain all, all rows, with bands', 120, () =>
    trainMeasuredModel(rows, { ...train, withBands: true }),
  );
  const price = measuredPricer(measured);
  const measuredCalls = timeCalls((index) => price(itemAt(index)));
  const middle = `median ${measuredCalls.median.toFixed(3)} ms`;
  report.atMost('predict all p99, with bounds', measuredCalls.best, 0.15, 3, ' ms', middle);
  const sizes = [writeGradedModel(graded), writeMeasuredModel(measured)].map((file) => file.length / 1e6);
  report.atMost('model file 4Cs, with bands', sizes[0] ?? 0, 3, 2, ' MB', `all: ${sizes[1]?.toFixed(2)} MB`);
  await reportEventLoop(report);
  if (quick) {
    report.notRun('retrain 500,000 rows, 4Cs / all', '<= 15 / 120 s', '--quick');
    return;
  }
  const many = manyRows(rows);
  timeTraining(report, 'retrain 4Cs, 500,000 rows, points', 15, () => trainGradedModel(many, train));
  timeTraining(report, 'retrain all, 500,000 rows, points', 120, () => trainMeasuredModel(many, train));
}

async function reportEventLoop(report: ForecastReport): Promise<void> {
  const quiet = await delayWhile(() => sleep(4000));
  for (const model of ['graded', 'measured']) {
    const busy = await delayWhile(() => trainInWorker(model));
    const goal = Math.max(2 * quiet, 50);
    const name = model === 'graded' ? '4Cs' : 'all';
    report.atMost(
      `event loop delay p99 while training ${name} in a worker`,
      busy,
      round(goal),
      1,
      ' ms',
      `quiet ${quiet.toFixed(1)} ms`,
    );
  }
}

/** 99% of the delays of the event loop while something goes on, in milliseconds over the timer's 10. */
async function delayWhile(work: () => Promise<unknown>): Promise<number> {
  const resolution = 10;
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  await work();
  histogram.disable();
  return Math.max(0, histogram.percentile(99) / 1e6 - resolution);
}

function trainInWorker(model: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('forecast-training-worker.ts', import.meta.url), { workerData: model });
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
}

/** The rows again and again up to 500,000, with prices and sizes a little moved so that they differ. */
function manyRows(rows: MeasuredRows): MeasuredRows {
  const { next } = seededGenerator(TRAINING_SEED);
  const many = rowsOfMeasured(
    rows,
    Uint32Array.from({ length: MANY_ROWS }, (_, row) => row % rows.sizes.length),
  );
  return { ...many, prices: many.prices.map((price) => price * (1 + 0.04 * (next() - 0.5))) };
}

/** CPU time is judged: on a busy machine the clock on the wall measures the others. */
function timeTraining<T>(report: ForecastReport, figure: string, most: number, work: () => T): T {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  const wall = `${((performance.now() - started) / 1000).toFixed(1)} s by the clock`;
  report.atMost(figure, (user + system) / 1e6, most, 1, ' s', wall);
  return result;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
