// The guard at the entry of a rate: a typing mistake must neither price the shop nor train a model, and a real jump
// must still get in. It compares a new rate with the one in force, by how much the rate usually moves.

import { divideHalfUp } from './money.ts';
import { DAY_MS } from './shop-day.ts';

/** The owner's shares, in basis points (1% = 100), and how many usual moves are still ordinary. */
export interface GuardShares {
  guardHoldBasisPoints: number;
  guardSigmas: number;
  guardRefuseBasisPoints: number;
  guardConfirmBasisPoints: number;
}

/** What one day's rate was, in paise per gram. */
export interface DailyRate {
  day: string;
  paisePerGram: number;
}

export type GuardVerdict = 'accepted' | 'held' | 'refused';

/** The most days of a series that count: a rate older than this weighs 0.97^400, five millionths. */
export const GUARD_DAYS = 400;

const BASIS = 10_000n;
const WEIGHT = 0.03;
const START_VARIANCE = 0.01 ** 2;
const OUTLIER = 16;
const MAX_STEPS = 20;

/**
 * Whether a rate may come into force. `inForce` is the one it would follow (null: the first of its series, which is
 * always accepted), `history` the same series' rates day by day, oldest first. A rate of an older day than the one
 * in force changes no price of today and is never held. `confirmed`: the caller has seen both values and means it.
 */
export function judgeRate(
  rate: DailyRate,
  inForce: DailyRate | null,
  history: readonly DailyRate[],
  shares: GuardShares,
  confirmed: boolean,
): GuardVerdict {
  if (confirmed || inForce === null || rate.day < inForce.day) return 'accepted';
  if (differsByMore(rate.paisePerGram, inForce.paisePerGram, shares.guardRefuseBasisPoints)) return 'refused';
  if (!differsByMore(rate.paisePerGram, inForce.paisePerGram, shares.guardHoldBasisPoints)) return 'accepted';
  const gap = Math.max(1, weekdaysBetween(inForce.day, rate.day));
  const ordinary = shares.guardSigmas * Math.sqrt(dailyVariance(history) * gap);
  const change = Math.abs(rate.paisePerGram - inForce.paisePerGram) / inForce.paisePerGram;
  return change > ordinary ? 'held' : 'accepted';
}

/** Whether a second rate bears out a held one: of another day, and within the owner's share of it. */
export function bearsOut(second: DailyRate, held: DailyRate, shares: GuardShares): boolean {
  return (
    second.day !== held.day &&
    !differsByMore(second.paisePerGram, held.paisePerGram, shares.guardConfirmBasisPoints)
  );
}

/** The change from one rate to another in basis points of the first, rounded half-up. */
export function changeInBasisPoints(from: number, to: number): number {
  return divideHalfUp(BigInt(to - from) * BASIS, BigInt(from));
}

/**
 * The variance of one weekday's change in the logarithm of the rate: v <- 0.97 v + 0.03 min(r^2, 16 v), where r^2 is
 * the squared change per weekday, once for each weekday passed (at most 20 times), from v = (1%)^2. One value a day,
 * oldest first. A single wild day moves it little, because r^2 counts for at most 16 v; one
 * after a gap of weeks counts for each of them.
 */
export function dailyVariance(history: readonly DailyRate[]): number {
  let variance = START_VARIANCE;
  for (let index = 1; index < history.length; index++) {
    const [before, after] = [history[index - 1], history[index]] as [DailyRate, DailyRate];
    const gap = Math.max(1, weekdaysBetween(before.day, after.day));
    const squared = Math.log(after.paisePerGram / before.paisePerGram) ** 2 / gap;
    for (let step = 0; step < Math.min(gap, MAX_STEPS); step++) {
      variance = (1 - WEIGHT) * variance + WEIGHT * Math.min(squared, OUTLIER * variance);
    }
  }
  return variance;
}

/** Weekdays (Monday to Friday) after `from` up to and with `to`; 0 when `to` is not later. Holidays count. */
export function weekdaysBetween(from: string, to: string): number {
  return Math.max(0, weekdaysUntil(to) - weekdaysUntil(from));
}

function weekdaysUntil(day: string): number {
  // 1970-01-01 was a Thursday: 3 days after a Monday.
  const days = Date.parse(`${day}T00:00:00Z`) / DAY_MS + 3;
  const weeks = Math.floor(days / 7);
  return weeks * 5 + Math.min(days - weeks * 7 + 1, 5);
}

function differsByMore(value: number, base: number, basisPoints: number): boolean {
  return BigInt(Math.abs(value - base)) * BASIS > BigInt(base) * BigInt(basisPoints);
}
