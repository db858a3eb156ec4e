// Everything that the catalogue's screens ask and change.

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import type {
  NewProductBody,
  PriceBody,
  PriceWorkingWire,
  ProductChangesBody,
  ProductWire,
} from '../../../../server/src/contract/product.ts';
import type { UploadWire } from '../../../../server/src/contract/upload.ts';
import { getData, getReply, sendData, sendReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useCan } from '../../api/use-session.ts';
import { withdrawUndo } from '../../ui/toast/toast.tsx';
import type { ProductSearch } from './product-search.ts';
import { shrinkPicture } from './shrink-picture.ts';

const AT_ONCE = 100;
const ENTRIES_SHOWN = 50;
const TYPING_MS = 150;

interface ProductPage {
  data: ProductWire[];
  pagination: { total: number; page: number; has_next: boolean };
}

/** Newest first, a hundred at a time as one scrolls. Who may not read drafts gets the public list. */
export function useProducts(search: ProductSearch) {
  const path = useCan('catalogue.read_drafts') ? '/api/products/admin' : '/api/products';
  const [q] = useDebouncedValue(search.q, TYPING_MS);
  const filter = {
    search: q,
    category: search.category,
    removed: search.state === 'removed' || undefined,
    status: search.state === 'removed' ? undefined : search.state,
    stock: search.stock,
    min_price: search.price_from,
    max_price: search.price_to,
    min_weight: search.weight_from,
    max_weight: search.weight_to,
  };
  const query = useInfiniteQuery({
    queryKey: ['products', 'list', path, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      getReply<ProductPage>(path, { ...filter, page: pageParam, per_page: AT_ONCE }, signal),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) => (pagination.has_next ? pagination.page + 1 : undefined),
    // What was removed has other rows: they are not shown as the pieces that are there, nor these as removed.
    placeholderData: (before, query) => (query?.queryKey[3].removed === filter.removed ? before : undefined),
  });
  const pages = query.data?.pages;
  const products = useMemo(() => {
    if (pages === undefined) return undefined;
    // A piece that is added while one scrolls moves the others into the next page.
    const byId = new Map(pages.flatMap(({ data }) => data.map((product) => [product.id, product] as const)));
    return [...byId.values()];
  }, [pages]);
  return { query, products, total: pages?.at(-1)?.pagination.total };
}

export function useProduct(id: string) {
  return useQuery({
    queryKey: ['products', 'one', id],
    queryFn: ({ signal }) => getData<ProductWire>(`/api/products/${id}`, {}, signal),
  });
}

/** The price of what is being typed; null while too little is there. Who may not write gets that of the saved piece. */
export function usePriceWorking(body: PriceBody | null, savedId: string | undefined) {
  const canWrite = useCan('catalogue.write');
  const [typed] = useDebouncedValue(JSON.stringify(body), TYPING_MS);
  return useQuery({
    queryKey: ['products', 'price', canWrite ? typed : savedId],
    queryFn: ({ signal }) =>
      canWrite
        ? sendData<PriceWorkingWire>('POST', '/api/products/price', { body: JSON.parse(typed) as PriceBody })
        : getData<PriceWorkingWire>(`/api/products/${savedId}/price`, {}, signal),
    enabled: canWrite ? typed !== 'null' : savedId !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** What was done to a piece, newest first, for those who may read the journal. */
export function useProductHistory(id: string) {
  return useQuery({
    queryKey: ['journal', 'product', id],
    queryFn: ({ signal }) =>
      getData<JournalEntryWire[]>('/api/journal', { subject: `product:${id}`, limit: ENTRIES_SHOWN }, signal),
    enabled: useCan('journal.read'),
  });
}

export async function refreshProducts(): Promise<void> {
  await Promise.all(
    ['products', 'analytics', 'journal'].map((first) => queryClient.invalidateQueries({ queryKey: [first] })),
  );
}

/** The answer of a change is the newest there is; nobody has to wait for it to be read again. */
function keep(product: ProductWire): ProductWire {
  queryClient.setQueryData(['products', 'one', product.id], product);
  void refreshProducts();
  return product;
}

export async function addProduct(body: NewProductBody): Promise<ProductWire> {
  return keep(await sendData<ProductWire>('POST', '/api/products', { body }));
}

export async function changeProduct(
  id: string,
  body: ProductChangesBody,
  seen: number,
): Promise<ProductWire> {
  const changed = await sendData<ProductWire>('PUT', `/api/products/${id}`, { body, seen });
  void withdrawUndo([id]);
  return keep(changed);
}

export async function publishProduct(id: string, isPublic: boolean): Promise<ProductWire> {
  const verb = isPublic ? 'publish' : 'unpublish';
  return keep(await sendData<ProductWire>('POST', `/api/products/${id}/${verb}`));
}

/** Whoever shows the piece goes elsewhere first, then refreshes: it cannot be read any more. */
export async function removeProduct(id: string): Promise<void> {
  await sendReply('DELETE', `/api/products/${id}`);
}

export async function restoreProduct(id: string): Promise<ProductWire> {
  return keep(await sendData<ProductWire>('POST', `/api/products/${id}/restore`));
}

/** The address under which the shop now keeps the picture. */
export async function uploadPicture(file: File): Promise<string> {
  const form = new FormData();
  form.append('image', await shrinkPicture(file));
  const { image_url: url } = await sendData<UploadWire>('POST', '/api/uploads/image', { body: form });
  return url;
}
