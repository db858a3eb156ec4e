// The bytes of a trained price model, at most 10 KB.

import type { HorizonScore, TrainedPriceModel } from './backtest.ts';
import { ModelFileError, readModelFile, sectionOfModel, writeModelFile } from './model-file.ts';
import { insanityOf, type PriceModel, TABLE_LEVELS } from './price-forecast.ts';
import { ANCHORS } from './price-tracker.ts';

const TYPE = 'price-forecast-1';
const SCORE_KEYS = [
  'steps',
  'outcomes',
  'independent',
  'errorRatio',
  'crpsRatio',
  'coverage80',
  'coverage95',
  'percentageError',
  'noChangePercentageError',
] as const satisfies readonly (keyof HorizonScore)[];

/** The model file of a trained price model. */
export function writePriceModel({ model, scores }: TrainedPriceModel): Uint8Array {
  const { stepping } = model;
  return writeModelFile(TYPE, {
    state: Float64Array.of(
      stepping.unit === 'weekday' ? 0 : 1,
      stepping.weekdaysPerStep,
      stepping.varianceKept,
      stepping.reversionLeft,
      model.lastDay,
      model.lastLogPrice,
      model.count,
      model.variance,
      model.longRunVariance,
      model.drift,
    ),
    driftShares: Float64Array.from(model.driftShares),
    tables: Float64Array.from(model.tables.flat()),
    scores: Float64Array.from(scores.flatMap((score) => SCORE_KEYS.map((key) => score[key]))),
  });
}

/** The model in a file. Throws a ModelFileError for another file, and for a model that gives no sane prices. */
export function readPriceModel(file: Uint8Array): TrainedPriceModel {
  const sections = readModelFile(TYPE, file);
  const state = sectionOfModel(sections, 'state', 'f64', 10);
  const tables = sectionOfModel(sections, 'tables', 'f64', ANCHORS.length * TABLE_LEVELS.length);
  const scores = sectionOfModel(sections, 'scores', 'f64', ANCHORS.length * SCORE_KEYS.length);
  const model: PriceModel = {
    stepping: {
      unit: state[0] === 0 ? 'weekday' : 'observation',
      weekdaysPerStep: state[1]!,
      varianceKept: state[2]!,
      reversionLeft: state[3]!,
    },
    lastDay: state[4]!,
    lastLogPrice: state[5]!,
    count: state[6]!,
    variance: state[7]!,
    longRunVariance: state[8]!,
    drift: state[9]!,
    driftShares: [...sectionOfModel(sections, 'driftShares', 'f64', ANCHORS.length)],
    tables: ANCHORS.map((_, row) => [
      ...tables.subarray(row * TABLE_LEVELS.length, (row + 1) * TABLE_LEVELS.length),
    ]),
  };
  const insanity = insanityOf(model);
  if (insanity !== null) throw new ModelFileError(`the model in the file is not sane: ${insanity}`);
  return { model, scores: ANCHORS.map((_, row) => scoreFrom(scores, row)) };
}

function scoreFrom(values: Float64Array, row: number): HorizonScore {
  const entries = SCORE_KEYS.map((key, index) => [key, values[row * SCORE_KEYS.length + index]!]);
  return Object.fromEntries(entries) as HorizonScore;
}
