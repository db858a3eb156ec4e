// What trees say over the whole grid. Sizes in one bin are one to the trees, so each bin of sizes is asked for once.

import { type BinnedTable, binWithCuts, rowsOfTable } from './binning.ts';
import { CELL_COUNT, gridColumns, SIZE_COUNT } from './grade-grid.ts';

/** `predict` answers for the rows of a table that has the columns size and three grades, binned at `cuts`. */
export function predictOverGrid(
  cuts: readonly Float64Array[],
  predict: (table: BinnedTable) => Float64Array,
): Float64Array {
  const grid = binWithCuts(gridColumns(), cuts);
  const binOfStep = grid.bins[0]!.subarray(0, SIZE_COUNT);
  /** For each step of size the number of its bin among those that occur, and the first step of each. */
  const places = new Uint16Array(SIZE_COUNT);
  const firstSteps: number[] = [];
  binOfStep.forEach((bin, step) => {
    if (step === 0 || bin !== binOfStep[step - 1]) firstSteps.push(step);
    places[step] = firstSteps.length - 1;
  });
  const perLine = firstSteps.length;
  const lines = CELL_COUNT / SIZE_COUNT;
  const asked = Uint32Array.from({ length: lines * perLine }, (_, at) => {
    return Math.floor(at / perLine) * SIZE_COUNT + firstSteps[at % perLine]!;
  });
  const answers = predict(rowsOfTable(grid, asked));
  return Float64Array.from({ length: CELL_COUNT }, (_, cell) => {
    return answers[Math.floor(cell / SIZE_COUNT) * perLine + places[cell % SIZE_COUNT]!]!;
  });
}
