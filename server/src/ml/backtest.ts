// How the forecaster would have done: at each past day a model of what was then known, scored when its day came.

import { normalQuantile } from './normal-quantile.ts';
import {
  anchorsAround,
  fitPriceModel,
  modelOfTracker,
  type PriceModel,
  priceQuantilesAt,
  tablePositions,
  walkSeries,
} from './price-forecast.ts';
import { cleanSeries, type PricePoint, weekdaysBetween } from './price-series.ts';
import { ANCHORS, DEFAULT_BELIEF, type PriceBelief, type PriceTracker, sigmaOver } from './price-tracker.ts';
import { CRPS_LEVELS, crps } from './scoring.ts';

/** Scores over one horizon. Origins overlap, so `independent` of the `outcomes` count. */
export type HorizonScore = {
  readonly steps: number;
  readonly outcomes: number;
  /** `outcomes / steps`: how many outcomes are worth something by themselves. */
  readonly independent: number;
  /** Mean absolute error beside that of "no change"; below 1 is better than no change. */
  readonly errorRatio: number;
  /** CRPS beside that of a random walk with constant sigma, as shares of the last price; below 1 is better. */
  readonly crpsRatio: number;
  /** Share of the outcomes inside the 80% and the 95% range. */
  readonly coverage80: number;
  readonly coverage95: number;
  /** Mean absolute error as a share of the outcome: of the model, and of "no change". */
  readonly percentageError: number;
  readonly noChangePercentageError: number;
};

/** Scores with the drift and without it, in the order of the horizons. */
export type Backtest = {
  readonly withDrift: readonly HorizonScore[];
  readonly withoutDrift: readonly HorizonScore[];
};

export type BacktestOptions = {
  readonly belief?: PriceBelief;
  /** Horizons in steps; the anchors by default. */
  readonly horizons?: readonly number[];
  /** The first day that is an origin, in days since 1970-01-01. */
  readonly fromDay?: number;
  /** Observations before the first origin, 30 by default. */
  readonly firstOrigin?: number;
};

/** A trained model with the record it is published with. */
export type TrainedPriceModel = {
  readonly model: PriceModel;
  /** One score for each anchor, of the variant that is used there. */
  readonly scores: readonly HorizonScore[];
};

/** Where the accuracy of an answer comes from: the backtest, "no change" there, or the volatility alone. */
export type AccuracyBasis = 'backtest' | 'no change' | 'volatility';

/** The observation at which a backtest begins. */
export const DEFAULT_FIRST_ORIGIN = 30;
/** An outcome counts when it was observed at most so many steps late. */
export const MOST_LATE = 3;
/** Fewer independent outcomes decide nothing. */
const FEW_INDEPENDENT = 20;
/** The last anchor, and as much more as a year of weekdays and a few days without a rate are. */
const FURTHEST_RECORD = 1.1 * ANCHORS.at(-1)!;
const SCORED_LEVELS = [0.025, ...CRPS_LEVELS, 0.975];
const SCORED_POSITIONS = tablePositions(SCORED_LEVELS);
const NORMAL_LEVELS = CRPS_LEVELS.map(normalQuantile);
const MEDIAN_AT = SCORED_LEVELS.indexOf(0.5);

type Sums = Record<
  'count' | 'error' | 'still' | 'crps' | 'stillCrps' | 'in80' | 'in95' | 'share' | 'stillShare',
  number
>;

/**
 * Walks once along the series. Cleaning sees the whole series (a glitch is known by what follows it); everything
 * else at an origin uses the values up to it. Throws a RangeError for bad prices or an empty series.
 */
export function backtestPrices(points: readonly PricePoint[], options: BacktestOptions = {}): Backtest {
  const { days, logPrices } = cleanSeries(points);
  const horizons = options.horizons ?? ANCHORS;
  const first = (options.firstOrigin ?? DEFAULT_FIRST_ORIGIN) - 1;
  const sums = [0, 1].map(() => horizons.map(emptySums));
  let squares = 0;
  let weekdays = 0;
  const belief = options.belief ?? DEFAULT_BELIEF;
  walkSeries(days, logPrices, belief, (tracker, index) => {
    if (index > 0) {
      squares += (logPrices[index]! - logPrices[index - 1]!) ** 2;
      weekdays += stepsBetween(tracker, days, index - 1, index);
    }
    if (index < first || days[index]! < (options.fromDay ?? Number.NEGATIVE_INFINITY)) return;
    const constantSigma = Math.sqrt(squares / Math.max(1, weekdays));
    const models = [1, 0].map((share) =>
      modelOfTracker(
        tracker,
        days[index]!,
        ANCHORS.map(() => share),
      ),
    );
    horizons.forEach((steps, at) => {
      const outcome = outcomeOf(tracker, days, index, steps);
      if (outcome === -1) return;
      const change = Math.exp(logPrices[outcome]! - logPrices[index]!);
      const still = crps(
        NORMAL_LEVELS.map((z) => Math.exp(constantSigma * Math.sqrt(steps) * z)),
        change,
      );
      models.forEach((model, variant) => {
        addOutcome(sums[variant]![at]!, model, steps, change, still);
      });
    });
  });
  const [withDrift, withoutDrift] = sums.map((ofVariant) =>
    ofVariant.map((sum, at) => scoreOf(sum, horizons[at]!)),
  );
  return { withDrift: withDrift!, withoutDrift: withoutDrift! };
}

