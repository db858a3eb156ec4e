import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { ChartSheet } from '../../ui/chart/chart-sheet.tsx';
import { DayChart } from '../../ui/chart/day-chart.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { useWords } from '../../words/say.ts';
import { PERIODS, type Period } from './price-search.ts';
import type { Series } from './price-series.ts';
import styles from './prices.module.css';
import { useRateDays } from './rate-queries.ts';
import { useSeriesName } from './set-rate-dialog.tsx';
import { priceWords } from './words/price-words.ts';

const DAY_MS = 86_400_000;
const DAYS: Record<Period, number | null> = { month: 30, quarter: 90, year: 365, all: null };

interface RateHistoryProps {
  series: Series;
  period: Period;
  onPeriod: (period: Period) => void;
}

/** How a rate went, with its table and file. */
export function RateHistory({ series, period, onPeriod }: RateHistoryProps) {
  const words = useWords(priceWords);
  const name = useSeriesName()(series);
  const days = DAYS[period];
  const query = useRateDays(series, days === null ? undefined : shopDay(Date.now() - days * DAY_MS));
  return (
    <div className={styles.history}>
      <SegmentedControl
        aria-label={words('period')}
        value={period}
        onChange={(value) => onPeriod(value as Period)}
        data={PERIODS.map((value) => ({ value, label: words(value) }))}
      />
      <QueryStates query={query}>
        {(rows) =>
          rows.length < 2 ? (
            <Sheet title={words('history', { name })}>
              <EmptyState title={words('noHistoryTitle')} text={words('noHistoryText')} />
            </Sheet>
          ) : (
            <RateChart name={name} rows={rows} />
          )
        }
      </QueryStates>
    </div>
  );
}

function RateChart({ name, rows }: { name: string; rows: readonly { day: string; rupees: number }[] }) {
  const words = useWords(priceWords);
  const title = words('history', { name });
  const data = useMemo(
    () => ({
      days: rows.map(({ day }) => day),
      series: [{ kind: 'line' as const, label: name, values: rows.map(({ rupees }) => rupees) }],
    }),
    [rows, name],
  );
  return (
    <ChartSheet title={title} data={data} format={formatRupees}>
      <DayChart
        {...data}
        label={title}
        height={320}
        fromZero={false}
        format={formatRupees}
        formatShort={(figure) => formatRupees(figure, { paise: false })}
      />
    </ChartSheet>
  );
}
