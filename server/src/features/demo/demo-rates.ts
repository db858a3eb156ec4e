// The sample shop's board rates: a seeded random walk that ends near a plausible rate. Synthetic, and labelled so in
// every row's source; no accuracy may ever be reported on it.

import { share } from '../../domain/money.ts';
import type { Metal } from '../../domain/price.ts';
import { DAY_MS, dayOf } from '../../domain/shop-day.ts';
import type { SeededRandom } from './seeded-random.ts';

export const SYNTHETIC_SOURCE = 'synthetic (sample shop)';

export interface DemoRate {
  metal: Metal;
  purity: string;
  paisePerGram: number;
  day: string;
}

const GOLD_916_PAISE = 11_865_00;
const SILVER_999_PAISE = 148_50;
const PLATINUM_950_PAISE = 4_120_00;
const BASIS = 10_000;

/** One rate a day and series for the last `days` days, oldest first; the last day's are the plain figures above. */
export function demoRates(random: SeededRandom, now: number, days: number): DemoRate[] {
  const gold = walkBack(random, GOLD_916_PAISE, days, 80);
  const silver = walkBack(random, SILVER_999_PAISE, days, 120);
  const platinum = walkBack(random, PLATINUM_950_PAISE, days, 90);
  return gold.flatMap((paise, index) => {
    const day = dayOf(now - (days - 1 - index) * DAY_MS);
    const at = (metal: Metal, purity: string, paisePerGram: number): DemoRate => ({
      metal,
      purity,
      paisePerGram,
      day,
    });
    return [
      at('gold', '916', paise),
      at('gold', '999', toRupee(share(paise, 999, 916))),
      at('gold', '750', toRupee(share(paise, 750, 916))),
      at('silver', '999', silver[index] as number),
      at('platinum', '950', platinum[index] as number),
    ];
  });
}

/** A walk that ends at `last`, with steps of up to `step` basis points, in whole rupees or half rupees. */
function walkBack(random: SeededRandom, last: number, days: number, step: number): number[] {
  const walk = [last];
  while (walk.length < days) {
    const next = walk[0] as number;
    walk.unshift(toRupee(share(next, BASIS + random.between(-step, step - 12), BASIS)));
  }
  return walk;
}

function toRupee(paise: number): number {
  return paise > 1_000_00 ? paise - (paise % 100) : paise - (paise % 50);
}
