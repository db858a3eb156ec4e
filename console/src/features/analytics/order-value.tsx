import type { OrderValueWire } from '../../../../server/src/contract/metrics.ts';
import { formatRupees, formatRupeesShort } from '../../format/money.ts';
import { formatNumber } from '../../format/number.ts';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import styles from './analytics.module.css';
import { rangeOf, useMetric } from './analytics-queries.ts';
import type { MetricProps } from './analytics-search.ts';
import { intervalOf } from './interval-of.ts';
import { MetricTiles } from './metric-tiles.tsx';
import { beside, PeriodChart } from './period-chart.tsx';
import { analyticsWords } from './words/analytics-words.ts';

const PARTS = ['average_booked_value', 'average_sale_value'] as const;

export function OrderValue({ search }: MetricProps) {
  const words = useWords(analyticsWords);
  const range = rangeOf(search);
  const query = useMetric<OrderValueWire>('order-value', {
    ...range,
    interval: intervalOf(range),
    compare: search.compare,
  });
  return (
    <QueryStates query={query}>
      {({ totals, series, compare }) => (
        <>
          <MetricTiles
            tiles={[
              ...PARTS.map((part) => ({
                label: words(part),
                figure: formatRupeesShort(totals[part]),
                now: totals[part],
                before: compare?.totals[part],
              })),
              {
                label: words('orders'),
                figure: formatNumber(totals.booked_orders),
                now: totals.booked_orders,
                before: compare?.totals.booked_orders,
              },
            ]}
          />
          <div className={styles.sheets}>
            {PARTS.map((part) => (
              <PeriodChart
                key={part}
                title={words(part)}
                days={series.map(({ date }) => date)}
                format={formatRupees}
                series={[
                  { kind: 'bar', label: words(part), values: series.map((row) => row[part]) },
                  ...beside(series, compare?.series, words('before'), (row) => row[part]),
                ]}
              />
            ))}
          </div>
        </>
      )}
    </QueryStates>
  );
}
