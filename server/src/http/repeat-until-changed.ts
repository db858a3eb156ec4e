// Answers to who is signed in, sent again until something changed. They hold for one stamp of the store, which every
// commit changes: what was written, the caller's rights and whether the session lives are all seen by the next request.

import type { FastifyRequest } from 'fastify';
import { dayOf, endOfDay } from '../domain/shop-day.ts';
import { repeatEarly } from './early-answers.ts';
import type { Shop } from './shop.ts';

/** The moment before anything was read for an answer. */
export interface Beginning {
  stamp: number | string;
  at: number;
}

/** To be taken before the caller's account is read. */
export function beginningOf({ store, now }: Shop): Beginning {
  return { stamp: store.journal.stamp(), at: now() };
}

/** Says that the answer holds until something is written, the caller's token ends or the shop's day does. */
export function repeatUntilChanged(request: FastifyRequest, shop: Shop, { stamp, at }: Beginning): void {
  const { store, now } = shop;
  const until = Math.min(request.caller?.holdsUntil ?? 0, endOfDay(dayOf(at)));
  // A ticket is good for one answer.
  if (until <= at) return;
  const wanted = request.headers['x-journal-at-least'];
  repeatEarly(request, {
    holds: () => {
      const moment = now();
      return moment >= at && moment < until && store.journal.stamp() === stamp;
    },
    // Whoever asked for a position waited for it, so the answer is at least of there.
    position: typeof wanted === 'string' && /^\d{1,15}$/.test(wanted) ? Number(wanted) : 0,
  });
}
