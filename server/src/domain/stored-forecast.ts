// Every published forecast is kept and scored when its day comes, so that anybody can see how often it was right.

import type { Metal } from './price.ts';
import { weekdaysBetween } from './rate-guard.ts';

/** A forecast of one board series. Amounts are paise per gram at the purity of the series; days are the shop's. */
export interface StoredForecast {
  metal: Metal;
  purity: string;
  madeOn: string;
  targetDay: string;
  /** Calendar days from `madeOn` to `targetDay`. */
  horizonDays: number;
  /** The rate that was in force: what "no change" forecast. */
  lastPaise: number;
  medianPaise: number;
  lower80Paise: number;
  upper80Paise: number;
  lower95Paise: number;
  upper95Paise: number;
  modelVersion: string;
}

/** How it came out; `paise` is null where no rate was recorded near enough to the day. */
export interface ForecastOutcome {
  paise: number | null;
  day: string | null;
}

export type ForecastKey = Pick<StoredForecast, 'metal' | 'purity' | 'madeOn' | 'targetDay'>;

/** An outcome counts when it was recorded at most so many weekdays after the day. */
const MOST_LATE_WEEKDAYS = 3;

/** One day's rate of a series, oldest first in a list. */
interface DayRate {
  day: string;
  paisePerGram: number;
}

/**
 * The outcome of a forecast for `targetDay`: the first rate from that day on that came within 3 weekdays. Null while
 * one may still come; an outcome without a rate once it cannot.
 */
export function outcomeFor(
  targetDay: string,
  rates: readonly DayRate[],
  today: string,
): ForecastOutcome | null {
  const found = rates.find(({ day }) => day >= targetDay && day <= today);
  if (found && weekdaysBetween(targetDay, found.day) <= MOST_LATE_WEEKDAYS) {
    return { paise: found.paisePerGram, day: found.day };
  }
  return weekdaysBetween(targetDay, today) > MOST_LATE_WEEKDAYS ? { paise: null, day: null } : null;
}

/** The horizons that the scoreboard tells apart, by calendar days. */
export const HORIZON_BUCKETS = [
  { name: '1-7', from: 1, to: 7 },
  { name: '8-30', from: 8, to: 30 },
  { name: '31-90', from: 31, to: 90 },
  { name: '91-365', from: 91, to: 365 },
] as const;

/** What forecasts of one bucket amount to. Shares are 0 to 1; null where nothing was scored yet. */
export interface BucketScore {
  published: number;
  scored: number;
  /** Forecasts whose day passed without a rate near it. */
  unknown: number;
  hit80: number | null;
  hit95: number | null;
  meanErrorPaise: number | null;
  noChangeErrorPaise: number | null;
  /** Mean error beside that of "no change"; below 1 is better. */
  errorRatio: number | null;
}
