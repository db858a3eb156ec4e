// Models of one series as it stood on many past days, in one walk: for everybody who wants to score the forecaster. A
// model sees what was known on its day and nothing else, exactly as if the series ended there.

import { DEFAULT_FIRST_ORIGIN, driftSharesOf, errorRatio, MOST_LATE } from './backtest.ts';
import {
  modelOfTracker,
  type PriceModel,
  standardisedQuantile,
  startVariance,
  steppingOf,
} from './price-forecast.ts';
import {
  type CleanSeries,
  type DailySeries,
  dailyMedians,
  type PricePoint,
  weekdaysBetween,
  withoutSpikes,
} from './price-series.ts';
import { ANCHORS, DEFAULT_BELIEF, type PriceBelief, PriceTracker, type Stepping } from './price-tracker.ts';

/** What was said at an origin about an anchor's horizon, until its outcome is known. */
type Pending = { readonly time: number; readonly logPrice: number; readonly median: number };

/**
 * Calls `visit` with the model of the values up to and including each of `days` (ascending, in days since 1970-01-01),
 * or with null where there are none; and with how many days then had a value. Equal to `trainPriceModel` of these
 * values. Throws a RangeError for bad prices.
 */
export function forEachOrigin(
  points: readonly PricePoint[],
  days: readonly number[],
  visit: (day: number, model: PriceModel | null, count: number) => void,
  belief: PriceBelief = DEFAULT_BELIEF,
): void {
  const series = dailyMedians(points);
  let walk: OriginWalk | null = null;
  let count = 0;
  for (const day of days) {
    while (count < series.days.length && series.days[count]! <= day) count++;
    if (count === 0) {
      visit(day, null, 0);
      continue;
    }
    const known = withoutSpikes(firstOf(series, count));
    // What looked like a spike may turn out to have been a move, and then the way so far was another one.
    if (!walk?.leadsTo(known)) walk = new OriginWalk(known, belief);
    walk.goTo(known);
    visit(day, walk.model(), count);
  }
}

function firstOf({ days, logPrices }: DailySeries, count: number): DailySeries {
  return { days: days.slice(0, count), logPrices: logPrices.slice(0, count) };
}

/** A tracker with the record of its drift, which goes on from one origin to the next. */
class OriginWalk {
  private readonly stepping: Stepping;
  private readonly start: number;
  private readonly belief: PriceBelief;
  private readonly tracker: PriceTracker;
  private readonly days: number[] = [];
  private readonly logPrices: number[] = [];
  private readonly pending: Pending[][] = ANCHORS.map(() => []);
  private readonly oldest: number[] = ANCHORS.map(() => 0);
  private readonly sums = ANCHORS.map(() => ({ outcomes: 0, error: 0, still: 0 }));

  constructor({ days, logPrices }: CleanSeries, belief: PriceBelief) {
    this.belief = belief;
    this.stepping = steppingOf(days);
    this.start = startVariance(this.stepping, logPrices, belief);
    this.tracker = new PriceTracker(this.stepping, belief, this.start);
  }

  /** Whether the walk so far is the beginning of the walk along this series. */
  leadsTo({ days, logPrices }: CleanSeries): boolean {
    const stepping = steppingOf(days);
    return (
      stepping.unit === this.stepping.unit &&
      stepping.weekdaysPerStep === this.stepping.weekdaysPerStep &&
      startVariance(stepping, logPrices, this.belief) === this.start &&
      this.days.every((day, index) => day === days[index] && this.logPrices[index] === logPrices[index])
    );
  }

  goTo({ days, logPrices }: CleanSeries): void {
    for (let index = this.days.length; index < days.length; index++) {
      const weekdays = index === 0 ? 0 : weekdaysBetween(days[index - 1]!, days[index]!);
      this.tracker.observe(this.stepping.unit === 'weekday' ? weekdays : 1, logPrices[index]!);
      this.days.push(days[index]!);
      this.logPrices.push(logPrices[index]!);
      ANCHORS.forEach((_, anchor) => {
        this.settle(anchor);
        if (this.days.length >= DEFAULT_FIRST_ORIGIN) this.foretell(anchor);
      });
    }
  }

  model(): PriceModel {
    const shares = driftSharesOf(
      this.sums.map(({ outcomes, error, still }, anchor) => ({
        errorRatio: errorRatio(error, still),
        independent: outcomes / ANCHORS[anchor]!,
      })),
    );
    return modelOfTracker(this.tracker, this.days.at(-1)!, shares);
  }

  /** Scores what was foretold for now or up to three steps before. */
  private settle(anchor: number): void {
    const { time, logPrice } = this.tracker;
    const origins = this.pending[anchor]!;
    const steps = ANCHORS[anchor]!;
    let next = this.oldest[anchor]!;
    for (; next < origins.length && origins[next]!.time + steps <= time; next++) {
      const origin = origins[next]!;
      if (time > origin.time + steps + MOST_LATE) continue;
      const change = Math.exp(logPrice - origin.logPrice);
      const sum = this.sums[anchor]!;
      sum.outcomes++;
      sum.error += Math.abs(Math.exp(origin.median) / Math.exp(origin.logPrice) - change);
      sum.still += Math.abs(1 - change);
    }
    this.oldest[anchor] = next;
  }

  private foretell(anchor: number): void {
    const { time, logPrice, drift } = this.tracker;
    const steps = ANCHORS[anchor]!;
    const errors = this.tracker.errorsWithDrift[anchor]!;
    const middle = standardisedQuantile(errors, steps, 0.5, 0);
    const median = logPrice + drift * steps + this.tracker.sigma(steps) * middle;
    this.pending[anchor]!.push({ time, logPrice, median });
  }
}
