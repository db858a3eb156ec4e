// Repeatable randomness for training: the same seed gives the same numbers on every machine. Not for secrets.

/** A stream of repeatable pseudo-random numbers. */
export type SeededGenerator = {
  /** The next number, uniform in [0, 1), on a grid of 2^-32. */
  next(): number;
  /** The next whole number, uniform in [0, limit); `limit` is a whole number from 1 to 2^32. */
  below(limit: number): number;
};

/**
 * sfc32 (Chris Doty-Humphrey, PractRand, public domain), warmed up over 15 rounds.
 * `seed` is any safe integer; throws a RangeError for anything else.
 */
export function seededGenerator(seed: number): SeededGenerator {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`the seed must be a whole number, not ${seed}`);
  let a = 0x9e3779b9;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 15; round++) next();
  return { next, below: (limit) => Math.floor(next() * limit) };
}

/** The whole numbers from 0 to `count - 1` in a repeatable random order (Fisher and Yates). */
export function shuffledIndices(count: number, random: SeededGenerator): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
