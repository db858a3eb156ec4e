// Weight is a whole number of milligrams everywhere inside. Grams (at most 3 decimals) exist on the wire only.

import { share, toSmallestUnit } from './money.ts';

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

/** The fine metal of one piece in milligrams: net weight x fineness (per mille, as marked), rounded half-up. */
export function fineWeightOf(piece: { netWeightMg: number; goldPurity: string }): number {
  return share(piece.netWeightMg, Number(piece.goldPurity), 1000);
}
