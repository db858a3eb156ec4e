import { useMemo } from 'react';
import type { TopProductsWire } from '../../../../server/src/contract/metrics.ts';
import { formatNumber } from '../../format/number.ts';
import { Grams, Money } from '../../ui/figures.tsx';
import type { Column } from '../../ui/table/column.ts';
import { useWords } from '../../words/say.ts';
import { CategoryWord } from '../products/category-word.tsx';
import { rangeOf, useMetric } from './analytics-queries.ts';
import type { MetricProps } from './analytics-search.ts';
import { Ranking } from './ranking.tsx';
import { analyticsWords } from './words/analytics-words.ts';

const RANKINGS = ['quantity', 'revenue', 'fine_grams'] as const;
const ROWS = 50;
type Row = TopProductsWire['products'][number];

export function TopProducts({ search, change }: MetricProps) {
  const words = useWords(analyticsWords);
  const by = RANKINGS.find((each) => each === search.by) ?? 'quantity';
  const query = useMetric<TopProductsWire>('top-products', {
    ...rangeOf(search),
    by,
    source: 'both',
    limit: ROWS,
  });
  const columns = useColumns();
  return (
    <Ranking
      title={words('top-products')}
      note={words('soldAndOrdered')}
      orders={RANKINGS.map((value) => ({ value, label: words(value) }))}
      by={by}
      onOrder={(value) => change({ by: value })}
      query={query}
      rowsOf={({ products }) => products}
      columns={columns}
      rowKey={({ product_id: id }) => id}
    />
  );
}

function useColumns(): Column<Row>[] {
  const words = useWords(analyticsWords);
  return useMemo(
    () => [
      { key: 'name', header: words('piece'), cell: (row) => row.product_name },
      {
        key: 'category',
        header: words('category'),
        cell: (row) => <CategoryWord category={row.category} />,
        card: 'line',
      },
      {
        key: 'quantity',
        header: words('quantity'),
        align: 'end',
        cell: (row) => formatNumber(row.quantity),
        card: 'line-end',
      },
      {
        key: 'revenue',
        header: words('revenue'),
        align: 'end',
        cell: (row) => <Money rupees={row.revenue} />,
        card: 'title-end',
      },
      {
        key: 'grams',
        header: words('fine_grams'),
        align: 'end',
        cell: (row) => <Grams grams={row.fine_grams} />,
        wideOnly: true,
      },
    ],
    [words],
  );
}
