// Small trained models of stones for tests: prices follow a simple law, so that answers can be judged.

import type { ModelBasis, ModelName, NewModel } from '../src/domain/trained-model.ts';
import { modelVersion } from '../src/domain/trained-model.ts';
import { packModel } from '../src/features/predictions/model-bytes.ts';
import type { StoneDetails } from '../src/features/predictions/serving-models.ts';
import { trainGradedModel } from '../src/ml/graded-model.ts';
import { writeGradedModel, writeMeasuredModel } from '../src/ml/graded-model-file.ts';
import { columnsOfItems } from '../src/ml/item-rows.ts';
import { trainMeasuredModel } from '../src/ml/measured-model.ts';
import { seededGenerator } from '../src/ml/seeded-generator.ts';
import type { TestShop } from './test-shop.ts';

const TRAINING = { seed: 1, trees: 25 };
const STONE_DETAILS: StoneDetails = {
  currency: 'USD',
  rupeesPerDollar: { month: '2025-12', rate: 90 },
  learnedFactor: null,
};

/** 1,500 stones in dollars with noise of 10%, and measures that say a little of it. */
function stones() {
  const { next, below } = seededGenerator(3);
  return columnsOfItems(
    Array.from({ length: 1500 }, () => {
      const size = Math.round(20 + 200 * next()) / 100;
      const grades = [below(5), below(7), below(8)] as const;
      const noise = 0.2 * (next() - 0.5);
      const width = 6.42 * Math.cbrt(size) * (1 + 0.1 * noise);
      const log = 8 + 1.8 * Math.log(size) + 0.04 * grades[0] + 0.08 * grades[1] + 0.1 * grades[2] + noise;
      const measures = { depth: 61.5, table: 57, x: width, y: width, z: width * 0.615 };
      return { size, grades, price: Math.exp(log), measures };
    }),
  );
}

/** A model as it is stored; of a few trees, where nobody judges its prices. */
export function packedStoneModel(
  name: 'diamond-4c' | 'diamond-measured',
  withBands: boolean,
  trees = TRAINING.trees,
): Promise<Uint8Array> {
  const rows = stones();
  return packModel(
    name === 'diamond-4c'
      ? writeGradedModel(trainGradedModel(rows, { ...TRAINING, trees, withBands }))
      : writeMeasuredModel(trainMeasuredModel(rows, { ...TRAINING, trees, withBands })),
  );
}

/** Puts a model in service as a training does. */
export async function putStoneModel(
  shop: TestShop,
  name: ModelName,
  bytes: Uint8Array,
  changes: { details?: Partial<StoneDetails>; basis?: ModelBasis; metrics?: Record<string, number> } = {},
): Promise<void> {
  const card: NewModel['card'] = {
    name,
    version: modelVersion(shop.clock.now),
    trainedAt: shop.clock.now,
    dataPoints: 1500,
    basis: changes.basis ?? 'reference',
    seenPosition: 0,
    metrics: changes.metrics ?? { mape: 8, held_back: 300 },
    details: { ...STONE_DETAILS, ...changes.details },
  };
  await shop.shop.store.models.put([{ card, bytes }], null, shop.by());
}
