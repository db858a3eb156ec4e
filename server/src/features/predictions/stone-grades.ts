// The grades of stones as the models count them: whole numbers, upwards is better, 0 is the worst that the reference
// data have. Poor, K to M, FL, I2 and I3 do not occur there: they lie outside the models' grid (ml/grade-grid.ts).

import type { CLARITIES, COLORS, CUTS } from '../../domain/price.ts';

type Names<T extends readonly string[]> = Readonly<Record<T[number], number>>;

const CUT_ORDINALS: Names<typeof CUTS> = {
  Poor: -1,
  Fair: 0,
  Good: 1,
  'Very Good': 2,
  Excellent: 3,
  Ideal: 4,
};
const COLOR_ORDINALS: Names<typeof COLORS> = {
  M: -3,
  L: -2,
  K: -1,
  J: 0,
  I: 1,
  H: 2,
  G: 3,
  F: 4,
  E: 5,
  D: 6,
};
const CLARITY_ORDINALS: Names<typeof CLARITIES> = {
  I3: -2,
  I2: -1,
  I1: 0,
  SI2: 1,
  SI1: 2,
  VS2: 3,
  VS1: 4,
  VVS2: 5,
  VVS1: 6,
  IF: 7,
  FL: 8,
};

/** The grades of a stone by their names. */
export interface StoneGrades {
  cut: keyof typeof CUT_ORDINALS;
  color: keyof typeof COLOR_ORDINALS;
  clarity: keyof typeof CLARITY_ORDINALS;
}

/** Cut, colour and clarity as the models take them. */
export function gradesOf({ cut, color, clarity }: StoneGrades): readonly [number, number, number] {
  return [CUT_ORDINALS[cut], COLOR_ORDINALS[color], CLARITY_ORDINALS[clarity]];
}

/** The names of grades within the grid, as the shop calls them. */
export function gradeNames([cut, color, clarity]: readonly [number, number, number]): StoneGrades {
  return {
    cut: nameOf(CUT_ORDINALS, cut),
    color: nameOf(COLOR_ORDINALS, color),
    clarity: nameOf(CLARITY_ORDINALS, clarity),
  };
}

function nameOf<T extends string>(ordinals: Readonly<Record<T, number>>, ordinal: number): T {
  const found = (Object.keys(ordinals) as T[]).find((name) => ordinals[name] === ordinal);
  if (found === undefined) throw new RangeError(`no grade has the number ${ordinal}`);
  return found;
}
