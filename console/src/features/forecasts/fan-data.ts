import type { PriceFan, Trends } from '../../../../server/src/contract/prediction.ts';
import { shopDay } from '../../format/date.ts';
import type { ChartData } from '../../ui/chart/series.ts';

/** Every day of the past that has a rate, then the days of the fan, which begins at the last rate. */
export function fanData(
  { prices }: Pick<Trends, 'prices'>,
  fan: PriceFan,
  labels: { past: string; median: string; in8: string; in9: string },
): ChartData {
  const rates = new Map(prices.map(({ date, price_per_gram: price }) => [shopDay(date), price]));
  const start = fan.last_observed;
  rates.set(start.date, start.price_per_gram);
  const known = [...rates.keys()].sort().filter((day) => day <= start.date);
  const days = [...known, ...fan.days.map(({ date }) => date)];
  const at = (level: number) => fan.levels.findIndex((each) => Math.abs(each - level) < 1e-9);
  const ahead = (figure: (day: PriceFan['days'][number]) => number): (number | null)[] => [
    ...known.map((day) => (day === start.date ? start.price_per_gram : null)),
    ...fan.days.map(figure),
  ];
  const quantile = (level: number) => ahead(({ quantiles, median }) => quantiles[at(level)] ?? median);
  return {
    days,
    series: [
      { kind: 'band95', label: labels.in9, lows: quantile(0.05), highs: quantile(0.95) },
      { kind: 'band80', label: labels.in8, lows: quantile(0.1), highs: quantile(0.9) },
      { kind: 'dashed', label: labels.median, values: ahead(({ median }) => median) },
      {
        kind: 'line',
        label: labels.past,
        values: days.map((day) => (day > start.date ? null : (rates.get(day) ?? null))),
      },
    ],
  };
}
