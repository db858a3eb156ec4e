// Which rows to learn from and which to hold back, so that a score is about rows that the model has not seen.

import type { GradedRows } from './grade-grid.ts';
import { seededGenerator, shuffledIndices } from './seeded-generator.ts';

/** Row numbers on both sides, ascending. */
export type HoldoutSplit = { readonly train: Uint32Array; readonly test: Uint32Array };

const TEST_SHARE = 0.2;

/**
 * Splits the rows 80/20. With `grouped`, rows of equal size, grades and price stay on one side; without, each row is a
 * group of its own. Stratified on price decile x size decile, so that the score hangs less on which of the few
 * dearest rows are held back; without that (`stratified` false) it scatters more.
 */
export function splitRows(rows: GradedRows, seed: number, grouped: boolean, stratified = true): HoldoutSplit {
  const groups = groupsOf(rows, grouped);
  const strata = stratified ? stratify(rows, groups) : [groups];
  const random = seededGenerator(seed);
  const inTest = new Uint8Array(rows.sizes.length);
  let missing = 0;
  for (const groups of strata) {
    missing += TEST_SHARE * groups.reduce((sum, group) => sum + group.length, 0);
    for (const index of shuffledIndices(groups.length, random)) {
      if (missing < 0.5) break;
      for (const row of groups[index]!) inTest[row] = 1;
      missing -= groups[index]!.length;
    }
  }
  const side = (value: number): Uint32Array => {
    const all = Uint32Array.from(inTest, (_, row) => row);
    return all.filter((row) => inTest[row] === value);
  };
  return { train: side(0), test: side(1) };
}

function groupsOf({ sizes, grades, prices }: GradedRows, grouped: boolean): number[][] {
  const groups = new Map<string, number[]>();
  sizes.forEach((size, row) => {
    const equal = [size, grades[0][row], grades[1][row], grades[2][row], prices[row]].join();
    const key = grouped ? equal : String(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  });
  return [...groups.values()];
}

function stratify({ sizes, prices }: GradedRows, groups: number[][]): number[][][] {
  const ofPrice = decilesOf(prices);
  const ofSize = decilesOf(sizes);
  const strata: number[][][] = Array.from({ length: 100 }, () => []);
  for (const group of groups) strata[ofPrice[group[0]!]! * 10 + ofSize[group[0]!]!]!.push(group);
  return strata;
}

function decilesOf(values: Float64Array): Uint8Array {
  const sorted = Float64Array.from(values).sort();
  const cuts = Array.from({ length: 9 }, (_, i) => sorted[Math.floor((sorted.length * (i + 1)) / 10)]!);
  return Uint8Array.from(values, (value) => cuts.filter((cut) => value >= cut).length);
}
