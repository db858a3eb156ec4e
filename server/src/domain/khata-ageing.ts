import type { AgedDebt } from './analytics.ts';

/** One customer's unpaid debits by age, and the balance (paise; below 0: the shop owes) that they add up to. */
export interface CustomerAgeing extends AgedDebt {
  balancePaise: number;
}

/**
 * What of a balance is unpaid, by age. Payments settle the oldest debit first, so the newest debits that make up the
 * balance are what is unpaid. `given`: the debits of the last 30, 60 and 90 days, each without those before. Where the
 * shop owes, nothing is unpaid.
 */
export function ageBalance(balancePaise: number, given: readonly [number, number, number]): AgedDebt {
  let rest = Math.max(0, balancePaise);
  const unpaidOf = (paise: number): number => {
    const unpaid = Math.min(rest, paise);
    rest -= unpaid;
    return unpaid;
  };
  const [days30, days60, days90] = [unpaidOf(given[0]), unpaidOf(given[1]), unpaidOf(given[2])];
  return { days30, days60, days90, older: rest };
}
