import { useMemo } from 'react';
import type { ConversionWire } from '../../../../server/src/contract/metrics.ts';
import { formatDate } from '../../format/date.ts';
import { formatNumber, formatPercent } from '../../format/number.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import styles from './analytics.module.css';
import { rangeOf, useMetric } from './analytics-queries.ts';
import type { MetricProps } from './analytics-search.ts';
import { PeriodChart } from './period-chart.tsx';
import { analyticsWords } from './words/analytics-words.ts';

type Cohort = ConversionWire['cohorts'][number];

/** How many customers bought something, and how soon new ones did. */
export function Conversion({ search }: MetricProps) {
  const words = useWords(analyticsWords);
  const columns = useCohortColumns();
  const query = useMetric<ConversionWire>('conversion', { ...rangeOf(search), interval: 'week' });
  return (
    <QueryStates query={query}>
      {({ series, cohorts }) => (
        <div className={styles.sheets}>
          <PeriodChart
            title={words('conversionByWeek')}
            days={series.map(({ date }) => date)}
            format={formatPercent}
            formatShort={formatPercent}
            series={[
              { kind: 'bar', label: words('conversion'), values: series.map((row) => row.conversion_rate) },
            ]}
          />
          <Sheet title={words('cohorts')} note={words('cohortsNote')}>
            <DataTable
              label={words('cohorts')}
              rows={cohorts.toReversed()}
              columns={columns}
              rowKey={({ date }) => date}
              isSorted
              empty={<EmptyState title={words('nothingYet')} />}
            />
          </Sheet>
        </div>
      )}
    </QueryStates>
  );
}

function useCohortColumns(): Column<Cohort>[] {
  const words = useWords(analyticsWords);
  return useMemo(
    () => [
      { key: 'week', header: words('weekOf'), cell: ({ date }) => formatDate(date) },
      {
        key: 'new',
        header: words('newCustomers'),
        align: 'end',
        cell: (row) => formatNumber(row.new_customers),
        card: 'title-end',
      },
      {
        key: 'd30',
        header: words('within30'),
        align: 'end',
        cell: (row) => formatNumber(row.ordered_within_30_days),
        wideOnly: true,
      },
      {
        key: 'd60',
        header: words('within60'),
        align: 'end',
        cell: (row) => formatNumber(row.ordered_within_60_days),
        wideOnly: true,
      },
      {
        key: 'd90',
        header: words('within90'),
        align: 'end',
        cell: (row) => formatNumber(row.ordered_within_90_days),
        wideOnly: true,
      },
      {
        key: 'rate',
        header: words('orderedEver'),
        align: 'end',
        cell: (row) => (
          <>
            <span className={styles.cardOnly}>{words('orderedEver')}</span>
            {row.new_customers === 0 ? '–' : formatPercent(row.conversion_rate)}
          </>
        ),
        card: 'line-end',
      },
    ],
    [words],
  );
}
