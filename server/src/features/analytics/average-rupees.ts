import { divideHalfUp, toRupees } from '../../domain/money.ts';

/** Paise over a count, rounded half-up to a paisa, in rupees; over nothing it is 0. */
export function averageRupees(paise: number, count: number): number {
  return count === 0 ? 0 : toRupees(divideHalfUp(BigInt(paise), BigInt(count)));
}
