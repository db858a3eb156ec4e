import { useMemo } from 'react';
import type { PriceFan, Trends } from '../../../../server/src/contract/prediction.ts';
import { formatRupees } from '../../format/money.ts';
import { goldPurity } from '../../format/purity.ts';
import { ChartSheet } from '../../ui/chart/chart-sheet.tsx';
import { DayChart } from '../../ui/chart/day-chart.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import { fanData } from './fan-data.ts';
import { useFan, usePastRates } from './forecast-queries.ts';
import { forecastWords } from './words/forecast-words.ts';

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

function Drawing({ past, fan }: { past: Trends; fan: PriceFan }) {
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
    <ChartSheet title={words('fanTitle', { purity: goldPurity(fan.purity) })} data={data} format={rupees}>
      <DayChart
        {...data}
        label={words('fanTitle', { purity: goldPurity(fan.purity) })}
        height={HEIGHT}
        fromZero={false}
        format={rupees}
        formatShort={rupees}
        mark={{ day: fan.last_observed.date, word: words('lastRate') }}
      />
    </ChartSheet>
  );
}
