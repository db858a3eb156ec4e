import { linkOptions } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { BuyersWire } from '../../../../server/src/contract/metrics.ts';
import { formatNumber } from '../../format/number.ts';
import { Day, Money } from '../../ui/figures.tsx';
import type { Column } from '../../ui/table/column.ts';
import { useWords } from '../../words/say.ts';
import { useMetric } from './analytics-queries.ts';
import type { MetricProps } from './analytics-search.ts';
import { Ranking } from './ranking.tsx';
import { analyticsWords } from './words/analytics-words.ts';

const RANKINGS = ['value', 'recency', 'frequency'] as const;
const ROWS = 100;
type Row = BuyersWire['customers'][number];

/** Who buys: how much, how often, how long ago. */
export function Buyers({ search, change }: MetricProps) {
  const words = useWords(analyticsWords);
  const by = RANKINGS.find((each) => each === search.by) ?? 'value';
  const query = useMetric<BuyersWire>('customers', { by, per_page: ROWS });
  const columns = useColumns();
  return (
    <Ranking
      title={words('customers')}
      orders={RANKINGS.map((value) => ({ value, label: words(`by_${value}`) }))}
      by={by}
      onOrder={(value) => change({ by: value })}
      query={query}
      rowsOf={({ customers }) => customers}
      columns={columns}
      rowKey={({ customer_id: id }) => id}
      link={({ customer_id: id }) =>
        linkOptions({ to: '/customers/$customerId', params: { customerId: id } })
      }
    />
  );
}

function useColumns(): Column<Row>[] {
  const words = useWords(analyticsWords);
  return useMemo(
    () => [
      { key: 'name', header: words('customer'), cell: (row) => row.name },
      {
        key: 'last',
        header: words('lastPurchase'),
        cell: (row) => <Day at={row.last_purchase} />,
        card: 'line',
      },
      {
        key: 'purchases',
        header: words('purchases'),
        align: 'end',
        cell: (row) => formatNumber(row.purchases),
        card: 'line-end',
      },
      {
        key: 'value',
        header: words('value'),
        align: 'end',
        cell: (row) => <Money rupees={row.value} />,
        card: 'title-end',
      },
    ],
    [words],
  );
}
