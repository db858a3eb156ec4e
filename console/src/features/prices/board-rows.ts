import type { Series } from './price-series.ts';
import type { SeriesRates } from './rate-queries.ts';

export interface BoardRow extends Series {
  rupees: number;
  at: string;
  /** The series that a rate of gold was reckoned from, by fineness; null: it was set. */
  from: Series | null;
}

/** What customers ask for. 995 is between dealers. */
const RECKONED = ['916', '750', '585'];

/**
 * What hangs at the counter: every rate that is set. Of gold those of its latest day, which price the pieces; a purity
 * that was set before that day or never is reckoned by fineness, from 22K of that day or, without one, its purest.
 * `dayOf`: the shop's day of an instant.
 */
export function boardRows(rates: readonly SeriesRates[], dayOf: (instant: string) => string): BoardRow[] {
  const { lastDay } = newestGold(rates, dayOf);
  return rates.flatMap((series): BoardRow[] => {
    const { metal, purity, rate } = series;
    const isGold = metal === 'gold';
    if (rate !== null && (!isGold || dayOf(rate.date) === lastDay)) {
      return [{ metal, purity, rupees: rate.price_per_gram, at: rate.date, from: null }];
    }
    if (rate === null && !RECKONED.includes(purity)) return [];
    const row = reckonedRow(series, rates, dayOf);
    return row === null ? [] : [row];
  });
}

/** What a purity of gold comes to by the rate that its pieces are priced by; null: there is none, or no gold. */
export function reckonedRow(
  { metal, purity }: Series,
  rates: readonly SeriesRates[],
  dayOf: (instant: string) => string,
): BoardRow | null {
  const { newest } = newestGold(rates, dayOf);
  const base = newest.find((row) => row.purity === '916') ?? newest[0];
  if (metal !== 'gold' || base === undefined) return null;
  const basePaise = Math.round(base.rate.price_per_gram * 100);
  const paise = Math.round((basePaise * Number(purity)) / Number(base.purity));
  return { metal, purity, rupees: paise / 100, at: base.rate.date, from: base };
}

function newestGold(rates: readonly SeriesRates[], dayOf: (instant: string) => string) {
  const gold = rates.flatMap(({ metal, purity, rate }) =>
    metal === 'gold' && rate !== null ? [{ metal, purity, rate, day: dayOf(rate.date) }] : [],
  );
  const lastDay = gold
    .map(({ day }) => day)
    .toSorted()
    .at(-1);
  return { lastDay, newest: gold.filter(({ day }) => day === lastDay) };
}
