// Forecasts of a price that nearly nobody can foresee: the median hardly moves, the honest part is the range.
// It knows time in weekdays and the logarithm of a price; purity, premium and weight are the caller's business.

import { normalQuantile } from './normal-quantile.ts';
import { cleanSeries, isSparse, medianGap, type PricePoint, weekdaysBetween } from './price-series.ts';
import {
  ANCHORS,
  DEFAULT_BELIEF,
  type PriceBelief,
  PriceTracker,
  type Stepping,
  sigmaOver,
} from './price-tracker.ts';
import type { SortedList } from './sorted-list.ts';

/** The levels whose quantiles a model holds; others are found between them. */
export const TABLE_LEVELS: readonly number[] = [
  0.005,
  0.01,
  0.025,
  ...Array.from({ length: 19 }, (_, index) => (index + 1) / 20),
  0.975,
  0.99,
  0.995,
];
const NORMAL_AT_LEVELS: readonly number[] = TABLE_LEVELS.map(normalQuantile);
/** Past errors count as much as the assumed distribution when so many of them are independent. */
const SHAPE_WEIGHT = 100;
const START_OBSERVATIONS = 60;
const WEEKDAYS_A_YEAR = 262;

/** What a forecast needs to know. Plain numbers, see price-model-file.ts for its bytes. */
export type PriceModel = {
  readonly stepping: Stepping;
  /** The last observation: days since 1970-01-01, and the logarithm of the price. */
  readonly lastDay: number;
  readonly lastLogPrice: number;
  /** Observations behind the model. */
  readonly count: number;
  /** Variance of the log change per step: now, and in the long run. */
  readonly variance: number;
  readonly longRunVariance: number;
  /** Log change per step. */
  readonly drift: number;
  /** For each anchor 1 where the drift is used and 0 where it lost against no drift. */
  readonly driftShares: readonly number[];
  /** For each anchor the standardised quantiles at `TABLE_LEVELS`. */
  readonly tables: readonly (readonly number[])[];
};

/** How a series is stepped: by observation when its median gap is above 10 weekdays. */
export function steppingOf(days: readonly number[]): Stepping {
  return isSparse(days)
    ? { unit: 'observation', weekdaysPerStep: medianGap(days), varianceKept: 0.95, reversionLeft: 0.93 }
    : { unit: 'weekday', weekdaysPerStep: 1, varianceKept: 0.97, reversionLeft: 0.985 };
}

/** Walks along cleaned days and log prices; `visit` is called after each observation with its index. */
export function walkSeries(
  days: readonly number[],
  logPrices: readonly number[],
  belief: PriceBelief,
  visit: (tracker: PriceTracker, index: number) => void,
): PriceTracker {
  if (days.length === 0) throw new RangeError('a forecast needs at least one price');
  const stepping = steppingOf(days);
  const tracker = new PriceTracker(stepping, belief, startVariance(stepping, logPrices, belief));
  days.forEach((day, index) => {
    const weekdays = index === 0 ? 0 : weekdaysBetween(days[index - 1]!, day);
    tracker.observe(stepping.unit === 'weekday' ? weekdays : 1, logPrices[index]!);
    visit(tracker, index);
  });
  return tracker;
}

/**
 * A model of the series as it stands. `driftShares` come from a backtest (see backtest.ts); without them the drift
 * is used everywhere. `belief` is what is assumed of the price before any value is seen.
 */
export function fitPriceModel(
  points: readonly PricePoint[],
  driftShares: readonly number[] = ANCHORS.map(() => 1),
  belief: PriceBelief = DEFAULT_BELIEF,
): PriceModel {
  const { days, logPrices } = cleanSeries(points);
  const tracker = walkSeries(days, logPrices, belief, () => {});
  return modelOfTracker(tracker, days.at(-1)!, driftShares);
}

/** The model that the tracker's state amounts to. */
export function modelOfTracker(
  tracker: PriceTracker,
  lastDay: number,
  driftShares: readonly number[],
): PriceModel {
  return {
    stepping: tracker.stepping,
    lastDay,
    lastLogPrice: tracker.logPrice,
    count: tracker.count,
    variance: tracker.variance,
    longRunVariance: tracker.longRunVariance,
    drift: tracker.drift,
    driftShares,
    tables: ANCHORS.map((anchor, index) => {
      const errors = driftShares[index] === 0 ? tracker.errorsWithoutDrift : tracker.errorsWithDrift;
      return TABLE_LEVELS.map((level, at) =>
        standardisedQuantile(errors[index]!, anchor, level, NORMAL_AT_LEVELS[at]!),
      );
    }),
  };
}

/**
 * Quantile of past standardised errors, drawn towards the normal one while few are independent: errors over
 * `anchor` steps overlap, so `n` of them are worth `n / anchor`.
 */
export function standardisedQuantile(
  errors: SortedList,
  anchor: number,
  level: number,
  normal: number,
): number {
  if (errors.length === 0) return normal;
  const independent = errors.length / anchor;
  const weight = independent / (independent + SHAPE_WEIGHT);
  return (1 - weight) * normal + weight * errors.quantile(level);
}

/** Weekdays as the model's steps. */
export function stepsOf(model: PriceModel, weekdays: number): number {
  return weekdays / model.stepping.weekdaysPerStep;
}

/** Where levels stand in a table: at `right - 1`, and this share of the way on to `right`. */
export type TablePositions = readonly { readonly right: number; readonly share: number }[];

