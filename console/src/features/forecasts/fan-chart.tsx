import { useMemo } from 'react';
import { shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { ChartSheet } from '../../ui/chart/chart-sheet.tsx';
import { DayChart } from '../../ui/chart/day-chart.tsx';
import type { ChartData } from '../../ui/chart/series.ts';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import { useFan, usePastRates } from './forecast-queries.ts';
import { forecastWords } from './words/forecast-words.ts';

type Fan = NonNullable<ReturnType<typeof useFan>['data']>;
type Past = NonNullable<ReturnType<typeof usePastRates>['data']>;
const HEIGHT = 360;

/** The past as a line, what may come as a fan. */
export function FanChart({ purity, days }: { purity: string; days: number }) {
  const past = usePastRates(purity);
  const fan = useFan(purity, days);
  return (
    <QueryStates query={past} loading={<div style={{ height: HEIGHT }} />}>
      {(before) => (
        <QueryStates query={fan} loading={<div style={{ height: HEIGHT }} />}>
          {(after) => <Drawing past={before} fan={after} />}
        </QueryStates>
      )}
    </QueryStates>
  );
}

function Drawing({ past, fan }: { past: Past; fan: Fan }) {
  const words = useWords(forecastWords);
  const data = useMemo(
    () =>
      fanData(past, fan, {
        past: words('past'),
        median: words('middle'),
        in8: words('in8'),
        in9: words('in9'),
      }),
    [past, fan, words],
  );
  const rupees = (figure: number) => formatRupees(figure, { paise: false });
  return (
    <ChartSheet title={words('fanTitle', { purity: fan.purity })} data={data} format={rupees}>
      <DayChart
        {...data}
        label={words('fanTitle', { purity: fan.purity })}
        height={HEIGHT}
        fromZero={false}
        format={rupees}
        formatShort={rupees}
        mark={{ day: fan.last_observed.date, word: words('lastRate') }}
      />
    </ChartSheet>
  );
}

/** Every day of the past that has a rate, then the days of the fan, which begins at the last rate. */
function fanData(
  { prices }: Past,
  fan: Fan,
  labels: { past: string; median: string; in8: string; in9: string },
): ChartData {
  const rates = new Map(prices.map(({ date, price_per_gram: price }) => [shopDay(date), price]));
  const start = fan.last_observed;
  rates.set(start.date, start.price_per_gram);
  const known = [...rates.keys()].sort().filter((day) => day <= start.date);
  const days = [...known, ...fan.days.map(({ date }) => date)];
  const at = (level: number) => fan.levels.findIndex((each) => Math.abs(each - level) < 1e-9);
  const ahead = (figure: (day: Fan['days'][number]) => number): (number | null)[] => [
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
