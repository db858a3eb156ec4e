// Where the board rate may go: a range that holds as often as it says, and how past ranges did.

import { SegmentedControl } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { formatAge } from '../../format/date.ts';
import { formatPercent } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { Filters } from '../../ui/filter/filters.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useWords } from '../../words/say.ts';
import { Expected } from './expected.tsx';
import { FanChart } from './fan-chart.tsx';
import { useExpected, usePredictionStatus } from './forecast-queries.ts';
import { type GoldSearch, HORIZONS, PURITIES } from './forecast-search.ts';
import styles from './forecasts.module.css';
import { heldShare } from './past-record.ts';
import { ScoreboardSheet } from './scoreboard-sheet.tsx';
import { forecastWords } from './words/forecast-words.ts';

const route = getRouteApi('/frame/forecasts/');
const USUAL = { purity: '916', days: 90 } as const;

export function GoldForecast() {
  const words = useWords(forecastWords);
  const query = usePredictionStatus();
  return (
    <QueryStates query={query}>
      {({ gold_model: model }) =>
        model.trained ? (
          <Forecast />
        ) : (
          <EmptyState
            icon={<IconChartLine size={28} stroke={1.5} aria-hidden="true" />}
            title={words('notTrainedTitle')}
            text={words('notTrainedText')}
          />
        )
      }
    </QueryStates>
  );
}

function Forecast() {
  const words = useWords(forecastWords);
  const search = route.useSearch();
  const change = useChangeSearch<GoldSearch>();
  const purity = search.purity ?? USUAL.purity;
  const days = search.days ?? USUAL.days;
  return (
    <>
      <Filters>
        <SegmentedControl
          aria-label={words('purity')}
          value={purity}
          onChange={(value) => change({ purity: value as GoldSearch['purity'] })}
          data={PURITIES.map((value) => ({ value, label: goldPurity(value) }))}
        />
        <SegmentedControl
          aria-label={words('ahead')}
          value={String(days)}
          onChange={(value) => change({ days: Number(value) as GoldSearch['days'] })}
          data={HORIZONS.map((value) => ({ value: String(value), label: words(`days${value}`) }))}
        />
      </Filters>
      <Sentence purity={purity} />
      <FanChart purity={purity} days={days} />
      <div className={styles.pair}>
        <Expected purity={purity} />
        <ScoreboardSheet />
      </div>
    </>
  );
}

/** The share is that of the backtest, never fixed text; until one is known, what the range is made for. */
function Sentence({ purity }: { purity: string }) {
  const words = useWords(forecastWords);
  const { data } = useExpected(purity);
  const month = data?.[1];
  const held = heldShare(month);
  const count = month?.rates ?? 0;
  return (
    <p className={styles.sentence}>
      {words('sentence')}{' '}
      {held === null ? words('madeFor') : words('held', { percent: formatPercent(held * 100) })}{' '}
      {month === undefined ? null : (
        <span className="muted">
          {words(month.basis === 'board rates' ? 'fromBoard' : 'fromParity', {
            count,
            age: formatAge(month.last_trained),
          })}
        </span>
      )}
    </p>
  );
}
