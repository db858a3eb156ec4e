import { useMemo } from 'react';
import type { GoldPredictionWire } from '../../../../server/src/contract/prediction.ts';
import { formatRupees } from '../../format/money.ts';
import { inDigits } from '../../format/text-digits.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useLanguage, useWords } from '../../words/say.ts';
import { useExpected } from './forecast-queries.ts';
import styles from './forecasts.module.css';
import { forecastWords } from './words/forecast-words.ts';

/** The ranges in figures, and why, in one plain sentence of the server. */
export function Expected({ purity }: { purity: string }) {
  const words = useWords(forecastWords);
  const language = useLanguage();
  const query = useExpected(purity);
  const columns = useColumns();
  return (
    <Sheet title={words('expected')}>
      <QueryStates query={query}>
        {(forecasts) => (
          <>
            <DataTable
              label={words('expected')}
              rows={forecasts}
              columns={columns}
              rowKey={({ horizon_days: days }) => String(days)}
              isSorted
              empty={<EmptyState title={words('notTrainedTitle')} />}
            />
            <p className={`${styles.inside} muted`}>
              {inDigits(forecasts[0]?.explanation[language] ?? '', language)}
            </p>
          </>
        )}
      </QueryStates>
    </Sheet>
  );
}

function useColumns(): Column<GoldPredictionWire>[] {
  const words = useWords(forecastWords);
  return useMemo(() => {
    const range = ({ lower, upper }: { lower: number; upper: number }) =>
      `${formatRupees(lower, { paise: false })} – ${formatRupees(upper, { paise: false })}`;
    return [
      { key: 'days', header: words('in'), cell: (row) => words('inDays', { count: row.horizon_days }) },
      { key: 'r80', header: words('in8'), align: 'end', cell: (row) => range(row.range_80), card: 'line' },
      {
        key: 'r95',
        header: words('in95'),
        align: 'end',
        cell: (row) => <span className="muted">{range(row.range_95)}</span>,
        wideOnly: true,
      },
      {
        key: 'middle',
        header: words('middle'),
        align: 'end',
        cell: (row) => formatRupees(row.predicted_price_per_gram, { paise: false }),
        card: 'title-end',
      },
    ];
  }, [words]);
}
