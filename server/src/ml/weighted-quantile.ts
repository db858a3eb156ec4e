// Quantiles of values that count differently.

/**
 * The smallest value such that a share `level` of the weight lies at or below it. `level` is between 0 and 1,
 * weights are above 0. Throws a RangeError for an empty list.
 */
export function weightedQuantile(values: Float64Array, weights: Float64Array, level: number): number {
  if (values.length === 0 || values.length !== weights.length) {
    throw new RangeError('a quantile needs at least one value, and a weight for each');
  }
  const order = Uint32Array.from(values, (_, index) => index).sort(
    (a, b) => values[a]! - values[b]! || a - b,
  );
  let whole = 0;
  for (const weight of weights) whole += weight;
  let sum = 0;
  for (const index of order) {
    sum += weights[index]!;
    if (sum >= level * whole) return values[index]!;
  }
  return values[order[order.length - 1]!]!;
}
