// Why a stone costs what it is said to cost: what each of its properties adds to a plain stone, and real stones like it.

import type { DiamondPredictionBody, ExplanationWire } from '../../contract/stone-prediction.ts';
import { contributions } from '../../ml/contributions.ts';
import { priceGradedItem } from '../../ml/graded-model.ts';
import { nearestItems } from '../../ml/nearest-items.ts';
import type { KnownStones } from './known-stones.ts';
import { itemOf, type PricedStone, type StonePricing } from './predict-stone.ts';
import { gradeNames } from './stone-grades.ts';
import { toHundredths } from './stone-money.ts';

/** What is compared with: one carat in the middle of the grades. */
const REFERENCE = { carat: 1, cut: 'Very Good', color: 'G', clarity: 'VS2' } as const;
const FEATURES = ['carat', 'cut', 'color', 'clarity'] as const;
const NEAREST = 3;

/** `stone` is the answer that is explained. */
export function explainStone(
  { graded, money }: StonePricing,
  body: DiamondPredictionBody,
  stone: PricedStone,
  known: KnownStones,
): ExplanationWire {
  // The stone with those of its 4Cs whose bit is set, and the reference's in place of the others: 16 look-ups.
  const priceOf = (mask: number): number => {
    const chosen = FEATURES.map((name, bit) => [name, (mask & (1 << bit) ? body : REFERENCE)[name]]);
    return priceGradedItem(graded.model, itemOf(Object.fromEntries(chosen) as typeof body)).price;
  };
  const inMoney = contributions(FEATURES.length, (mask) => priceOf(mask) * money.factor);
  const inLog = contributions(FEATURES.length, (mask) => Math.log(priceOf(mask)));
  const by4Cs = priceOf(2 ** FEATURES.length - 1);
  const parts: {
    feature: ExplanationWire['contributions'][number]['feature'];
    rupees: number;
    log: number;
  }[] = FEATURES.map((feature, at) => ({ feature, rupees: inMoney[at] as number, log: inLog[at] as number }));
  if (stone.model === 'measures') {
    const rupees = (stone.priced.price - by4Cs) * money.factor;
    parts.push({ feature: 'measures', rupees, log: Math.log(stone.priced.price / by4Cs) });
  }
  const from = toHundredths(priceOf(0) * money.factor);
  return {
    reference: { ...REFERENCE, predicted_price: from },
    contributions: toHundredthsThatSum(parts, toHundredths(stone.priced.price * money.factor) - from),
    nearest_stones: nearestItems(known.index, stone.item, NEAREST).map(({ size, grades, price }) => ({
      carat: size,
      ...gradeNames(grades),
      price: toHundredths(price * money.factor),
      dollars: known.source === 'open_data' ? price : null,
      source: known.source,
    })),
  };
}

/** Rounded so that the sum is right to the paisa: each is the difference of two rounded sums. */
function toHundredthsThatSum(
  parts: readonly {
    feature: ExplanationWire['contributions'][number]['feature'];
    rupees: number;
    log: number;
  }[],
  whole: number,
): ExplanationWire['contributions'] {
  let exact = 0;
  let shown = 0;
  return parts.map(({ feature, rupees, log }, at) => {
    exact += rupees;
    const upTo = at === parts.length - 1 ? whole : toHundredths(exact);
    const part = toHundredths(upTo - shown);
    shown = toHundredths(upTo);
    return { feature, rupees: part, percent: toHundredths(100 * Math.expm1(log)) };
  });
}
