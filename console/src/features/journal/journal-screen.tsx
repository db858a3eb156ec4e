// What happened in the shop, by whom and when: newest first, with the fields before and after.

import { Select } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import { getReply } from '../../api/client.ts';
import { useCan } from '../../api/use-session.ts';
import { formatDateTime } from '../../format/date.ts';
import { formatNumber } from '../../format/number.ts';
import { DayRange, Filters } from '../../ui/filter/filters.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, PageNotAllowed } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { ListSheet } from '../../ui/table/list-sheet.tsx';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useWords } from '../../words/say.ts';
import { actionText } from './action-text.ts';
import { actorName } from './actor-name.ts';
import { EntryDialog } from './entry-dialog.tsx';
import { type JournalSearch, SUBJECTS } from './journal-search.ts';
import { journalWords } from './words/journal-words.ts';

const AT_ONCE = 500;
const route = getRouteApi('/frame/journal');

export function JournalScreen() {
  const words = useWords(journalWords);
  const allowed = useCan('journal.read');
  const search = route.useSearch();
  const change = useChangeSearch<JournalSearch>();
  const { seq, ...filter } = search;
  const query = useQuery({
    queryKey: ['journal', filter],
    queryFn: ({ signal }) =>
      getReply<{ data: JournalEntryWire[] }>('/api/journal', { ...filter, limit: AT_ONCE }, signal),
    enabled: allowed,
  });
  const columns = useJournalColumns();
  if (!allowed) return <PageNotAllowed />;
  return (
    <>
      <PageHeader title={words('title')} under={words('under')} />
      <Filters>
        <SearchField
          label={words('actor')}
          value={search.actor ?? ''}
          onChange={(text) => change({ actor: text === '' ? undefined : text })}
        />
        <Select
          aria-label={words('kind')}
          placeholder={words('allKinds')}
          clearable
          data={SUBJECTS.map((value) => ({ value, label: words(`kind_${value}`) }))}
          value={search.subject?.split(':')[0] ?? null}
          onChange={(value) => change({ subject: value ?? undefined })}
        />
        <DayRange
          from={search.from}
          to={search.to}
          labels={{ from: words('from'), to: words('to') }}
          change={change}
        />
      </Filters>
      <ListSheet
        query={query}
        filter={filter}
        change={change}
        label={words('title')}
        rows={query.data?.data}
        columns={columns}
        rowKey={(entry) => String(entry.seq)}
        onOpen={({ seq: number }) => change({ seq: number })}
        isSorted
        empty={
          <EmptyState
            icon={<IconHistory size={28} stroke={1.5} aria-hidden="true" />}
            title={words('emptyTitle')}
            text={words('emptyText')}
          />
        }
      />
      <EntryDialog
        entry={query.data?.data.find((entry) => entry.seq === seq)}
        onClose={() => change({ seq: undefined })}
      />
    </>
  );
}

function useJournalColumns(): Column<JournalEntryWire>[] {
  const words = useWords(journalWords);
  return useMemo(
    () => [
      {
        key: 'action',
        header: words('what'),
        cell: (entry) => actionText(words, entry),
      },
      { key: 'actor', header: words('who'), cell: ({ actor }) => actorName(actor), card: 'line' },
      {
        key: 'at',
        header: words('when'),
        cell: ({ at }) => (
          <time className="nowrap" dateTime={at}>
            {formatDateTime(at)}
          </time>
        ),
        card: 'line-end',
      },
      {
        key: 'seq',
        header: words('number'),
        align: 'end',
        cell: ({ seq }) => <span className="figures muted">{formatNumber(seq)}</span>,
        wideOnly: true,
      },
    ],
    [words],
  );
}
