// What the counter asks and changes.

import { keepPreviousData, useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import type { PieceWorkingWire, ProductWire } from '../../../../server/src/contract/product.ts';
import type { NewSaleBody, RecordedSaleWire, SaleWire } from '../../../../server/src/contract/sale.ts';
import { isApiError } from '../../api/api-error.ts';
import { getData, getReply, sendData } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { findPieces } from '../products/find-pieces.ts';
import type { BillsSearch } from './bills-search.ts';

/** A tag's code is the piece's id, alone or at the end of an address. */
const CODE = /(?:^|\/)([0-9a-f]{24})\/?$/i;
const BILLS_AT_ONCE = 100;

interface SalePage {
  data: SaleWire[];
  pagination: { total: number; page: number; has_next: boolean };
}

/** Pieces by words of the name, or the one whose tag was scanned. */
export async function findSalePieces(text: string, signal?: AbortSignal): Promise<ProductWire[]> {
  const id = CODE.exec(text)?.[1]?.toLowerCase();
  if (id === undefined) return findPieces(text, signal);
  try {
    return [await getData<ProductWire>(`/api/products/${id}`, {}, signal)];
  } catch (error) {
    if (isApiError(error, 'product_not_found')) return [];
    throw error;
  }
}

/** The price of each piece at the rate of the moment, with its working; undefined until it is there. */
export function usePieceWorkings(ids: readonly string[]): ReadonlyMap<string, PieceWorkingWire> {
  const answers = useQueries({
    queries: [...new Set(ids)].map((id) => ({
      queryKey: ['products', id, 'price'],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getData<PieceWorkingWire>(`/api/products/${id}/price`, {}, signal),
    })),
  });
  return new Map(answers.flatMap(({ data }) => (data === undefined ? [] : [[data.product_id, data]])));
}

/** Newest first, a hundred at a time as one scrolls. */
export function useBills({ payment, from, to }: BillsSearch) {
  return useInfiniteQuery({
    queryKey: ['sales', 'list', { payment, from, to }],
    // What stood there stays until the filter's answer is there.
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      getReply<SalePage>(
        '/api/sales',
        {
          // A sale of which nothing is paid is pending in the server's words.
          payment_status: payment === 'unpaid' ? 'pending' : payment,
          date_from: from,
          date_to: to,
          page: pageParam,
          per_page: BILLS_AT_ONCE,
        },
        signal,
      ),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) => (pagination.has_next ? pagination.page + 1 : undefined),
  });
}

/** A bill that was made. */
export function useSale(id: string) {
  return useQuery({
    queryKey: ['sales', id],
    queryFn: ({ signal }) => getData<SaleWire>(`/api/sales/${id}`, {}, signal),
  });
}

export async function makeSale(body: NewSaleBody, draftId: string): Promise<RecordedSaleWire> {
  const sale = await sendData<RecordedSaleWire>('POST', '/api/sales', { body, draftId });
  queryClient.setQueryData(['sales', sale.id], sale);
  for (const queryKey of [['sales', 'list'], ['products'], ['customers'], ['khata'], ['analytics']]) {
    void queryClient.invalidateQueries({ queryKey });
  }
  return sale;
}
