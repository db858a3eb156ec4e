import type { Series } from './price-series.ts';
import type { SeriesRates } from './rate-queries.ts';

export interface BoardRow extends Series {
  rupees: number;
  at: string;
  /** The series that an unset rate of gold was reckoned from, by fineness; null: it was set. */
  from: Series | null;
}

/** What customers ask for. 995 is between dealers. */
const RECKONED = ['916', '750', '585'];

/** What hangs at the counter: every rate that is set, and gold's other purities by fineness from 22K or 24K. */
export function boardRows(rates: readonly SeriesRates[]): BoardRow[] {
  const base = ['916', '999']
    .map((purity) => rates.find((each) => each.metal === 'gold' && each.purity === purity))
    .find((each) => each !== undefined && each.rate !== null);
  return rates.flatMap((each): BoardRow[] => {
    const { metal, purity, rate } = each;
    if (rate !== null) return [{ metal, purity, rupees: rate.price_per_gram, at: rate.date, from: null }];
    if (metal !== 'gold' || !RECKONED.includes(purity) || !base?.rate) return [];
    const paise = Math.round((base.rate.price_per_gram * 100 * Number(purity)) / Number(base.purity));
    return [{ metal, purity, rupees: paise / 100, at: base.rate.date, from: base }];
  });
}
