// How much a predicted interval must be widened (or may be narrowed) so that it holds as often as it says.
// Source: Y. Romano, E. Patterson, E. Candes, "Conformalized Quantile Regression", NeurIPS 2019.

/** Lower ends of the size classes after the first, in the unit of the size. */
const BUCKET_STARTS: readonly number[] = [0.3, 0.5, 0.7, 1, 1.5, 2];
export const BUCKET_COUNT = BUCKET_STARTS.length + 1;
/** A class with fewer values borrows the offset of all. */
const FEWEST_IN_BUCKET = 40;
/** The size class of a size: 0 to 6. */
export function bucketOf(size: number): number {
  let bucket = 0;
  while (bucket < BUCKET_STARTS.length && size >= BUCKET_STARTS[bucket]!) bucket++;
  return bucket;
}

/**
 * For each size class what must be added to a bound so that at most a share `miss` (above 0, below 1) of new values
 * lies beyond it, given by how much the `excesses` of known values lay beyond it (negative inside). The share
 * is itself an estimate, so it is aimed lower by `standardErrors` of it.
 */
export function conformalOffsets(
  excesses: Float64Array,
  sizes: Float64Array,
  miss: number,
  standardErrors: number,
): Float64Array {
  if (excesses.length === 0 || excesses.length !== sizes.length) {
    throw new RangeError('offsets need at least one value, and a size for each');
  }
  if (!(miss > 0 && miss < 1)) throw new RangeError(`a share must be above 0 and below 1, not ${miss}`);
  const all = conformalQuantile(Float64Array.from(excesses), miss, standardErrors);
  return Float64Array.from({ length: BUCKET_COUNT }, (_, bucket) => {
    const inBucket = excesses.filter((_, index) => bucketOf(sizes[index]!) === bucket);
    return inBucket.length < FEWEST_IN_BUCKET ? all : conformalQuantile(inBucket, miss, standardErrors);
  });
}

/** The value of rank ceil((n + 1) (1 - miss)), on the safe side by some standard errors. Sorts its argument. */
function conformalQuantile(values: Float64Array, miss: number, standardErrors: number): number {
  const error = Math.sqrt((miss * (1 - miss)) / values.length);
  const safe = Math.max(0, miss - standardErrors * error);
  const rank = Math.ceil((values.length + 1) * (1 - safe));
  return values.sort()[Math.min(rank, values.length) - 1]!;
}
