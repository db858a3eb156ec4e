// Who did what: a difference shared out among the things that differ.

/**
 * Shapley values: `value(mask)` says what comes out when the switches in `mask` (bit i for switch i) are on; the
 * answer is what each of `count` switches contributes to `value(all) - value(0)`, as the mean over all orders in which
 * they can be turned on. Exact: `value` is asked for every mask, 2^count times. They sum to the difference up to
 * rounding. Source: L. Shapley, "A Value for n-Person Games", 1953.
 */
export function contributions(count: number, value: (mask: number) => number): number[] {
  if (!(Number.isInteger(count) && count >= 1 && count <= 10)) {
    throw new RangeError(`there must be 1 to 10 switches, not ${count}`);
  }
  const values = Float64Array.from({ length: 2 ** count }, (_, mask) => value(mask));
  const weights = orderShares(count);
  return Array.from({ length: count }, (_, at) => {
    let sum = 0;
    for (let mask = 0; mask < values.length; mask++) {
      if (mask & (1 << at)) continue;
      sum += weights[bitsOf(mask)]! * (values[mask | (1 << at)]! - values[mask]!);
    }
    return sum;
  });
}

/** For each number of switches already on: the share of all orders in which exactly a given set of so many precedes. */
function orderShares(count: number): number[] {
  // k! (n - k - 1)! / n!, from the one for k - 1 by k / (n - k).
  const shares = [1 / count];
  for (let on = 1; on < count; on++) shares.push((shares[on - 1]! * on) / (count - on));
  return shares;
}

function bitsOf(mask: number): number {
  let bits = 0;
  for (let left = mask; left > 0; left &= left - 1) bits++;
  return bits;
}
