// The forecast of one board series for one day: arithmetic on a serving series, in paise at the purity of the series.

import { accuracyAt, scoreAt } from '../../ml/backtest.ts';
import { anchorsAround, priceQuantilesAt, stepsOf, tablePositions } from '../../ml/price-forecast.ts';
import { weekdaysBetween } from '../../ml/price-series.ts';
import { dayNumber, finenessOf } from './series-source.ts';
import type { ServingSeries } from './serve-series.ts';

export interface PaiseRange {
  lower: number;
  upper: number;
}
export interface PriceForecast {
  medianPaise: number;
  range80: PaiseRange;
  range95: PaiseRange;
  lastPaise: number;
  /** 1 less the mean error as a share, and where that figure comes from. */
  accuracy: number;
  accuracyBasis: ReturnType<typeof accuracyAt>['basis'];
  /** From the record of the last training at this horizon; null without any outcome. */
  record: { skill: number; coverage80: number; independent: number } | null;
  /** False where the drift lost against no change at this horizon. */
  driftUsed: boolean;
}

const RANGE_LEVELS = tablePositions([0.025, 0.1, 0.5, 0.9, 0.975]);
/** 5% to 95% in steps of 5. */
export const FAN_LEVELS: readonly number[] = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);
const FAN_POSITIONS = tablePositions(FAN_LEVELS);

export function forecastPrice(serving: ServingSeries, targetDay: string): PriceForecast {
  const { model, scores } = serving.trained;
  const steps = stepsTo(serving, targetDay);
  const toPaise = paiseOf(serving);
  const quantiles = priceQuantilesAt(model, steps, RANGE_LEVELS).map(toPaise);
  const [lower95, lower80, median, upper80, upper95] = quantiles as [number, number, number, number, number];
  const { accuracy, basis } = accuracyAt(serving.trained, steps);
  const score = scoreAt(scores, steps);
  const { before, after } = anchorsAround(Math.max(1, steps));
  const record =
    score.outcomes === 0
      ? null
      : { skill: 1 - score.errorRatio, coverage80: score.coverage80, independent: score.independent };
  return {
    medianPaise: median,
    range80: { lower: lower80, upper: upper80 },
    range95: { lower: lower95, upper: upper95 },
    lastPaise: Math.round(serving.lastObserved.rupeesPerGram * 100),
    accuracy,
    accuracyBasis: basis,
    record,
    driftUsed: [before, after].some((anchor) => (model.driftShares[anchor] ?? 0) > 0),
  };
}

/** Quantiles at `FAN_LEVELS` in paise. */
export function fanAt(serving: ServingSeries, targetDay: string): number[] {
  const { model } = serving.trained;
  return priceQuantilesAt(model, stepsTo(serving, targetDay), FAN_POSITIONS).map(paiseOf(serving));
}

/** From the last rate, which may be days old, and never less than one step. */
function stepsTo({ trained: { model } }: ServingSeries, targetDay: string): number {
  return stepsOf(model, Math.max(1, weekdaysBetween(model.lastDay, dayNumber(targetDay))));
}

function paiseOf({ series }: ServingSeries): (finePrice: number) => number {
  const share = finenessOf(series.purity);
  return (finePrice) => Math.round(finePrice * share * 100);
}
