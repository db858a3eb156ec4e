// Money that came in, by how: what a drawer is counted against.

import type { MoneyIn } from './analytics.ts';
import { methodName } from './payment.ts';

/** One row a method, however it is spelled: most first, of equals by name, and last what came in without a word of how. */
export function byMethod(rows: Iterable<MoneyIn>): MoneyIn[] {
  const sums = new Map<string | null, number>();
  for (const { method, paise } of rows) {
    const name = methodName(method);
    sums.set(name, (sums.get(name) ?? 0) + paise);
  }
  const found = [...sums].map(([method, paise]) => ({ method, paise }));
  return found.sort((a, b) => {
    if (a.method === null || b.method === null) return a.method === null ? 1 : -1;
    return b.paise - a.paise || (a.method < b.method ? -1 : 1);
  });
}
