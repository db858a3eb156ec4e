// What a sale comes to, before it is sent. In paise, so that every sum is the one that the server will make.

export const METHODS = ['upi', 'cash', 'card', 'cheque', 'bank_transfer', 'khata'] as const;
export type Method = (typeof METHODS)[number];

/** A field for a number; '' while nothing is typed. */
export type Typed = number | '';

export interface SaleSums {
  totalPaise: number;
  /** Total less discount, never below 0. */
  finalPaise: number;
  paidPaise: number;
  /** What no payment covers yet; below 0: more than is asked for. */
  restPaise: number;
  khataPaise: number;
}

export function toPaise(rupees: Typed): number {
  return Math.round(Number(rupees) * 100);
}

export function sumSale(
  lines: readonly { quantity: Typed; price: Typed }[],
  discount: Typed,
  paid: Readonly<Record<Method, Typed>>,
): SaleSums {
  const totalPaise = lines.reduce((sum, { quantity, price }) => sum + Number(quantity) * toPaise(price), 0);
  const finalPaise = Math.max(0, totalPaise - toPaise(discount));
  const paidPaise = METHODS.reduce((sum, method) => sum + toPaise(paid[method]), 0);
  return {
    totalPaise,
    finalPaise,
    paidPaise,
    restPaise: finalPaise - paidPaise,
    khataPaise: toPaise(paid.khata),
  };
}

/** What the books say of a sale paid like this: the khata part is a debt still. */
export function statusOf({ finalPaise, khataPaise }: SaleSums): 'paid' | 'partial' | 'pending' {
  if (khataPaise === 0) return 'paid';
  return khataPaise < finalPaise ? 'partial' : 'pending';
}
