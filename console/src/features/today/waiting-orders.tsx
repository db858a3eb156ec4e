import { Link, linkOptions } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { OrderWire } from '../../../../server/src/contract/order.ts';
import { formatRupeesShort } from '../../format/money.ts';
import { Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import { useToday, useWaitingOrders } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

export function WaitingOrders() {
  const words = useWords(todayWords);
  const waiting = useWaitingOrders();
  const { data: today } = useToday();
  const all = today?.orders_waiting;
  const note =
    all === undefined
      ? null
      : words('waitingCount', {
          count: all.pending.count + all.processing.count,
          amount: formatRupeesShort(all.pending.amount + all.processing.amount),
        });
  const columns = useMemo<Column<OrderWire>[]>(
    () => [
      {
        key: 'order',
        header: words('order'),
        cell: (order) => <b className="nowrap">{order.order_number}</b>,
      },
      { key: 'customer', header: words('customer'), cell: (order) => order.customer_name, card: 'line' },
      {
        key: 'pieces',
        header: words('pieces'),
        cell: ({ items: [first, ...more] }) =>
          more.length === 0
            ? first?.product_name
            : words('andMore', { name: first?.product_name ?? '', count: more.length }),
        wideOnly: true,
      },
      {
        key: 'total',
        header: words('total'),
        align: 'end',
        cell: (order) => <Money rupees={order.total_amount} />,
        card: 'title-end',
      },
      {
        key: 'status',
        header: words('status'),
        cell: (order) => <StatusMark status={order.status} />,
        card: 'line-end',
      },
    ],
    [words],
  );
  return (
    <Sheet title={words('ordersWaiting')} note={note} link={<Link to="/orders">{words('allOrders')}</Link>}>
      <QueryStates query={waiting}>
        {(orders) => (
          <DataTable
            label={words('ordersWaiting')}
            rows={orders}
            columns={columns}
            rowKey={({ id }) => id}
            isSorted
            link={({ id }) => linkOptions({ to: '/orders/$orderId', params: { orderId: id } })}
            empty={<EmptyState title={words('noneWaiting')} />}
          />
        )}
      </QueryStates>
    </Sheet>
  );
}
