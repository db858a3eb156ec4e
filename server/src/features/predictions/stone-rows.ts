// Stones as the models learn them: the shop's own by their 4Cs in rupees, the open ones with measures in dollars.

import { LARGEST_SIZE } from '../../ml/grade-grid.ts';
import { columnsOfItems } from '../../ml/item-rows.ts';
import type { MeasuredRows } from '../../ml/measured-model.ts';
import type { ReferenceStones } from '../reference/read-reference-stones.ts';
import { gradesOf, type StoneGrades } from './stone-grades.ts';

/** One of the shop's own stones, with its price in rupees. */
export interface OwnStone {
  carat: number;
  grades: readonly [number, number, number];
  rupees: number;
}

export function toOwnStone(stone: {
  milliCarat: number;
  cut: string;
  color: string;
  clarity: string;
  pricePaise: number;
}): OwnStone {
  return {
    carat: stone.milliCarat / 1000,
    grades: gradesOf(stone as unknown as StoneGrades),
    rupees: stone.pricePaise / 100,
  };
}

/** Larger stones than the models' grid holds are left out. */
export function rowsOfOwnStones(stones: readonly OwnStone[]): MeasuredRows {
  const fitting = stones.filter(({ carat }) => carat <= LARGEST_SIZE);
  return columnsOfItems(fitting.map(({ carat, grades, rupees }) => ({ size: carat, grades, price: rupees })));
}

/** The open data set calls our `Excellent` cut `Premium`. */
export function rowsOfReferenceStones(stones: ReferenceStones): MeasuredRows {
  const { cut, color, clarity } = stones;
  const rows = Array.from(stones.milliCarat, (milliCarat, row) => {
    const cutName = nameAt(cut, row);
    return {
      size: milliCarat / 1000,
      grades: gradesOf({
        cut: cutName === 'Premium' ? 'Excellent' : cutName,
        color: nameAt(color, row),
        clarity: nameAt(clarity, row),
      } as StoneGrades),
      price: stones.dollars[row] as number,
      measures: {
        depth: stones.depth[row] as number,
        table: stones.table[row] as number,
        x: stones.x[row] as number,
        y: stones.y[row] as number,
        z: stones.z[row] as number,
      },
    };
  });
  return columnsOfItems(rows);
}

function nameAt({ names, codes }: { names: string[]; codes: Uint8Array }, row: number): string {
  return names[codes[row] as number] as string;
}
