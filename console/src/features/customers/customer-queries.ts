// Everything that the khata screens ask and change.

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type {
  CustomerCashWire,
  CustomerChangesBody,
  CustomerWire,
  NewCustomerBody,
} from '../../../../server/src/contract/customer.ts';
import type {
  CustomerAgeingWire,
  CustomerKhataWire,
  KhataExportWire,
  NewKhataEntryBody,
  PostedEntryWire,
} from '../../../../server/src/contract/khata.ts';
import { getData, getReply, sendData, sendReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useCan } from '../../api/use-session.ts';
import { shopDay } from '../../format/date.ts';
import { isOtherScript } from '../../format/other-script.ts';
import { looksLikePhone, readPhone } from '../../format/phone.ts';
import { namedFirst } from '../../ui/picker/named-first.ts';
import { useSettings } from '../settings/settings-queries.ts';

const CUSTOMERS_AT_ONCE = 1_000;
const ENTRIES_AT_ONCE = 100;
const STATEMENT_ENTRIES_AT_ONCE = 1_000;

interface CustomerPage {
  data: CustomerWire[];
  pagination: { total: number; skip: number; has_more: boolean };
}

/**
 * All customers; the first thousand at once, the others right after them. Sorting then needs no server, nor does
 * searching but for names in the other script.
 */
export function useAllCustomers() {
  return useWholeList('all', {}, useCan('customers.read'));
}

/** Those who were removed, in the same way; asked for while they are shown. */
export function useRemovedCustomers(isShown: boolean) {
  return useWholeList('removed', { removed: true }, isShown);
}

function useWholeList(name: string, which: { removed?: true }, enabled: boolean) {
  const query = useInfiniteQuery({
    queryKey: ['customers', name],
    queryFn: ({ pageParam, signal }) =>
      getReply<CustomerPage>(
        '/api/customers',
        { ...which, limit: CUSTOMERS_AT_ONCE, skip: pageParam },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ pagination, data }) =>
      pagination.has_more ? pagination.skip + data.length : undefined,
    enabled,
  });
  const { hasNextPage, isFetching, fetchNextPage, isError, error, refetch } = query;
  useEffect(() => {
    if (enabled && hasNextPage && !isFetching) void fetchNextPage();
  }, [enabled, hasNextPage, isFetching, fetchNextPage]);
  const customers = useMemo(() => query.data?.pages.flatMap(({ data }) => data), [query.data]);
  // What reads on is no matter of the list's.
  return { query: { isError, error, refetch }, customers };
}

/** The ids of those whose name is what was typed, in the other script: only the server knows the spellings. */
export function useOtherSpellings(
  customers: readonly CustomerWire[] | undefined,
  search: string,
  isRemoved: boolean,
): ReadonlySet<string> {
  const isOther = ({ name }: CustomerWire): boolean => isOtherScript(name, search);
  const enabled = search.length > 1 && (customers?.some(isOther) ?? false);
  const { data } = useQuery({
    queryKey: ['customers', 'spelled', isRemoved, search],
    queryFn: ({ signal }) =>
      getData<CustomerWire[]>(
        '/api/customers',
        { search, limit: CUSTOMERS_AT_ONCE, ...(isRemoved ? { removed: true } : {}) },
        signal,
      ),
    enabled,
  });
  return useMemo(() => new Set(data?.map(({ id }) => id)), [data]);
}

/** With the khata's balance of the moment. */
export function useCustomer(id: string | undefined) {
  return useQuery({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => getData<CustomerWire>(`/api/customers/${id}`, {}, signal),
    enabled: id !== undefined,
  });
}

/** Rupees received in cash from a customer today (0 while nobody knows), and the most that the law allows. */
export function useCash(customerId: string | undefined): { today: number; limit: number | undefined } {
  const { data: settings } = useSettings();
  const mayAsk = useCan('customers.read');
  const { data } = useQuery({
    // Tomorrow it is another question.
    queryKey: ['customers', 'cash', customerId, shopDay()],
    queryFn: ({ signal }) => getData<CustomerCashWire>(`/api/customers/${customerId}/cash`, {}, signal),
    enabled: mayAsk && customerId !== undefined,
  });
  return { today: data?.received_today ?? 0, limit: data?.limit ?? settings?.cash_limit };
}

