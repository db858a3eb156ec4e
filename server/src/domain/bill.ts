// The arithmetic of orders and sales. Products of quantity and price go through BigInt: they can pass 2^53.

import { MAX_PAISE } from './money.ts';

/** Line totals in the order of the lines, and their sum, in paise. */
interface LineTotals {
  linesPaise: number[];
  sumPaise: number;
}

/** Quantity x unit price of each line, and the sum. Null when that is over the 1,000 crore the shop takes. */
export function lineTotals(
  lines: readonly { quantity: number; unitPricePaise: number }[],
): LineTotals | null {
  const totals = lines.map((line) => BigInt(line.quantity) * BigInt(line.unitPricePaise));
  const sum = totals.reduce((a, b) => a + b, 0n);
  return sum > BigInt(MAX_PAISE) ? null : { linesPaise: totals.map(Number), sumPaise: Number(sum) };
}

/** Sum plus tax less discount, or why there can be no such order. */
export function orderTotal(
  subtotalPaise: number,
  taxPaise: number,
  discountPaise: number,
): number | 'too_large' | 'discount_too_large' {
  const grossPaise = subtotalPaise + taxPaise;
  if (discountPaise > grossPaise) return 'discount_too_large';
  return grossPaise - discountPaise > MAX_PAISE ? 'too_large' : grossPaise - discountPaise;
}

/** What a counter sale comes to: a discount larger than the total makes it free, never negative. */
export function saleTotal(totalPaise: number, discountPaise: number): number {
  return Math.max(0, totalPaise - discountPaise);
}
