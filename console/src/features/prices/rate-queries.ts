// The rates of the prices screen and the board: what is in force, what is held, how each went; setting and confirming.

import { type QueryClient, useQueries, useQuery } from '@tanstack/react-query';
import type { MetalPriceWire, RecordedPriceReply } from '../../../../server/src/contract/price.ts';
import { getReply, sendReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { shopDay } from '../../format/date.ts';
import { type Metal, SERIES, type Series } from './price-series.ts';
import { inForce, type StandingRates, standingRates } from './standing-rates.ts';

/** Rates for days to come may be recorded already; none is looked at beyond this many. */
const ROWS = 20;
const HISTORY_ROWS = 1_000;

export type SeriesRates = Series & StandingRates;

/** All series of the board in its order; undefined until every answer is there. */
export function useAllRates(): {
  rates: readonly SeriesRates[] | undefined;
  error: unknown;
  again: () => void;
} {
  const answers = useQueries({
    queries: SERIES.map((series) => ({
      queryKey: ['prices', 'rates', series.metal, series.purity],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<SeriesRates> => {
        const rows = await readRows(series, ROWS, signal);
        return { ...series, ...standingRates(rows, shopDay) };
      },
    })),
  });
  const known = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  return {
    rates: known.length === SERIES.length ? known : undefined,
    error: answers.find(({ isError }) => isError)?.error ?? null,
    again: () => void queryClient.invalidateQueries({ queryKey: ['prices', 'rates'] }),
  };
}

/** One rate a day, oldest first: the last one that was set on it. */
export function useRateDays(series: Series, from: string | undefined) {
  return useQuery({
    queryKey: ['prices', 'days', series.metal, series.purity, from],
    queryFn: async ({ signal }) => {
      const rows = inForce(await readRows(series, HISTORY_ROWS, signal, from), shopDay);
      const byDay = new Map(rows.toReversed().map((row) => [shopDay(row.date), row.price_per_gram]));
      return [...byDay].map(([day, rupees]) => ({ day, rupees }));
    },
  });
}

async function readRows(
  { metal, purity }: Series,
  limit: number,
  signal: AbortSignal,
  from?: string,
): Promise<MetalPriceWire[]> {
  const { data } = await getReply<{ data: MetalPriceWire[] }>(
    `/api/prices/${metal}/history`,
    { purity, limit, start_date: from, include_held: true },
    signal,
  );
  return data;
}

async function refreshRates(client: QueryClient): Promise<void> {
  await Promise.all(
    ['prices', 'products', 'predictions', 'analytics'].map((first) =>
      client.invalidateQueries({ queryKey: [first] }),
    ),
  );
}

/** `confirm`: both values were seen and the new one is meant, however far it is. */
export async function setRate(
  { metal, purity }: Series,
  rupees: number,
  confirm: boolean,
): Promise<RecordedPriceReply> {
  const body = { price_per_gram: rupees, purity, ...(confirm ? { confirm } : {}) };
  const reply = await sendReply<RecordedPriceReply>('POST', `/api/prices/${metal}`, { body });
  await refreshRates(queryClient);
  return reply;
}

/** Puts a held rate in force. */
export async function confirmRate(metal: Metal, id: string): Promise<void> {
  await sendReply('POST', `/api/prices/${metal}/${id}/confirm`);
  await refreshRates(queryClient);
}
