import type { ReactNode } from 'react';
import { Sheet } from '../layout/page.tsx';
import { NothingFound } from '../states/nothing-found.tsx';
import { ErrorState, LoadingRows } from '../states/states.tsx';
import type { DataTableProps } from './column.ts';
import { DataTable } from './data-table.tsx';

/** What a list's question tells of itself; one that is read on as one scrolls has its last two, too. */
interface ListQuery {
  isError: boolean;
  error: unknown;
  refetch: () => Promise<unknown>;
  isFetching?: boolean;
  hasNextPage?: boolean;
  fetchNextPage?: () => Promise<unknown>;
}

interface ListSheetProps<R, F extends object> extends Omit<DataTableProps<R>, 'rows' | 'onEnd'> {
  query: ListQuery;
  /** undefined until the first answer. */
  rows: readonly R[] | undefined;
  /** What the address narrows the list by, nothing else of it; `change` takes all of it away. */
  filter: F;
  change: (changes: F) => void;
  /** There is nothing at all yet, and `empty` teaches the first step; left out, when nothing narrows an empty list. */
  isEmpty?: boolean;
}

/** The sheet of a list's screen: loading, what went wrong, the table, or why there is nothing in it. */
export function ListSheet<R, F extends object>(props: ListSheetProps<R, F>) {
  const { query, rows, filter, change, empty, isEmpty = !isNarrowed(filter), ...table } = props;
  return (
    <Sheet>
      {rows === undefined ? (
        <NoRowsYet query={query} />
      ) : (
        <DataTable
          {...table}
          rows={rows}
          onEnd={() => readOn(query)}
          empty={isEmpty ? empty : <NothingFound onClear={() => change(cleared(filter))} />}
        />
      )}
    </Sheet>
  );
}

function NoRowsYet({ query }: { query: ListQuery }): ReactNode {
  return query.isError ? (
    <ErrorState error={query.error} again={() => void query.refetch()} />
  ) : (
    <LoadingRows />
  );
}

/** Asks for the next rows, once. */
export function readOn({ hasNextPage, isFetching, fetchNextPage }: ListQuery): void {
  if (hasNextPage && !isFetching) void fetchNextPage?.();
}

function isNarrowed(filter: object): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

function cleared<F extends object>(filter: F): F {
  return Object.fromEntries(Object.keys(filter).map((name) => [name, undefined])) as F;
}
