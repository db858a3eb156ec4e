import { useMemo } from 'react';
import { shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { DayChart } from '../../ui/chart/day-chart.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import styles from './today.module.css';
import { useGoldDays } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

/** The way of the board rate, small. */
export function GoldDays() {
  const words = useWords(todayWords);
  const query = useGoldDays();
  const prices = query.data?.prices;
  const data = useMemo(
    () => ({
      days: (prices ?? []).map(({ date }) => shopDay(date)),
      series: [
        {
          kind: 'line' as const,
          label: words('goldPrice'),
          values: (prices ?? []).map(({ price_per_gram: price }) => price),
        },
      ],
    }),
    [prices, words],
  );
  return (
    <Sheet title={words('goldDays')}>
      <QueryStates query={query} loading={<div style={{ height: 160 }} />}>
        {({ prices: rows, statistics }) =>
          rows.length < 2 ? (
            <p className={styles.text}>{words('noRate')}</p>
          ) : (
            <div className={styles.text}>
              <DayChart
                {...data}
                bare
                height={96}
                fromZero={false}
                label={words('goldDays')}
                format={formatRupees}
                formatShort={formatRupees}
              />
              <p>
                <b>{formatRupees(statistics.min ?? 0, { paise: false })}</b> –{' '}
                <b>{formatRupees(statistics.max ?? 0, { paise: false })}</b>
              </p>
              <p className="muted">
                {words('goldChange', { percent: signed(statistics.change_percent ?? 0) })}
              </p>
            </div>
          )
        }
      </QueryStates>
    </Sheet>
  );
}

function signed(percent: number): string {
  return `${percent < 0 ? '−' : '+'}${formatPercent(Math.abs(percent))}`;
}
