import { SegmentedControl } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import { analyticsWords } from './words/analytics-words.ts';

type TableOf<Row> = Parameters<typeof DataTable<Row>>[0];

interface RankingProps<Answer, Row> extends Pick<TableOf<Row>, 'columns' | 'rowKey' | 'link'> {
  title: string;
  note?: string;
  /** What it can be ranked by, and by what it is. */
  orders: { value: string; label: string }[];
  by: string;
  onOrder: (by: string) => void;
  query: UseQueryResult<Answer>;
  rowsOf: (answer: Answer) => readonly Row[];
}

/** A list in the server's order, and the choice of another order. */
export function Ranking<Answer, Row>(props: RankingProps<Answer, Row>) {
  const { title, note, orders, by, onOrder, query, rowsOf, ...table } = props;
  const words = useWords(analyticsWords);
  return (
    <Sheet
      title={title}
      note={note}
      link={
        <SegmentedControl
          size="xs"
          aria-label={words('rankedBy')}
          value={by}
          onChange={onOrder}
          data={orders}
        />
      }
    >
      <QueryStates query={query}>
        {(answer) => (
          <DataTable
            label={title}
            rows={rowsOf(answer)}
            isSorted
            empty={<EmptyState title={words('nothingYet')} />}
            {...table}
          />
        )}
      </QueryStates>
    </Sheet>
  );
}
