import { divideHalfUp } from './money.ts';
import { dayOf } from './shop-day.ts';

/** A day's close of a series, with the trailing means of it and those before it (as far as there are any). In paise. */
export interface TrendPoint<T> {
  price: T;
  mean7Paise: number;
  mean30Paise: number;
}

/** All amounts in paise per gram; the change is from the first to the last. */
export interface TrendStatistics {
  averagePaise: number;
  minPaise: number;
  maxPaise: number;
  currentPaise: number;
  changePaise: number;
  changeBasisPoints: number;
}

/** The rate that closed each shop's day: of a day's rates the last one. Both newest first. */
export function dailyCloses<T extends { at: number }>(newestFirst: readonly T[]): T[] {
  const closes: T[] = [];
  let day = '';
  for (const rate of newestFirst) {
    if (dayOf(rate.at) === day) continue;
    day = dayOf(rate.at);
    closes.push(rate);
  }
  return closes;
}

/** How many closes before the first one shown the longest mean looks at. */
export const TREND_LEAD = 29;

/** The trailing means over a whole series, oldest first; cut to the window afterwards, so that its start is right. */
export function trendOf<T extends { paisePerGram: number }>(series: readonly T[]): TrendPoint<T>[] {
  const sums = [0n];
  for (const price of series) sums.push((sums.at(-1) as bigint) + BigInt(price.paisePerGram));
  const mean = (index: number, length: number): number => {
    const from = Math.max(0, index + 1 - length);
    const sum = (sums[index + 1] as bigint) - (sums[from] as bigint);
    return divideHalfUp(sum, BigInt(index + 1 - from));
  };
  return series.map((price, index) => ({
    price,
    mean7Paise: mean(index, 7),
    mean30Paise: mean(index, TREND_LEAD + 1),
  }));
}

/** What the rates of a window amount to, oldest first; null when there are none. */
export function trendStatistics(rates: readonly { paisePerGram: number }[]): TrendStatistics | null {
  const [first, last] = [rates[0]?.paisePerGram, rates.at(-1)?.paisePerGram];
  if (first === undefined || last === undefined) return null;
  let [sum, min, max] = [0n, first, first];
  for (const { paisePerGram } of rates) {
    sum += BigInt(paisePerGram);
    min = Math.min(min, paisePerGram);
    max = Math.max(max, paisePerGram);
  }
  return {
    averagePaise: divideHalfUp(sum, BigInt(rates.length)),
    minPaise: min,
    maxPaise: max,
    currentPaise: last,
    changePaise: last - first,
    changeBasisPoints: divideHalfUp(BigInt(last - first) * 10_000n, BigInt(first)),
  };
}
