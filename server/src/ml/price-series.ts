// A price series made fit for forecasting: one value a day, glitches taken out, time counted in weekdays.

/** One observed price: `day` in whole days since 1970-01-01, `price` above 0 in any money per unit of pure metal. */
export type PricePoint = { readonly day: number; readonly price: number };

/** A cleaned series in ascending days; all lists have the same length. */
export type CleanSeries = {
  readonly days: readonly number[];
  /** Natural logarithms of the prices. */
  readonly logPrices: readonly number[];
  /** How many observed values were left out as glitches. */
  readonly droppedCount: number;
};

/** Most values in a row that may be a glitch. */
const LONGEST_SPIKE = 3;
/** A series whose median gap is longer, in weekdays, is sparse: monthly ones. */
const LONGEST_DENSE_GAP = 10;

/**
 * Weekdays (Monday to Friday, holidays ignored) up to and including `day`, counted from Monday 1969-12-29.
 * The difference of two such numbers is the number of weekdays between the days. `day` is any whole number.
 */
export function weekdayNumber(day: number): number {
  const fromMonday = day + 3;
  const week = Math.floor(fromMonday / 7);
  return week * 5 + Math.min(fromMonday - week * 7 + 1, 5);
}

/** Weekdays after `from` up to and including `to`. From Friday to Monday it is 1. */
export function weekdaysBetween(from: number, to: number): number {
  return weekdayNumber(to) - weekdayNumber(from);
}

/**
 * One value a day (the median of the day's), in ascending days, without spikes: a value that differs from the one
 * before by more than 8 robust sigma and more than 5% is left out with its followers when one of the next 1 to 3
 * values comes back, and kept when they stay. A sparse series keeps all: a peak that fills a month is a fact (January
 * 1980), not a typing error. Throws a RangeError for a price that is not a finite number above 0.
 */
export function cleanSeries(points: readonly PricePoint[]): CleanSeries {
  return withoutSpikes(dailyMedians(points));
}

/** The second half of that, for values of which there is one a day already, in ascending days. */
export function withoutSpikes({ days, logPrices }: DailySeries): CleanSeries {
  if (isSparse(days)) return { days, logPrices, droppedCount: 0 };
  const sigma = robustSigma(days, logPrices);
  const keptDays: number[] = [];
  const keptPrices: number[] = [];
  for (let i = 0; i < days.length; i++) {
    i +=
      keptDays.length === 0
        ? 0
        : spikeLength(i, days, logPrices, keptDays.at(-1)!, keptPrices.at(-1)!, sigma);
    keptDays.push(days[i]!);
    keptPrices.push(logPrices[i]!);
  }
  return { days: keptDays, logPrices: keptPrices, droppedCount: days.length - keptDays.length };
}

/** Whether the median gap is above 10 weekdays, as in a monthly series. */
export function isSparse(days: readonly number[]): boolean {
  return medianGap(days) > LONGEST_DENSE_GAP;
}

/** Median weekdays between neighbouring values, at least 1; 1 for a series of one value. */
export function medianGap(days: readonly number[]): number {
  const gaps = days.slice(1).map((day, index) => Math.max(1, weekdaysBetween(days[index]!, day)));
  return gaps.length === 0 ? 1 : median(gaps);
}

/** The middle value; the mean of the two middle ones for an even count. The list must not be empty. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function checkPoint({ day, price }: PricePoint): void {
  if (!Number.isSafeInteger(day)) throw new RangeError(`a day must be a whole number, not ${day}`);
  if (!(price > 0) || !Number.isFinite(price)) {
    throw new RangeError(`a price must be a finite number above 0, not ${price}`);
  }
}

/** One value a day, in ascending days: both lists have the same length. */
export type DailySeries = { readonly days: readonly number[]; readonly logPrices: readonly number[] };

/** The first half of `cleanSeries`: the median of each day. Throws a RangeError as that does. */
export function dailyMedians(points: readonly PricePoint[]): DailySeries {
  const byDay = new Map<number, number[]>();
  for (const point of points) {
    checkPoint(point);
    const prices = byDay.get(point.day);
    if (prices === undefined) byDay.set(point.day, [point.price]);
    else prices.push(point.price);
  }
  const days = [...byDay.keys()].sort((a, b) => a - b);
  return { days, logPrices: days.map((day) => Math.log(median(byDay.get(day)!))) };
}

/** Standard deviation of the log change over one weekday, from the median absolute change: spikes do not move it. */
function robustSigma(days: readonly number[], logPrices: readonly number[]): number {
  const sizes: number[] = [];
  for (let i = 1; i < days.length; i++) {
    const gap = Math.max(1, weekdaysBetween(days[i - 1]!, days[i]!));
    sizes.push(Math.abs(logPrices[i]! - logPrices[i - 1]!) / Math.sqrt(gap));
  }
  // 1.4826 makes the median absolute deviation of a normal variable its standard deviation.
  return sizes.length === 0 ? 0 : 1.4826 * median(sizes);
}

/** How many values from index `i` on are a spike above the kept value: 0 to 3. */
function spikeLength(
  i: number,
  days: readonly number[],
  logPrices: readonly number[],
  keptDay: number,
  keptPrice: number,
  sigma: number,
): number {
  const jumps = (at: number): boolean => {
    const change = logPrices[at]! - keptPrice;
    const gap = Math.max(1, weekdaysBetween(keptDay, days[at]!));
    return Math.abs(change) > 8 * sigma * Math.sqrt(gap) && Math.abs(Math.expm1(change)) > 0.05;
  };
  if (!jumps(i)) return 0;
  for (let length = 1; length <= LONGEST_SPIKE && i + length < days.length; length++) {
    // Back means nearer to the value before the jump than to the jump itself.
    const back = Math.abs(logPrices[i + length]! - keptPrice);
    if (back < Math.abs(logPrices[i + length]! - logPrices[i]!) && !jumps(i + length)) return length;
  }
  return 0;
}