/** Finds levels in the tables, for use with many forecasts. Levels are between 0 and 1, both excluded. */
export function tablePositions(levels: readonly number[]): TablePositions {
  return levels.map((level) => {
    const exact = TABLE_LEVELS.indexOf(level);
    if (exact !== -1) return exact === 0 ? { right: 1, share: 0 } : { right: exact, share: 1 };
    const normal = normalQuantile(level);
    const last = TABLE_LEVELS.length - 1;
    // Between the levels in a straight line over the normal quantile; beyond the table its last stretch goes on.
    const found = NORMAL_AT_LEVELS.findIndex((value) => value > normal);
    const right = Math.min(Math.max(found === -1 ? last : found, 1), last);
    const from = NORMAL_AT_LEVELS[right - 1]!;
    return { right, share: (normal - from) / (NORMAL_AT_LEVELS[right]! - from) };
  });
}

/**
 * Prices below which the price lies with each of `levels` (between 0 and 1, both excluded), `steps` steps after the
 * last observation. Steps below 1 count as 1. In the money and unit of the series. Throws a RangeError for levels
 * or steps outside their range.
 */
export function priceQuantiles(model: PriceModel, steps: number, levels: readonly number[]): number[] {
  return priceQuantilesAt(model, steps, tablePositions(levels));
}

/** The same with levels that were found before. */
export function priceQuantilesAt(model: PriceModel, steps: number, positions: TablePositions): number[] {
  if (!(steps >= 0) || !Number.isFinite(steps)) throw new RangeError(`steps must be 0 or more, not ${steps}`);
  const horizon = Math.max(1, steps);
  const { before, after, share } = anchorsAround(horizon);
  const sigma = sigmaOver(horizon, model.variance, model.longRunVariance, model.stepping.reversionLeft);
  const driftShare = (1 - share) * model.driftShares[before]! + share * model.driftShares[after]!;
  const centre = model.lastLogPrice + model.drift * horizon * driftShare;
  const left = model.tables[before]!;
  const right = model.tables[after]!;
  return positions.map((position) => {
    const late = share === 0 ? 0 : share * atPosition(right, position);
    const early = share === 1 ? 0 : (1 - share) * atPosition(left, position);
    return Math.exp(centre + sigma * (early + late));
  });
}

/**
 * What a long reference series says about a shorter one of the same metal. `averaged` is true for a series of
 * monthly means: their changes have only 2/3 of the variance of changes from month-end to month-end (H. Working,
 * "Note on the Correlation of First Differences of Averages in a Random Chain", Econometrica 28, 1960).
 */
export function beliefFrom(reference: PriceModel, averaged: boolean): PriceBelief {
  const perStep = reference.stepping.weekdaysPerStep;
  return {
    variancePerWeekday: (reference.longRunVariance / perStep) * (averaged ? 1.5 : 1),
    driftPerWeekday: (2 * reference.drift) / perStep,
  };
}

/**
 * Why a model must not be published, or null when it is sane: at each anchor up to a year all quantiles are finite
 * and ascending, and the median is less than 3 sigma from the last price.
 */
export function insanityOf(model: PriceModel): string | null {
  const last = Math.exp(model.lastLogPrice);
  const { weekdaysPerStep } = model.stepping;
  // The last anchor of a monthly series lies 21 years ahead, where nobody asks.
  const asked = ANCHORS.filter((anchor) => anchor === 1 || anchor * weekdaysPerStep <= WEEKDAYS_A_YEAR);
  for (const anchor of asked) {
    const quantiles = priceQuantiles(model, anchor, TABLE_LEVELS);
    if (!quantiles.every((price) => Number.isFinite(price) && price > 0)) {
      return `a quantile over ${anchor} steps is not a price`;
    }
    if (quantiles.some((price, index) => index > 0 && price < quantiles[index - 1]!)) {
      return `the quantiles over ${anchor} steps do not ascend`;
    }
    const sigma = sigmaOver(anchor, model.variance, model.longRunVariance, model.stepping.reversionLeft);
    const median = quantiles[TABLE_LEVELS.indexOf(0.5)]!;
    if (!(Math.abs(median / last - 1) < 3 * sigma)) return `the median over ${anchor} steps is too far away`;
  }
  return null;
}

/** The anchors on both sides of `horizon` and how far it is from the first to the second, in square roots. */
export function anchorsAround(horizon: number): { before: number; after: number; share: number } {
  const after = ANCHORS.findIndex((anchor) => anchor >= horizon);
  if (after === -1) return { before: ANCHORS.length - 1, after: ANCHORS.length - 1, share: 0 };
  if (after === 0) return { before: 0, after: 0, share: 0 };
  const from = Math.sqrt(ANCHORS[after - 1]!);
  const share = (Math.sqrt(horizon) - from) / (Math.sqrt(ANCHORS[after]!) - from);
  return { before: after - 1, after, share };
}

function atPosition(table: readonly number[], { right, share }: TablePositions[number]): number {
  if (share === 1) return table[right]!;
  return table[right - 1]! + share * (table[right]! - table[right - 1]!);
}

/** The variance per step that is assumed for the first change of a series. */
export function startVariance(stepping: Stepping, logPrices: readonly number[], belief: PriceBelief): number {
  const assumed = belief.variancePerWeekday * stepping.weekdaysPerStep;
  if (stepping.unit === 'weekday') return assumed;
  const changes = Math.min(START_OBSERVATIONS, logPrices.length - 1);
  let sum = 0;
  for (let i = 1; i <= changes; i++) sum += (logPrices[i]! - logPrices[i - 1]!) ** 2;
  return sum > 0 ? sum / changes : assumed;
}
