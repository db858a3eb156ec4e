// Everything that the order screens ask and change.

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type {
  NewOrderBody,
  OrderDetailWire,
  OrderWire,
  PlacedOrderWire,
} from '../../../../server/src/contract/order.ts';
import { isApiError } from '../../api/api-error.ts';
import { getData, getReply, sendData } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useCan } from '../../api/use-session.ts';
import { withdrawUndo } from '../../ui/toast/toast.tsx';
import { type Booked, type MoneyMethod, restAfter } from './order-money.ts';
import type { OrderSearch, OrderStatus, PaymentStatus } from './order-search.ts';

const AT_ONCE = 100;
const ORDERS_OFFERED = 8;

interface OrderPage {
  data: OrderWire[];
  pagination: { total: number; page: number; has_next: boolean };
}

/** Newest first, a hundred at a time as one scrolls. */
export function useOrders({ q, status, payment, from, to }: OrderSearch) {
  return useInfiniteQuery({
    queryKey: ['orders', 'list', { q, status, payment, from, to }],
    // What stood there stays until the filter's answer is there.
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      getReply<OrderPage>(
        '/api/orders',
        {
          search: q,
          status,
          payment_status: payment,
          date_from: from,
          date_to: to,
          page: pageParam,
          per_page: AT_ONCE,
        },
        signal,
      ),
    initialPageParam: 1,
    getNextPageParam: ({ pagination }) => (pagination.has_next ? pagination.page + 1 : undefined),
    enabled: useCan('orders.read'),
  });
}

function orderQuery(id: string) {
  return {
    queryKey: ['orders', id],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getData<OrderDetailWire>(`/api/orders/${id}`, {}, signal),
  };
}

export function useOrder(id: string) {
  return useQuery(orderQuery(id));
}

export function findOrders(text: string, signal?: AbortSignal): Promise<OrderWire[]> {
  return getData<OrderWire[]>('/api/orders', { search: text, per_page: ORDERS_OFFERED }, signal);
}

const TOUCHED = ['orders', 'products', 'customers', 'khata', 'analytics'];

async function refresh(): Promise<void> {
  await Promise.all(TOUCHED.map((first) => queryClient.invalidateQueries({ queryKey: [first] })));
}

export async function placeOrder(body: NewOrderBody, draftId: string): Promise<PlacedOrderWire> {
  const order = await sendData<PlacedOrderWire>('POST', '/api/orders', { body, draftId });
  await refresh();
  return order;
}

export async function changeStatus(order: OrderWire, status: OrderStatus): Promise<OrderWire> {
  const changed = await sendData<OrderWire>('PUT', `/api/orders/${order.id}/status`, {
    body: { status },
    seen: order.version,
  });
  await refresh();
  return changed;
}

/**
 * Books `amount` rupees, as the person was told, or is refused as `stale_version`; a rest by `method`, else by the
 * order's own. Answers the order as it stands then, where its screen is open still.
 */
export async function changePayment(
  order: OrderDetailWire,
  to: PaymentStatus,
  amount: number,
  method: MoneyMethod | null = null,
): Promise<OrderDetailWire | undefined> {
  const { version } = await sendData<OrderWire>('PUT', `/api/orders/${order.id}/payment-status`, {
    body: { payment_status: to, expected_amount: amount, ...(method === null ? {} : { method }) },
    seen: order.version,
  });
  await refresh();
  const now = queryClient.getQueryData<OrderDetailWire>(['orders', order.id]);
  return now?.version === version ? now : undefined;
}

/** Books a payment of the order: a part of what is missing, or all of it, which makes it paid. */
export async function takePayment(
  order: OrderDetailWire,
  amount: number,
  method: MoneyMethod,
  draftId: string,
): Promise<void> {
  const isPart = restAfter(order, amount) > 0;
  await sendData('PUT', `/api/orders/${order.id}/payment-status`, {
    body: isPart
      ? { payment_status: 'partial', method, amount }
      : { payment_status: 'paid', method, expected_amount: amount },
    seen: order.version,
    draftId,
  });
  void withdrawUndo([order.id]);
  await refresh();
}

/** What a refused change of the payment status would book by now. Throws again what was no `stale_version`. */
export async function bookedByNow(
  refusal: unknown,
  { id }: OrderDetailWire,
  to: PaymentStatus,
): Promise<Booked> {
  if (!isApiError(refusal, 'stale_version')) throw refusal;
  const order = await queryClient.fetchQuery({ ...orderQuery(id), staleTime: 0 });
  return order.would_book[to];
}

export async function addNote(id: string, note: string, forCustomer: boolean): Promise<void> {
  await sendData('PUT', `/api/orders/${id}/notes`, {
    body: forCustomer ? { notes: note } : { admin_notes: note },
  });
  void withdrawUndo([id]);
  await refresh();
}
