// Learns the price series of the metals. Runs in the training thread; knows no store.

import type { ModelName } from '../../domain/trained-model.ts';
import { scoreAt, type TrainedPriceModel, trainPriceModel } from '../../ml/backtest.ts';
import { beliefFrom, insanityOf, walkSeries } from '../../ml/price-forecast.ts';
import { writePriceModel } from '../../ml/price-model-file.ts';
import { cleanSeries, type PricePoint } from '../../ml/price-series.ts';
import { DEFAULT_BELIEF, type PriceBelief } from '../../ml/price-tracker.ts';
import { determination, meanAbsolutePercentageError, rootMeanSquareError } from '../../ml/scoring.ts';

import { REFERENCE_MODEL } from './reference-model.ts';

/** Series of rupees per gram of fine metal by day. `parity`: the open monthly series, the prior of gold. */
export interface SeriesTask {
  parity: PricePoint[];
  series: { name: ModelName; isGold: boolean; points: PricePoint[] }[];
}
export interface TrainedFile {
  name: ModelName;
  file: Uint8Array;
  dataPoints: number;
  isReference: boolean;
  metrics: Record<string, number>;
}

/** Values before the first forecast that is scored. */
const FIRST_ORIGIN = 30;
const MONTHS_SCORED = [1, 3, 6, 12];
const DAYS_SCORED = [5, 21, 63];
/** A range said to hold 19 times in 20 must have held at least this often where there is enough to tell. */
const LEAST_COVERAGE_95 = 0.6;
const ENOUGH_OUTCOMES = 20;

/**
 * One model a series, the open one first. A series that gives none that is fit to serve is named in `unfit`: its old
 * model goes on, and the others are brought all the same. Throws where the open one is not fit, or none is.
 */
export function trainAllSeries(
  { parity, series }: SeriesTask,
  done: (share: number) => void,
): { files: TrainedFile[]; unfit: string[] } {
  const files: TrainedFile[] = [];
  const unfit: string[] = [];
  const steps = series.length + 1;
  let belief: PriceBelief | null = null;
  if (parity.length > 0) {
    const reference = trainPriceModel(parity);
    belief = beliefFrom(reference.model, true);
    files.push(toFile(REFERENCE_MODEL, parity, reference, DEFAULT_BELIEF));
  }
  done(1 / steps);
  series.forEach(({ name, isGold, points }, index) => {
    const prior = (isGold ? belief : null) ?? DEFAULT_BELIEF;
    try {
      files.push(toFile(name, points, trainPriceModel(points, prior), prior));
    } catch (error) {
      unfit.push((error as Error).message);
    }
    done((index + 2) / steps);
  });
  if (files.length === 0 && unfit.length > 0) throw new Error(unfit.join('; '));
  return { files, unfit };
}

function toFile(
  name: ModelName,
  points: PricePoint[],
  trained: TrainedPriceModel,
  belief: PriceBelief,
): TrainedFile {
  refuseUnfit(name, trained);
  return {
    name,
    file: writePriceModel(trained),
    dataPoints: points.length,
    isReference: name === REFERENCE_MODEL,
    metrics: metricsOf(points, trained, belief),
  };
}

/** The backtest sees at each past day only what was known then, so all its outcomes were held back. */
export function refuseUnfit(name: ModelName, { model, scores }: TrainedPriceModel): void {
  const insanity = insanityOf(model);
  if (insanity !== null) throw new Error(`${name} is not fit to serve: ${insanity}`);
  for (const score of scores) {
    if (!Object.values(score).every(Number.isFinite)) {
      throw new Error(`${name} is not fit to serve: its record over ${score.steps} steps is no number`);
    }
    if (score.independent >= ENOUGH_OUTCOMES && score.coverage95 < LEAST_COVERAGE_95) {
      const held = Math.round(score.coverage95 * 100);
      throw new Error(
        `${name} is not fit to serve: its 95% range over ${score.steps} steps held ${held}% of the times`,
      );
    }
  }
}

/** Errors of the forecast of the next value, each made before the value was known; and the record further ahead. */
function metricsOf(
  points: PricePoint[],
  { scores, model }: TrainedPriceModel,
  belief: PriceBelief,
): Record<string, number> {
  const metrics: Record<string, number> = { data_points: points.length };
  const { days, logPrices } = cleanSeries(points);
  const predicted: number[] = [];
  const actual: number[] = [];
  walkSeries(days, logPrices, belief, ({ logPrice, drift }, index) => {
    const next = logPrices[index + 1];
    if (index + 1 < FIRST_ORIGIN || next === undefined) return;
    predicted.push(Math.exp(logPrice + drift));
    actual.push(Math.exp(next));
  });
  if (actual.length > 1) {
    metrics.r2_score = determination(predicted, actual);
    metrics.rmse = rootMeanSquareError(predicted, actual);
    metrics.mae = predicted.reduce((sum, price, at) => sum + Math.abs(price - (actual[at] as number)), 0);
    metrics.mae /= actual.length;
    metrics.mape = 100 * meanAbsolutePercentageError(predicted, actual);
  }
  const isMonthly = model.stepping.unit === 'observation';
  for (const steps of isMonthly ? MONTHS_SCORED : DAYS_SCORED) {
    const score = scoreAt(scores, steps);
    if (score.outcomes === 0) continue;
    const at = isMonthly ? `${steps}_months` : `${steps}_weekdays`;
    metrics[`coverage_80_at_${at}`] = score.coverage80;
    metrics[`error_beside_no_change_at_${at}`] = score.errorRatio;
    metrics[`independent_outcomes_at_${at}`] = score.independent;
  }
  for (const [name, value] of Object.entries(metrics)) if (!Number.isFinite(value)) delete metrics[name];
  return metrics;
}
