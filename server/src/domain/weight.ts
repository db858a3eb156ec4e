// Weight is a whole number of milligrams everywhere inside. Grams (at most 3 decimals) exist on the wire only.

import { toSmallestUnit } from './money.ts';

/** Grams from the wire as milligrams. The value has passed the schema; throws otherwise. */
export function toMilligrams(grams: number): number {
  const milligrams = toSmallestUnit(grams, 3);
  if (milligrams === null) throw new RangeError(`not a weight in grams: ${grams}`);
  return milligrams;
}

/** Milligrams as grams for the wire. */
export function toGrams(milligrams: number): number {
  return milligrams / 1000;
}
