import { linkOptions } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { KhataAgeingWire } from '../../../../server/src/contract/metrics.ts';
import { formatRupees } from '../../format/money.ts';
import { Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import styles from './analytics.module.css';
import { useMetric } from './analytics-queries.ts';
import { BucketBars } from './bucket-bars.tsx';
import { analyticsWords } from './words/analytics-words.ts';

const ROWS = 100;
type Debtor = KhataAgeingWire['debtors'][number];

/** How old the debts are, the oldest unpaid first, and whose they are. */
export function KhataAgeing() {
  const words = useWords(analyticsWords);
  const query = useMetric<KhataAgeingWire>('khata-ageing', { per_page: ROWS });
  const columns = useColumns();
  return (
    <QueryStates query={query}>
      {({ buckets, total, debtors }) => (
        <div className={styles.sheets}>
          <Sheet title={words('khata-ageing')} note={words('dueInAll', { amount: formatRupees(total) })}>
            <BucketBars
              buckets={buckets.map(({ from_days: from, to_days: to, amount }) => ({
                label: to === null ? words('overDays', { from: from - 1 }) : words('days', { from, to }),
                amount,
                text: formatRupees(amount),
              }))}
            />
          </Sheet>
          <Sheet title={words('debtors')}>
            <DataTable
              label={words('debtors')}
              rows={debtors}
              columns={columns}
              rowKey={({ customer_id: id }) => id}
              isSorted
              link={({ customer_id: id }) =>
                linkOptions({ to: '/customers/$customerId', params: { customerId: id } })
              }
              empty={<EmptyState title={words('nobodyOwes')} />}
            />
          </Sheet>
        </div>
      )}
    </QueryStates>
  );
}

function useColumns(): Column<Debtor>[] {
  const words = useWords(analyticsWords);
  return useMemo(() => {
    const amount = (key: 'days_0_30' | 'days_31_60' | 'days_61_90' | 'over_90', header: string) =>
      ({
        key,
        header,
        align: 'end',
        cell: (row: Debtor) => (row[key] === 0 ? '–' : <Money rupees={row[key]} />),
        wideOnly: true,
      }) as const;
    return [
      { key: 'name', header: words('customer'), cell: (row) => row.name },
      amount('days_0_30', words('days', { from: 0, to: 30 })),
      amount('days_31_60', words('days', { from: 31, to: 60 })),
      amount('days_61_90', words('days', { from: 61, to: 90 })),
      {
        ...amount('over_90', words('overDays', { from: 90 })),
        cell: ({ over_90: old }) => (
          <>
            <span className={styles.cardOnly}>{words('overDays', { from: 90 })}</span>
            {old === 0 ? '–' : <Money rupees={old} />}
          </>
        ),
        wideOnly: false,
        card: 'line',
      },
      {
        key: 'balance',
        header: words('balance'),
        align: 'end',
        cell: (row) => <Money rupees={row.balance} tone="out" />,
        card: 'title-end',
      },
    ];
  }, [words]);
}
