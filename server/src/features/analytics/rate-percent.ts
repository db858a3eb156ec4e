import { divideHalfUp } from '../../domain/money.ts';

/** A share in per cent with 2 decimals, rounded half-up; of nothing it is 0. */
export function ratePercent(part: number, whole: number): number {
  if (whole === 0) return 0;
  return divideHalfUp(BigInt(part) * 10_000n, BigInt(whole)) / 100;
}
