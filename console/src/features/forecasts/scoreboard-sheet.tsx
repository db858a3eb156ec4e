import { useMemo } from 'react';
import type { Scoreboard } from '../../../../server/src/contract/prediction.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { inDigits } from '../../format/text-digits.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import { useScoreboard } from './forecast-queries.ts';
import { waitingCount } from './past-record.ts';
import { forecastWords } from './words/forecast-words.ts';

type Row = Scoreboard['horizons'][number];

/** Every published forecast is kept and scored when its day comes. */
export function ScoreboardSheet() {
  const words = useWords(forecastWords);
  const query = useScoreboard();
  const columns = useColumns();
  return (
    <Sheet title={words('scoreboard')} note={words('scoreboardNote')}>
      <QueryStates query={query}>
        {({ horizons }) => {
          const scored = horizons.filter((row) => row.published > 0);
          return (
            <DataTable
              label={words('scoreboard')}
              rows={scored}
              columns={columns}
              rowKey={({ days }) => days}
              isSorted
              empty={<EmptyState title={words('noScores')} text={words('noScoresText')} />}
            />
          );
        }}
      </QueryStates>
    </Sheet>
  );
}

function useColumns(): Column<Row>[] {
  const words = useWords(forecastWords);
  return useMemo(
    () => [
      {
        key: 'days',
        header: words('ahead'),
        cell: (row) => words('daysAhead', { days: inDigits(row.days) }),
      },
      {
        key: 'held',
        header: words('rangeHeld'),
        align: 'end',
        cell: (row) =>
          row.hit_rate_80 === null
            ? words('waiting', { count: waitingCount(row) })
            : words('heldOf', { percent: formatPercent(row.hit_rate_80 * 100), count: row.scored }),
        card: 'title-end',
      },
      {
        key: 'error',
        header: words('error'),
        align: 'end',
        cell: (row) => (row.mean_error === null ? '–' : formatRupees(row.mean_error)),
        card: 'line',
      },
      {
        key: 'nochange',
        header: words('noChange'),
        align: 'end',
        cell: (row) => (row.no_change_error === null ? '–' : formatRupees(row.no_change_error)),
        wideOnly: true,
      },
    ],
    [words],
  );
}
