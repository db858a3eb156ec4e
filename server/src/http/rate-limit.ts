// How often one address may ask for what costs much and needs no account. A bucket an address and kind, in the memory of
// the process: with several workers an address gets at most as many times as much. What is answered from memory (the
// public catalogue, single predictions) has no limit of its own: an answer costs less than keeping count would save,
// and overload.ts refuses what is too much at once.

import { isIPv6 } from 'node:net';
import { refuse } from '../domain/shop-error.ts';

interface Rate {
  /** So many at once, */
  burst: number;
  /** and then this many a second. */
  perSecond: number;
}

/** Far above what twenty phones behind the shop's router do. */
export const RATES = {
  /** Each leaves an account behind and costs a hash of 45 ms. */
  'sign-up': { burst: 60, perSecond: 1 / 60 },
  /** Leaves an entry in the journal for ever, also of an account that a stranger made, and costs hashes. */
  'own-account': { burst: 60, perSecond: 1 / 60 },
  /** Beside the count of failures by account: a hash of 45 ms, whoever's name was tried. */
  'sign-in': { burst: 120, perSecond: 2 },
  /** A durable write, also for tokens that nobody has. */
  session: { burst: 600, perSecond: 10 },
  /** Goes through words and texts; an answer that is held already is given before anybody counts. */
  search: { burst: 300, perSecond: 50 },
  /** Hundreds of stones in one request. */
  batch: { burst: 60, perSecond: 5 },
} as const satisfies Record<string, Rate>;
export type RateKind = keyof typeof RATES;

/** A flood of addresses must not grow the memory: the one that was longest away makes room. */
const MOST_ADDRESSES = 10_000;

interface Bucket {
  left: number;
  at: number;
}

export class RateLimiter {
  readonly #now: () => number;
  readonly #buckets = new Map<RateKind, Map<string, Bucket>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts one request. Refuses rate_limited with the seconds to wait. */
  take(kind: RateKind, address: string): void {
    const { burst, perSecond } = RATES[kind];
    const buckets = this.#bucketsOf(kind);
    const key = networkOf(address);
    const now = this.#now();
    const known = buckets.get(key);
    // A clock that was set back gives nothing and takes nothing.
    const gained = known ? (Math.max(0, now - known.at) / 1000) * perSecond : 0;
    const left = known ? Math.min(burst, known.left + gained) : burst;
    if (left < 1) {
      throw refuse('rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil((1 - left) / perSecond)) });
    }
    // Put in again, it is the last to make room.
    buckets.delete(key);
    if (buckets.size >= MOST_ADDRESSES) buckets.delete(buckets.keys().next().value ?? '');
    buckets.set(key, { left: left - 1, at: now });
  }

  #bucketsOf(kind: RateKind): Map<string, Bucket> {
    let buckets = this.#buckets.get(kind);
    if (!buckets) {
      buckets = new Map();
      this.#buckets.set(kind, buckets);
    }
    return buckets;
  }
}

/** Whoever has one address of IPv6 has the 2^64 beside it: they count as one. */
export function networkOf(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail = ''] = (address.split('%', 1)[0] ?? '').toLowerCase().split('::', 2);
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::')
    ? Array.from({ length: 8 - left.length - right.length }, () => '0')
    : [];
  const groups = [...left, ...zeros, ...right].slice(0, 4);
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':');
}