/** One customer with the ledger, newest entries first. */
export function useKhata(customerId: string) {
  return useInfiniteQuery({
    queryKey: ['khata', customerId],
    queryFn: ({ pageParam, signal }) =>
      getData<CustomerKhataWire>(
        `/api/customers/${customerId}/khata`,
        { limit: ENTRIES_AT_ONCE, skip: pageParam },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ pagination, transactions }) =>
      pagination.has_more ? pagination.skip + transactions.length : undefined,
  });
}

/** How long the customer has owed what is unpaid. */
export function useDebtAges(customerId: string) {
  return useQuery({
    queryKey: ['khata', customerId, 'ageing'],
    queryFn: ({ signal }) =>
      getData<CustomerAgeingWire>(`/api/customers/${customerId}/khata/ageing`, undefined, signal),
  });
}

/** What the customers found by part of the name or phone are, those of that name first; for the palette and for pickers. */
export async function findCustomers(text: string, signal?: AbortSignal): Promise<CustomerWire[]> {
  const found = await getData<CustomerWire[]>(
    '/api/customers/search',
    { q: looksLikePhone(text) ? readPhone(text) : text },
    signal,
  );
  return namedFirst(found, text, ({ name }) => name);
}

/** Who has this phone, whichever way it is spelled; undefined where the server does not say. */
export async function findOwner(phone: string): Promise<CustomerWire | undefined> {
  const found = await findCustomers(phone).catch(() => []);
  return found.length === 1 ? found[0] : undefined;
}

/** Who had this phone and was removed, where nobody has it now. */
export async function findRemoved(phone: string): Promise<CustomerWire | undefined> {
  const digits = phone.replace(/\D/g, '').slice(-10);
  if (digits.length < 10) return undefined;
  const found = await getData<CustomerWire[]>('/api/customers', { removed: true, search: digits });
  const gone = found.find(({ phone_e164: had }) => had.endsWith(digits));
  return gone !== undefined && (await findCustomers(phone)).length === 0 ? gone : undefined;
}

/** Entries of a time, oldest first. Days as YYYY-MM-DD; no `from`: from the first entry on. */
export async function readStatement(
  customerId: string,
  from: string | undefined,
  signal?: AbortSignal,
): Promise<KhataExportWire[]> {
  const entries: KhataExportWire[] = [];
  for (let more = true; more; ) {
    const page = await getReply<{ data: KhataExportWire[]; pagination: { has_more: boolean } }>(
      '/api/khata/transactions',
      { customer_id: customerId, start_date: from, limit: STATEMENT_ENTRIES_AT_ONCE, skip: entries.length },
      signal,
    );
    entries.push(...page.data);
    more = page.pagination.has_more;
  }
  return entries.reverse();
}

export async function refreshKhata(): Promise<void> {
  await Promise.all(
    ['customers', 'khata', 'analytics'].map((first) => queryClient.invalidateQueries({ queryKey: [first] })),
  );
}

export async function postEntry(body: NewKhataEntryBody, draftId: string): Promise<PostedEntryWire> {
  const entry = await sendData<PostedEntryWire>('POST', '/api/khata/transactions', { body, draftId });
  await refreshKhata();
  return entry;
}

export async function reverseEntry(entryId: string, reason: string): Promise<void> {
  await sendReply('POST', `/api/khata/transactions/${entryId}/reverse`, { body: { reason } });
  await Promise.all([refreshKhata(), queryClient.invalidateQueries({ queryKey: ['orders'] })]);
}

export async function addCustomer(body: NewCustomerBody): Promise<CustomerWire> {
  const customer = await sendData<CustomerWire>('POST', '/api/customers', { body });
  await refreshKhata();
  return customer;
}

export async function changeCustomer(
  id: string,
  body: CustomerChangesBody,
  seen: number,
): Promise<CustomerWire> {
  const customer = await sendData<CustomerWire>('PUT', `/api/customers/${id}`, { body, seen });
  await refreshKhata();
  return customer;
}

/** What is shown is refreshed by the caller, once nothing shows this customer any more. */
export async function removeCustomer(id: string, seen: number): Promise<void> {
  await sendReply('DELETE', `/api/customers/${id}`, { seen });
}

export async function restoreCustomer(id: string): Promise<void> {
  await sendReply('POST', `/api/customers/${id}/restore`);
  await refreshKhata();
}
