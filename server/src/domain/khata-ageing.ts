import type { AgedDebt } from './analytics.ts';

/**
 * What of a balance is unpaid, by age. Payments settle the oldest debit first, so the newest debits that make up the
 * balance are what is unpaid. `given`: the debits of the last 30, 60 and 90 days, each without those before.
 */
export function ageBalance(balancePaise: number, given: readonly [number, number, number]): AgedDebt {
  let rest = balancePaise;
  const unpaidOf = (paise: number): number => {
    const unpaid = Math.min(rest, paise);
    rest -= unpaid;
    return unpaid;
  };
  const [days30, days60, days90] = [unpaidOf(given[0]), unpaidOf(given[1]), unpaidOf(given[2])];
  return { days30, days60, days90, older: rest };
}
