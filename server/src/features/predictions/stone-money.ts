// What a model's price of a stone is in rupees. The open data are US dollars of about 2008: they are turned at the day's
// rate and at the level of this shop's market, which the shop says, or its own stones do once there are 30.

import type { RupeesWire } from '../../contract/stone-prediction.ts';
import type { Settings } from '../../domain/settings.ts';
import type { StoneDetails } from './serving-models.ts';

/** How to turn a model's prices into rupees, and the words for it. */
export interface StoneMoney {
  /** Rupees for one of the model's units. */
  factor: number;
  toWire: (modelPrice: number) => RupeesWire;
}

type MoneySettings = Pick<Settings, 'rupeesPerDollarPaise' | 'stoneMarketBasisPoints'>;

/** Null when the model's prices are dollars and nobody says what a dollar is. */
export function stoneMoney(details: StoneDetails, settings: MoneySettings): StoneMoney | null {
  if (details.currency === 'INR') return { factor: 1, toWire: () => SHOP_PRICES };
  const { learnedFactor: learned, rupeesPerDollar: reference } = details;
  const month = reference && { rate: reference.rate, source: reference.month };
  const set = settings.rupeesPerDollarPaise;
  // The factor was learned at the rate of the open series, so that only the two together are right.
  if (learned && month) return money('own_stones', month, learned.factor, learned.rows);
  const rate = set === null ? month : { rate: set / 100, source: 'setting' };
  if (!rate) return null;
  return money('dollars', rate, settings.stoneMarketBasisPoints / 10_000, 0);
}

const SHOP_PRICES: RupeesWire = {
  source: 'shop_prices',
  dollars: null,
  rupees_per_dollar: null,
  rate_source: null,
  market_factor: null,
  own_stones: 0,
};

function money(
  source: 'own_stones' | 'dollars',
  { rate, source: rateSource }: { rate: number; source: string },
  marketFactor: number,
  ownStones: number,
): StoneMoney {
  return {
    factor: rate * marketFactor,
    toWire: (modelPrice) => ({
      source,
      dollars: toHundredths(modelPrice),
      rupees_per_dollar: rate,
      rate_source: rateSource,
      market_factor: Math.round(marketFactor * 10_000) / 10_000,
      own_stones: ownStones,
    }),
  };
}

/** Rupees to the paisa, dollars to the cent: these are estimates, not amounts of the books. */
export function toHundredths(amount: number): number {
  return Math.round(amount * 100) / 100;
}
