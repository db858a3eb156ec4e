import { useMemo } from 'react';
import type { StockAgeingWire } from '../../../../server/src/contract/stock-metrics.ts';
import { formatRupees } from '../../format/money.ts';
import { formatNumber } from '../../format/number.ts';
import { Grams, Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import { CategoryWord } from '../products/category-word.tsx';
import styles from './analytics.module.css';
import { useMetric } from './analytics-queries.ts';
import { BucketBars } from './bucket-bars.tsx';
import { analyticsWords } from './words/analytics-words.ts';

const ROWS = 100;
type Dead = StockAgeingWire['dead_stock'][number];

/** How long pieces have lain there, and which lie too long. */
export function StockAgeing() {
  const words = useWords(analyticsWords);
  const query = useMetric<StockAgeingWire>('stock-ageing', { per_page: ROWS });
  const columns = useColumns();
  return (
    <QueryStates query={query}>
      {({ bands, dead_days: deadDays, dead_stock: dead }) => (
        <div className={styles.sheets}>
          <Sheet title={words('stock-ageing')} note={words('sinceLastSale')}>
            <BucketBars
              buckets={bands.map(({ from_days: from, to_days: to, list_value: value, pieces }) => ({
                label: to === null ? words('overDays', { from: from - 1 }) : words('days', { from, to }),
                amount: value,
                text: words('piecesWorth', { count: pieces, amount: formatRupees(value, { paise: false }) }),
              }))}
            />
          </Sheet>
          <Sheet title={words('deadStock')} note={words('idleFrom', { days: deadDays })}>
            <DataTable
              label={words('deadStock')}
              rows={dead}
              columns={columns}
              rowKey={({ product_id: id }) => id}
              isSorted
              empty={<EmptyState title={words('noDeadStock')} />}
            />
          </Sheet>
        </div>
      )}
    </QueryStates>
  );
}

function useColumns(): Column<Dead>[] {
  const words = useWords(analyticsWords);
  return useMemo(
    () => [
      { key: 'name', header: words('piece'), cell: (row) => row.product_name },
      {
        key: 'category',
        header: words('category'),
        cell: (row) => <CategoryWord category={row.category} />,
        wideOnly: true,
      },
      {
        key: 'weight',
        header: words('weight'),
        align: 'end',
        cell: (row) => <Grams grams={row.weight} />,
        wideOnly: true,
      },
      {
        key: 'stock',
        header: words('quantity'),
        align: 'end',
        cell: (row) => formatNumber(row.stock_quantity),
        card: 'line-end',
      },
      {
        key: 'idle',
        header: words('idleDays'),
        align: 'end',
        cell: (row) => formatNumber(row.idle_days),
        card: 'line',
      },
      {
        key: 'price',
        header: words('listPrice'),
        align: 'end',
        cell: (row) => <Money rupees={row.base_price} paise={false} />,
        card: 'title-end',
      },
    ],
    [words],
  );
}
