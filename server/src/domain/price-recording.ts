import { toRupees } from './money.ts';
import type { MetalPrice, NewMetalPrice } from './price.ts';
import { bearsOut, changeInBasisPoints, type DailyRate, type GuardShares, judgeRate } from './rate-guard.ts';
import { refuse } from './shop-error.ts';

/** What the store holds of a series when a rate comes in. */
export interface SeriesState {
  /** The rate in force; null: the first of its series. */
  inForce: MetalPrice | null;
  /** One value a day, oldest first, up to the day of the rate in force. */
  history: readonly DailyRate[];
  /** Those that wait for a confirmation, oldest first. */
  held: readonly MetalPrice[];
}

export interface Recording {
  /** Whether the rate is recorded as held. */
  held: boolean;
  changeBasisPoints: number | null;
  /** The held rates that it bears out: they come into force with it. */
  released: MetalPrice[];
}

/** What recording a rate leads to. Refuses: rate_too_far. */
export function judgeRecording(input: NewMetalPrice, series: SeriesState, shares: GuardShares): Recording {
  const { inForce, history } = series;
  const changeBasisPoints = inForce && changeInBasisPoints(inForce.paisePerGram, input.paisePerGram);
  const verdict = judgeRate(input, inForce, history, shares, input.confirm);
  if (verdict === 'refused' && inForce) {
    throw refuse('rate_too_far', {
      data: {
        previous_price_per_gram: toRupees(inForce.paisePerGram),
        price_per_gram: toRupees(input.paisePerGram),
        change_percent: (changeBasisPoints ?? 0) / 100,
      },
    });
  }
  // An older day is no second opinion on today's rate: imported history must not release a held one.
  const isJudged = inForce === null || input.day >= inForce.day;
  const released = isJudged ? series.held.filter((held) => bearsOut(input, held, shares)) : [];
  return { held: verdict === 'held' && released.length === 0, changeBasisPoints, released };
}
