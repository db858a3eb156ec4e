import type { DebtBucketWire } from '../../contract/metrics.ts';
import type { AgedDebt } from '../../domain/analytics.ts';
import { toRupees } from '../../domain/money.ts';
import { bandsOf } from './bands.ts';

const BANDS = bandsOf([30, 60, 90], 0);

export function toDebtBuckets({ days30, days60, days90, older }: AgedDebt): DebtBucketWire[] {
  const amounts = [days30, days60, days90, older];
  return BANDS.map(({ label, from, to }, index) => ({
    label,
    from_days: from,
    to_days: to,
    amount: toRupees(amounts[index] ?? 0),
  }));
}

/** 1,500.50 rupees: a third of it new, the rest over a month old. */
export const debtBucketsExample: DebtBucketWire[] = toDebtBuckets({
  days30: 500_00,
  days60: 1000_50,
  days90: 0,
  older: 0,
});
