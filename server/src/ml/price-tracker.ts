// The state of the price forecaster while it walks along a series, one observation after the other. Fitting a model
// is walking to the end; a backtest looks at the same state on the way, so it sees exactly what a model then knew.

import { SortedList } from './sorted-list.ts';

/** Horizons at which past errors are collected, in steps. */
export const ANCHORS: readonly number[] = [1, 2, 3, 5, 8, 13, 21, 34, 63, 90, 126, 189, 252];

/** What a step is, and the constants that go with it. */
export type Stepping = {
  /** `weekday`: time is weekdays. `observation`: time is the number of observations (monthly series). */
  readonly unit: 'weekday' | 'observation';
  /** Weekdays in a step: 1, or the median gap of a series stepped by observation. */
  readonly weekdaysPerStep: number;
  /** Share of the old variance that is kept at each step. */
  readonly varianceKept: number;
  /** Share of the distance between today's and the long-run variance that is left after a step. */
  readonly reversionLeft: number;
};

/** What is assumed before any value is seen, each with the weight of so many observations or weekdays. */
export type PriceBelief = {
  /** Variance of the log change per weekday. */
  readonly variancePerWeekday: number;
  /** Mean log change per weekday. */
  readonly driftPerWeekday: number;
};

/** 1% a weekday, and 2 basis points a weekday upwards (5.3% a year): gold in rupees over half a century. */
export const DEFAULT_BELIEF: PriceBelief = { variancePerWeekday: 1e-4, driftPerWeekday: 2e-4 };

/** Observations that the assumed long-run variance weighs. */
const VARIANCE_WEIGHT = 60;
/** Weekdays that the assumed drift weighs: five years of 250. */
const DRIFT_WEIGHT = 1250;
/** The drift used is never above 12% a year, per weekday. */
const MOST_DRIFT = Math.log(1.12) / 250;
/** A single squared change counts for at most so many variances. */
const MOST_SURPRISE = 16;
/** A gap is counted as at most so many steps when the variance is brought up to date. */
const MOST_GAP = 20;
/** An outcome counts for a horizon when it was observed at most so many steps late. */
const MOST_LATE = 3;

type Pending = {
  readonly time: number;
  readonly logPrice: number;
  readonly drift: number;
  readonly sigma: number;
};

/** Walks along a series; `errorsWithDrift` and `errorsWithoutDrift` hold the standardised errors of each anchor. */
export class PriceTracker {
  readonly stepping: Stepping;
  readonly errorsWithDrift: readonly SortedList[] = ANCHORS.map(() => new SortedList());
  readonly errorsWithoutDrift: readonly SortedList[] = ANCHORS.map(() => new SortedList());
  /** Observations taken in. */
  count = 0;
  /** Steps from the first to the last observation. */
  time = 0;
  /** Logarithm of the last price. */
  logPrice = 0;
  /** Variance of the log change over one step, as of now. */
  variance: number;
  private readonly belief: PriceBelief;
  private firstLogPrice = 0;
  private squareSum = 0;
  private readonly history: Pending[][] = ANCHORS.map(() => []);
  private readonly oldest: number[] = ANCHORS.map(() => 0);

  /** `startVariance` is the variance per step that is assumed for the first change. */
  constructor(stepping: Stepping, belief: PriceBelief, startVariance: number) {
    this.stepping = stepping;
    this.belief = belief;
    this.variance = startVariance;
  }

  /** Takes in the next observation, `gap` steps after the last one (0 for two on the same weekday). */
  observe(gap: number, logPrice: number): void {
    if (this.count === 0) this.firstLogPrice = logPrice;
    else this.update(gap, logPrice);
    this.count++;
    this.time += this.count === 1 ? 0 : gap;
    this.logPrice = logPrice;
    this.collectErrors();
  }

  /** Mean variance of the log change per step in the long run. */
  get longRunVariance(): number {
    const assumed = this.belief.variancePerWeekday * this.stepping.weekdaysPerStep;
    return (this.squareSum + VARIANCE_WEIGHT * assumed) / (Math.max(0, this.count - 1) + VARIANCE_WEIGHT);
  }

  /** Half of the mean log change per step, from 0 to 12% a year: the full one loses against no drift at all. */
  get drift(): number {
    const perStep = this.stepping.weekdaysPerStep;
    const change = this.logPrice - this.firstLogPrice + DRIFT_WEIGHT * this.belief.driftPerWeekday;
    const drift = (0.5 * change) / (this.time * perStep + DRIFT_WEIGHT);
    return Math.min(Math.max(drift, 0), MOST_DRIFT) * perStep;
  }

  /** Standard deviation of the log change over `steps` steps from now. */
  sigma(steps: number): number {
    return sigmaOver(steps, this.variance, this.longRunVariance, this.stepping.reversionLeft);
  }

  private update(gap: number, logPrice: number): void {
    const steps = Math.max(1, gap);
    const square = (logPrice - this.logPrice) ** 2 / steps;
    const kept = this.stepping.varianceKept;
    for (let step = 0; step < Math.min(steps, MOST_GAP); step++) {
      this.variance = kept * this.variance + (1 - kept) * Math.min(square, MOST_SURPRISE * this.variance);
    }
    this.squareSum += square;
  }

  private collectErrors(): void {
    const drift = this.drift;
    ANCHORS.forEach((anchor, index) => {
      const origins = this.history[index]!;
      let next = this.oldest[index]!;
      for (; next < origins.length && origins[next]!.time + anchor <= this.time; next++) {
        const origin = origins[next]!;
        if (this.time > origin.time + anchor + MOST_LATE) continue;
        const change = this.logPrice - origin.logPrice;
        this.errorsWithDrift[index]!.insert((change - origin.drift * anchor) / origin.sigma);
        this.errorsWithoutDrift[index]!.insert(change / origin.sigma);
      }
      this.oldest[index] = next;
      origins.push({ time: this.time, logPrice: this.logPrice, drift, sigma: this.sigma(anchor) });
    });
  }
}

/**
 * Standard deviation of the log change over `steps` steps when the variance per step goes from `variance` back to
 * `longRun`, with a share `reversionLeft` of the distance left after each step.
 */
export function sigmaOver(steps: number, variance: number, longRun: number, reversionLeft: number): number {
  const weight = (1 - reversionLeft ** steps) / (steps * (1 - reversionLeft));
  return Math.sqrt(steps * (weight * variance + (1 - weight) * longRun));
}
