import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState, LoadingRows } from './states.tsx';

interface QueryStatesProps<T> {
  query: UseQueryResult<T>;
  /** What stands there until the first answer; rows by default. */
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Loading, error or content of one question. What is there stays while it is asked again. */
export function QueryStates<T>({ query, loading, children }: QueryStatesProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ErrorState error={query.error} again={() => void query.refetch()} />;
  return loading ?? <LoadingRows />;
}
