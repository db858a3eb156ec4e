// Orders: what was asked for, what waits, what is paid. Filters stand in the address; the opened order beside the list.

import { Select } from '@mantine/core';
import { IconPlus, IconShoppingBag } from '@tabler/icons-react';
import { getRouteApi, linkOptions, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { OrderWire } from '../../../../server/src/contract/order.ts';
import { useCan } from '../../api/use-session.ts';
import { Day, Money } from '../../ui/figures.tsx';
import { DayRange, Filters } from '../../ui/filter/filters.tsx';
import { ListDetail } from '../../ui/layout/list-detail.tsx';
import { MainAction } from '../../ui/layout/main-action.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, PageNotAllowed } from '../../ui/states/states.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Column } from '../../ui/table/column.ts';
import { ListSheet } from '../../ui/table/list-sheet.tsx';
import { useAdding } from '../../ui/use-adding.ts';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useIsWide } from '../../ui/use-wide.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { NewOrderDialog } from './new-order-dialog.tsx';
import { useOrders } from './order-queries.ts';
import {
  ORDER_STATUSES,
  type OrderSearch,
  type OrderStatus,
  PAYMENT_STATUSES,
  type PaymentStatus,
} from './order-search.ts';
import { SavedViews } from './saved-views.tsx';
import { orderWords } from './words/order-words.ts';

const route = getRouteApi('/frame/orders');

export function OrdersScreen() {
  const { orderId } = useParams({ strict: false });
  if (!useCan('orders.read')) return <PageNotAllowed />;
  return <ListDetail openId={orderId} list={OrderList} />;
}

function OrderList({ openId }: { openId: string | undefined }) {
  const isWide = useIsWide();
  const words = useWords(orderWords);
  const search = route.useSearch();
  const canWrite = useCan('orders.write');
  const query = useOrders(search);
  const columns = useOrderColumns();
  const change = useChangeSearch<OrderSearch>();
  const { add, close } = useAdding();
  const total = query.data?.pages[0]?.pagination.total;
  const { add: _add, ...filter } = search;
  return (
    <>
      <PageHeader
        title={words('title')}
        under={total === undefined ? '\u00a0' : words('under', { count: total })}
        actions={canWrite ? <MainAction label={words('add')} icon={IconPlus} onClick={add} /> : null}
      />
      <OrderFilters search={search} change={change} />
      <ListSheet
        query={query}
        filter={filter}
        change={change}
        label={words('title')}
        rows={query.data?.pages.flatMap(({ data }) => data)}
        columns={columns}
        rowKey={({ id }) => id}
        openKey={openId}
        isSorted
        link={({ id }) =>
          linkOptions({
            to: '/orders/$orderId',
            params: { orderId: id },
            search: (before: OrderSearch) => before,
            resetScroll: !isWide,
          })
        }
        empty={
          <EmptyState
            icon={<IconShoppingBag size={28} stroke={1.5} aria-hidden="true" />}
            title={words('emptyTitle')}
            text={words('emptyText')}
          />
        }
      />
      <NewOrderDialog opened={canWrite && search.add === true} onClose={close} />
    </>
  );
}

interface FiltersProps {
  search: OrderSearch;
  change: (changes: OrderSearch) => void;
}

function OrderFilters({ search, change }: FiltersProps) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  return (
    <Filters>
      <SearchField
        label={words('search')}
        value={search.q ?? ''}
        onChange={(text) => change({ q: text === '' ? undefined : text })}
      />
      <Select
        aria-label={words('status')}
        placeholder={words('anyStatus')}
        clearable
        w={150}
        data={ORDER_STATUSES.map((value) => ({ value, label: everyday(value) }))}
        value={search.status ?? null}
        onChange={(value) => change({ status: (value ?? undefined) as OrderStatus | undefined })}
      />
      <Select
        aria-label={words('payment')}
        placeholder={words('anyPayment')}
        clearable
        w={150}
        data={PAYMENT_STATUSES.map((value) => ({ value, label: everyday(value) }))}
        value={search.payment ?? null}
        onChange={(value) => change({ payment: (value ?? undefined) as PaymentStatus | undefined })}
      />
      <DayRange
        from={search.from}
        to={search.to}
        labels={{ from: words('from'), to: words('to') }}
        change={change}
      />
      <SavedViews search={{ ...search }} />
    </Filters>
  );
}

function useOrderColumns(): Column<OrderWire>[] {
  const words = useWords(orderWords);
  return useMemo(
    () => [
      {
        key: 'number',
        header: words('order'),
        cell: ({ order_number: number }) => <span className="nowrap">{number}</span>,
      },
      { key: 'customer', header: words('customer'), cell: (order) => order.customer_name, card: 'line' },
      {
        key: 'pieces',
        header: words('pieces'),
        cell: ({ items: [first, ...more] }) =>
          more.length === 0
            ? first?.product_name
            : words('andMore', { name: first?.product_name ?? '', count: more.length }),
        roomyOnly: true,
      },
      {
        key: 'date',
        header: words('date'),
        cell: ({ created_at: at }) => <Day at={at} />,
        wideOnly: true,
      },
      {
        key: 'total',
        header: words('total'),
        align: 'end',
        cell: ({ total_amount: rupees }) => <Money rupees={rupees} />,
        card: 'title-end',
      },
      {
        key: 'paid',
        header: words('payment'),
        cell: ({ payment_status: status }) => <StatusMark status={status} />,
        wideOnly: true,
      },
      {
        key: 'status',
        header: words('status'),
        cell: ({ status }) => <StatusMark status={status} />,
        card: 'line-end',
      },
    ],
    [words],
  );
}
