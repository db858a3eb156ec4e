// Measures of how good predictions were. Lower is better for all but coverage and R2.

/** The 19 levels 5%, 10% to 95%, over which the CRPS is averaged. */
export const CRPS_LEVELS: readonly number[] = Array.from({ length: 19 }, (_, index) => (index + 1) / 20);

/**
 * Pinball loss of `quantile`, predicted for `level` (between 0 and 1), when `actual` came. In the unit of the values.
 * Source: R. Koenker, G. Bassett, "Regression Quantiles", Econometrica 46 (1978).
 */
export function pinballLoss(level: number, quantile: number, actual: number): number {
  const miss = actual - quantile;
  return miss >= 0 ? level * miss : (level - 1) * miss;
}

/**
 * Continuous ranked probability score: twice the mean pinball loss over `CRPS_LEVELS`, in the unit of the values.
 * `quantiles` holds the predicted quantile of each level, in the same order.
 * Source: T. Gneiting, A. Raftery, "Strictly Proper Scoring Rules", JASA 102 (2007).
 */
export function crps(quantiles: ArrayLike<number>, actual: number): number {
  if (quantiles.length !== CRPS_LEVELS.length) {
    throw new RangeError(`the score needs ${CRPS_LEVELS.length} quantiles, not ${quantiles.length}`);
  }
  let sum = 0;
  for (let i = 0; i < quantiles.length; i++) sum += pinballLoss(CRPS_LEVELS[i]!, quantiles[i]!, actual);
  return (2 * sum) / CRPS_LEVELS.length;
}

/** Root mean square error, in the unit of the values. */
export function rootMeanSquareError(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < sameLength(predicted, actual); i++) sum += (predicted[i]! - actual[i]!) ** 2;
  return Math.sqrt(sum / actual.length);
}

/** Mean absolute error as a share of the actual value: 0.05 is 5%. The actual values must not be 0. */
export function meanAbsolutePercentageError(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < sameLength(predicted, actual); i++) {
    sum += Math.abs(predicted[i]! - actual[i]!) / Math.abs(actual[i]!);
  }
  return sum / actual.length;
}

/** Share of the variance explained, 1 at best, below 0 when worse than the mean. Only of use on rows not trained on. */
export function determination(predicted: ArrayLike<number>, actual: ArrayLike<number>): number {
  const count = sameLength(predicted, actual);
  let mean = 0;
  for (let i = 0; i < count; i++) mean += actual[i]! / count;
  let variance = 0;
  for (let i = 0; i < count; i++) variance += (actual[i]! - mean) ** 2;
  return 1 - (rootMeanSquareError(predicted, actual) ** 2 * count) / variance;
}

/** Share of the actual values inside their interval, ends included, between 0 and 1. */
export function coverage(
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  actual: ArrayLike<number>,
): number {
  let inside = 0;
  for (let i = 0; i < sameLength(lower, actual); i++) {
    if (lower[i]! <= actual[i]! && actual[i]! <= upper[i]!) inside++;
  }
  return inside / sameLength(upper, actual);
}

function sameLength(left: ArrayLike<number>, right: ArrayLike<number>): number {
  if (left.length !== right.length || left.length === 0) {
    throw new RangeError(`lists of ${left.length} and ${right.length} values cannot be compared`);
  }
  return left.length;
}
