// Money is a whole number of paise everywhere inside. Rupees exist on the wire only.
// No floating point arithmetic on amounts: products and shares go through BigInt.

/** The largest amount or total the shop takes: 1,000 crore rupees, in paise. */
export const MAX_PAISE = 1_000_000_000_000;

/**
 * A number with at most `decimals` decimals as a whole number of the smallest unit, or null when it has more.
 * A value within a millionth of a whole unit is float noise and is rounded to it. At large magnitudes one
 * representable step is coarser than that, so the tolerance grows to it.
 */
export function toSmallestUnit(value: number, decimals: number): number | null {
  if (!Number.isFinite(value)) return null;
  const scaled = value * 10 ** decimals;
  const whole = Math.round(scaled);
  const tolerance = Math.max(1e-6, Math.abs(scaled) * 2 ** -51);
  if (Math.abs(scaled - whole) > tolerance) return null;
  return whole === 0 ? 0 : whole;
}

/** Rupees from the wire as paise. The value has passed the schema (finite, at most 2 decimals); throws otherwise. */
export function toPaise(rupees: number): number {
  const paise = toSmallestUnit(rupees, 2);
  if (paise === null) throw new RangeError(`not an amount in rupees: ${rupees}`);
  return paise;
}

/** Paise as rupees for the wire: the JSON number nearest to the exact amount. */
export function toRupees(paise: number): number {
  return paise / 100;
}

/** `amount x numerator / denominator`, rounded half-up (away from zero), exact at any size. Whole numbers only. */
export function share(amount: number, numerator: number, denominator: number): number {
  return divideHalfUp(BigInt(amount) * BigInt(numerator), BigInt(denominator));
}

/** Half-up division of whole numbers, away from zero for negative ones, as a safe integer. */
export function divideHalfUp(numerator: bigint, denominator: bigint): number {
  const result = Number(divideExactly(numerator, denominator));
  if (!Number.isSafeInteger(result)) throw new RangeError('the amount is too large');
  return result;
}

/** The same at any size, for amounts whose limit is checked afterwards. */
export function divideExactly(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new RangeError('the denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

/** Exact sum of paise; throws where it leaves the safe integers. */
export function sumPaise(amounts: Iterable<number>): number {
  let sum = 0;
  for (const amount of amounts) {
    sum += amount;
    if (!Number.isSafeInteger(sum)) throw new RangeError('the sum is too large');
  }
  return sum;
}

/** `₹1,23,456.70`: Indian grouping, two decimals, for texts that the server writes itself. */
export function formatRupees(paise: number): string {
  const negative = paise < 0;
  const digits = String(Math.abs(paise)).padStart(3, '0');
  const whole = digits.slice(0, -2);
  const last = whole.slice(-3);
  const grouped = whole.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',');
  return `${negative ? '-' : ''}₹${grouped === '' ? last : `${grouped},${last}`}.${digits.slice(-2)}`;
}
