// What the law says of cash that is about to be taken. It warns and refuses nothing: how much there is to take is known
// at the counter, not here.

import { formatRupees } from '../../format/money.ts';
import type { Say } from '../../words/say.ts';
import type { en } from './words/en.ts';

/** In rupees. */
export interface CashAsked {
  /** About to be taken in cash. */
  taken: number;
  /** Received in cash from the same person today, by whatever way. */
  today: number;
  /** Received in cash for the same bill, on whatever days. */
  ofBill: number;
  /** So much or more is not allowed, neither from one person in a day nor for one bill. */
  limit: number;
}

/** Whether a method, which is free text on older orders, is cash. */
export function isCash(method: string | null): boolean {
  return method?.trim().toLowerCase() === 'cash';
}

/** What is to be said of it, a sentence or two for each limit that is reached; none within the law. */
export function cashWarnings(words: Say<typeof en>, { taken, today, ofBill, limit }: CashAsked): string[] {
  if (!(taken > 0)) return [];
  const most = formatRupees(limit, { paise: false });
  /** The amounts as texts, where what came in before and what comes now reach the limit. */
  const reached = (before: number) => {
    const paise = Math.round(before * 100) + Math.round(taken * 100);
    if (paise < Math.round(limit * 100)) return null;
    return { received: formatRupees(before), sum: formatRupees(paise / 100), limit: most };
  };
  const [day, bill] = [reached(today), ofBill > 0 ? reached(ofBill) : null];
  if (day !== null && today === 0 && bill === null) return [words('cashAlone', { limit: most })];
  return [
    ...(day !== null && today > 0 ? [words('cashToday', day)] : []),
    ...(bill === null ? [] : [words('cashOfBill', bill)]),
  ];
}
