import { useMemo } from 'react';
import type { GoldWire } from '../../../../server/src/contract/stock-metrics.ts';
import { formatRupeesShort } from '../../format/money.ts';
import { formatGrams, formatNumber } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { Grams, Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import styles from './analytics.module.css';
import { rangeOf, useMetric } from './analytics-queries.ts';
import type { MetricProps } from './analytics-search.ts';
import { intervalOf } from './interval-of.ts';
import { MetricTiles } from './metric-tiles.tsx';
import { beside, PeriodChart } from './period-chart.tsx';
import { analyticsWords } from './words/analytics-words.ts';

type PurityStock = GoldWire['stock']['by_purity'][number];

/** Fine gold: what went out, and what lies in the shop at today's rate. */
export function Gold({ search }: MetricProps) {
  const words = useWords(analyticsWords);
  const range = rangeOf(search);
  const query = useMetric<GoldWire>('gold', {
    ...range,
    interval: intervalOf(range),
    compare: search.compare,
  });
  const columns = useColumns();
  return (
    <QueryStates query={query}>
      {({ totals, series, compare, stock }) => (
        <>
          <MetricTiles
            tiles={[
              {
                label: words('soldGrams'),
                figure: formatGrams(totals.sold_grams),
                now: totals.sold_grams,
                before: compare?.totals.sold_grams,
              },
              { label: words('stockGrams'), figure: formatGrams(stock.fine_grams) },
              {
                label: words('metalValue'),
                figure: stock.metal_value === null ? '–' : formatRupeesShort(stock.metal_value),
              },
            ]}
          />
          <div className={styles.sheets}>
            <PeriodChart
              title={words('soldGrams')}
              days={series.map(({ date }) => date)}
              format={formatGrams}
              formatShort={formatNumber}
              series={[
                { kind: 'bar', label: words('soldGrams'), values: series.map((row) => row.sold_grams) },
                ...beside(series, compare?.series, words('before'), (row) => row.sold_grams),
              ]}
            />
            <Sheet title={words('stockByPurity')}>
              <DataTable
                label={words('stockByPurity')}
                rows={stock.by_purity}
                columns={columns}
                rowKey={({ purity }) => purity}
                isSorted
                empty={<EmptyState title={words('nothingYet')} />}
              />
            </Sheet>
          </div>
        </>
      )}
    </QueryStates>
  );
}

function useColumns(): Column<PurityStock>[] {
  const words = useWords(analyticsWords);
  return useMemo(
    () => [
      { key: 'purity', header: words('purity'), cell: (row) => goldPurity(row.purity) },
      {
        key: 'pieces',
        header: words('quantity'),
        align: 'end',
        cell: (row) => formatNumber(row.pieces),
        card: 'line',
      },
      {
        key: 'fine',
        header: words('fine_grams'),
        align: 'end',
        cell: (row) => <Grams grams={row.fine_grams} />,
        card: 'line-end',
      },
      {
        key: 'value',
        header: words('metalValue'),
        align: 'end',
        cell: (row) => (row.metal_value === null ? '–' : <Money rupees={row.metal_value} />),
        card: 'title-end',
      },
    ],
    [words],
  );
}
