// How the console keeps answers. Live events and the turn of the day say when one is out of date, so nothing is asked
// for on a timer.

import { QueryClient } from '@tanstack/react-query';
import { isApiError } from './api-error.ts';
import { onForget } from './session.ts';

const STALE_AFTER_MS = 60_000;
const TRIES = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: STALE_AFTER_MS,
      // A refusal is an answer; only a server that did not answer is asked again.
      retry: (failures, error) => failures < TRIES && isApiError(error) && error.isOutcomeUnknown,
      networkMode: 'always',
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

onForget(() => queryClient.clear());