/** For each score 0 where the drift lost against no change with enough independent outcomes, otherwise 1. */
export function driftSharesOf(
  withDrift: readonly Pick<HorizonScore, 'errorRatio' | 'independent'>[],
): number[] {
  return withDrift.map((score) => (score.errorRatio > 1 && score.independent >= FEW_INDEPENDENT ? 0 : 1));
}

/** Backtest, fall back to no drift where it lost, and fit on the whole series. */
export function trainPriceModel(
  points: readonly PricePoint[],
  belief: PriceBelief = DEFAULT_BELIEF,
): TrainedPriceModel {
  const { withDrift, withoutDrift } = backtestPrices(points, { belief });
  const shares = driftSharesOf(withDrift);
  const scores = shares.map((share, index) => {
    const score = (share === 1 ? withDrift : withoutDrift)[index]!;
    // What is published is a number: beside "no change" that was never wrong there is nothing to tell.
    return Number.isFinite(score.errorRatio) ? score : { ...score, errorRatio: 1 };
  });
  return { model: fitPriceModel(points, shares, belief), scores };
}

/**
 * The record at any horizon: between the anchors in a straight line over the square root of the horizon. Far beyond
 * the last one (from a rate that is years old) nothing is recorded.
 */
export function scoreAt(scores: readonly HorizonScore[], steps: number): HorizonScore {
  if (steps > FURTHEST_RECORD) return scoreOf(emptySums(), steps);
  const { before, after, share } = anchorsAround(Math.max(1, steps));
  const left = scores[before]!;
  const right = scores[after]!;
  if (right.outcomes === 0 || left.outcomes === 0) return { ...right, steps };
  const mix = (key: keyof HorizonScore): number => (1 - share) * left[key] + share * right[key];
  return {
    steps,
    outcomes: Math.min(left.outcomes, right.outcomes),
    independent: Math.min(left.independent, right.independent),
    errorRatio: mix('errorRatio'),
    crpsRatio: mix('crpsRatio'),
    coverage80: mix('coverage80'),
    coverage95: mix('coverage95'),
    percentageError: mix('percentageError'),
    noChangePercentageError: mix('noChangePercentageError'),
  };
}

/**
 * One minus the mean absolute percentage error at a horizon, from 0 to 1, always a number. With fewer than 20
 * independent outcomes it is that of "no change"; without any, what the volatility lets one expect of it.
 */
export function accuracyAt(
  trained: TrainedPriceModel,
  steps: number,
): { accuracy: number; basis: AccuracyBasis } {
  const score = scoreAt(trained.scores, steps);
  if (score.independent >= FEW_INDEPENDENT) {
    return { accuracy: Math.max(0, 1 - score.percentageError), basis: 'backtest' };
  }
  if (score.outcomes > 0)
    return { accuracy: Math.max(0, 1 - score.noChangePercentageError), basis: 'no change' };
  const { variance, longRunVariance, stepping } = trained.model;
  const sigma = sigmaOver(Math.max(1, steps), variance, longRunVariance, stepping.reversionLeft);
  return { accuracy: Math.max(0, 1 - sigma * Math.sqrt(2 / Math.PI)), basis: 'volatility' };
}

function emptySums(): Sums {
  return { count: 0, error: 0, still: 0, crps: 0, stillCrps: 0, in80: 0, in95: 0, share: 0, stillShare: 0 };
}

function stepsBetween(tracker: PriceTracker, days: readonly number[], from: number, to: number): number {
  return tracker.stepping.unit === 'observation' ? to - from : weekdaysBetween(days[from]!, days[to]!);
}

/** Index of the first value `steps` or at most 3 more steps after the origin, or -1. */
function outcomeOf(tracker: PriceTracker, days: readonly number[], origin: number, steps: number): number {
  let low = origin + 1;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stepsBetween(tracker, days, origin, middle) < steps) low = middle + 1;
    else high = middle;
  }
  return low < days.length && stepsBetween(tracker, days, origin, low) <= steps + MOST_LATE ? low : -1;
}

function addOutcome(sum: Sums, model: PriceModel, steps: number, change: number, stillCrps: number): void {
  const last = Math.exp(model.lastLogPrice);
  const quantiles = priceQuantilesAt(model, steps, SCORED_POSITIONS).map((price) => price / last);
  const inside = (lower: number, upper: number): number =>
    quantiles[lower]! <= change && change <= quantiles[upper]! ? 1 : 0;
  const end = quantiles.length - 1;
  sum.count++;
  sum.error += Math.abs(quantiles[MEDIAN_AT]! - change);
  sum.still += Math.abs(1 - change);
  sum.share += Math.abs(quantiles[MEDIAN_AT]! - change) / change;
  sum.stillShare += Math.abs(1 - change) / change;
  sum.crps += crps(quantiles.slice(1, end), change);
  sum.stillCrps += stillCrps;
  sum.in80 += inside(2, end - 2);
  sum.in95 += inside(0, end);
}

/** An error beside that of "no change". Where that was never wrong, any error at all has lost against it. */
export function errorRatio(error: number, still: number): number {
  if (still > 0) return error / still;
  return error > 0 ? Number.POSITIVE_INFINITY : 1;
}

function scoreOf(sum: Sums, steps: number): HorizonScore {
  const count = Math.max(1, sum.count);
  return {
    steps,
    outcomes: sum.count,
    independent: sum.count / steps,
    errorRatio: errorRatio(sum.error, sum.still),
    crpsRatio: sum.stillCrps > 0 ? sum.crps / sum.stillCrps : 1,
    coverage80: sum.in80 / count,
    coverage95: sum.in95 / count,
    percentageError: sum.share / count,
    noChangePercentageError: sum.stillShare / count,
  };
}
