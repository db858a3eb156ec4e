// What the world does to the program, put into it in memory as the defects are. A fault is no defect: the program must
// bear it.

import type { Defect } from './defects/defect.ts';

const TASK = 'features/predictions/training-task.ts';

export const FAULTS = {
  'a row without a number': {
    what: 'a training gets a stone whose price is NaN, and a month of gold with none',
    pieces: [
      {
        file: TASK,
        find: 'rowsOfReferenceStones(await readReferenceStones())',
        put: '((all) => { all.prices[7] = Number.NaN; return all; })(rowsOfReferenceStones(await readReferenceStones()))',
      },
      {
        file: TASK,
        find: 'trainAllSeries(gold, report)',
        put: 'trainAllSeries({ ...gold, parity: [...gold.parity, { day: 99_999, price: Number.NaN }] }, report)',
      },
    ],
  },
  'a model of garbage': {
    what: 'what a (short) training learned of stones comes out as bytes that are no numbers, and of metals with a NaN in it',
    pieces: [
      {
        file: 'features/predictions/train-stones.ts',
        find: '  const { train, test } = splitRows(rows, SPLIT_SEED, true);',
        put: '  training = { ...training, trees: 2, withBands: false };\n  const { train, test } = splitRows(rows, SPLIT_SEED, true);',
      },
      {
        file: 'features/predictions/train-stones.ts',
        find: 'const file = kind.write(model);',
        put: 'const file = kind.write(model).fill(255, 400);',
      },
      {
        file: 'features/predictions/train-series.ts',
        find: '  refuseUnfit(name, trained);',
        put: '  Object.assign(trained.model, { variance: Number.NaN });\n  refuseUnfit(name, trained);',
      },
    ],
  },
} satisfies Record<string, Defect>;
