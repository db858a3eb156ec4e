import type { StockLot } from './analytics.ts';
import { divideExactly } from './money.ts';
import { rateFor } from './piece-price.ts';
import type { Rate } from './price.ts';

/**
 * The value of a lot's metal in paise at the rates in force, as a piece of it would be priced: net weight x rate x
 * fineness of the pieces / fineness of the rate, rounded half-up once for the lot. Null: no rate is recorded. Beyond 2^53
 * paise it is the nearest number: a hundred kilograms typed a million times must not close the page of all others.
 */
export function metalValue(
  lot: Pick<StockLot, 'netMg' | 'goldPurity'>,
  rates: readonly Rate[],
): { rate: Rate; paise: number } | null {
  const rate = rateFor(lot.goldPurity, rates);
  if (rate === null) return null;
  const exact = BigInt(lot.netMg) * BigInt(rate.paisePerGram) * BigInt(lot.goldPurity);
  return { rate, paise: Number(divideExactly(exact, 1000n * BigInt(rate.purity))) };
}
