// The tails of the numbers that an order may get: contract 3.3, random, tried in their order until one is free.

import { TAIL_LENGTH } from '../../domain/order.ts';
import type { Shop } from '../../http/shop.ts';

const TAIL_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** With half of a day's 1.7 million numbers taken, one order in a million would find none of these free. */
const TAIL_TRIES = 20;
/** Characters that the first tails of a second have in common. */
const SHARED_LENGTH = 2;
/** Of the 1,296 tails that begin alike, so many are drawn: the last of them meets a taken one in one case of twenty. */
const DRAWN_ALIKE = 64;

/**
 * Draws the tails for one order after another. The first tails of the same second begin alike, 64 of them at most, so
 * that orders that come together stand together in the index of numbers: each on a page of its own took a seventh of
 * the rate at which a busy shop's disk takes them. All others are as random as if no order had come before.
 */
export function tailDrawer(shop: Shop): () => string {
  let second = Number.NaN;
  let shared = '';
  let left = 0;
  return () => {
    const tails = shop.randomText(TAIL_TRIES * TAIL_LENGTH, TAIL_ALPHABET);
    const now = Math.floor(shop.now() / 1000);
    if (now !== second || left === 0) {
      second = now;
      shared = tails.slice(0, SHARED_LENGTH);
      left = DRAWN_ALIKE;
    }
    left--;
    return shared + tails.slice(SHARED_LENGTH);
  };
}
