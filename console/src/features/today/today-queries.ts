import { useQuery } from '@tanstack/react-query';
import type { KhataSummaryWire } from '../../../../server/src/contract/khata.ts';
import type { OrderWire } from '../../../../server/src/contract/order.ts';
import { getData, getReply } from '../../api/client.ts';
import { useCan } from '../../api/use-session.ts';

const ORDERS_SHOWN = 8;

export function useKhataSummary() {
  return useQuery({
    queryKey: ['khata', 'summary'],
    queryFn: ({ signal }) => getData<KhataSummaryWire>('/api/khata/summary', {}, signal),
    enabled: useCan('khata.read'),
  });
}

export interface WaitingOrders {
  orders: OrderWire[];
  total: number;
}

/** Orders that are not done: pending first, then those in work. */
export function useWaitingOrders() {
  return useQuery({
    queryKey: ['orders', 'waiting'],
    queryFn: async ({ signal }): Promise<WaitingOrders> => {
      const pages = await Promise.all(
        ['pending', 'processing'].map((status) =>
          getReply<{ data: OrderWire[]; pagination: { total: number } }>(
            '/api/orders',
            { status, per_page: ORDERS_SHOWN },
            signal,
          ),
        ),
      );
      return {
        orders: pages.flatMap(({ data }) => data).slice(0, ORDERS_SHOWN),
        total: pages.reduce((sum, { pagination }) => sum + pagination.total, 0),
      };
    },
    enabled: useCan('orders.read'),
  });
}
