import { LARGEST_SIZE } from '../../ml/grade-grid.ts';
import { priceGradedItem } from '../../ml/graded-model.ts';
import { readGradedModel } from '../../ml/graded-model-file.ts';
import type { OwnStone } from './stone-rows.ts';

/** The shop's own stones from which the market is learned, rather than assumed. */
const LEAST_STONES_FOR_FACTOR = 30;

/**
 * How much the shop's own stones cost beside the model's dollars in rupees: the median, which a few wrong prices do
 * not move. Null with too few stones.
 */
export function learnFactor(
  gradedFile: Uint8Array,
  own: readonly OwnStone[],
  rupeesPerDollar: number,
): { factor: number; rows: number } | null {
  const fitting = own.filter(({ carat }) => carat <= LARGEST_SIZE);
  if (fitting.length < LEAST_STONES_FOR_FACTOR) return null;
  const model = readGradedModel(gradedFile);
  const ratios = Float64Array.from(fitting, ({ carat, grades, rupees }) => {
    return rupees / (priceGradedItem(model, { size: carat, grades }).price * rupeesPerDollar);
  }).sort();
  const middle = ratios.length >> 1;
  const upper = ratios[middle] as number;
  const factor = ratios.length % 2 === 1 ? upper : ((ratios[middle - 1] as number) + upper) / 2;
  return { factor, rows: fitting.length };
}
