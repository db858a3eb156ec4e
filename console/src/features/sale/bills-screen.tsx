// Bills that were made at the counter, to be found and printed again. Filters stand in the address. A bill never changes:
// what was put on the khata then stays unpaid here, whatever came in since.

import { Select } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import { getRouteApi, linkOptions } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { SaleWire } from '../../../../server/src/contract/sale.ts';
import { useCan } from '../../api/use-session.ts';
import { formatDateTime } from '../../format/date.ts';
import { Money } from '../../ui/figures.tsx';
import { DayRange, Filters } from '../../ui/filter/filters.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { EmptyState, PageNotAllowed } from '../../ui/states/states.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Column } from '../../ui/table/column.ts';
import { ListSheet } from '../../ui/table/list-sheet.tsx';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { PAYMENT_STATUSES, type PaymentStatus } from '../orders/order-search.ts';
import type { BillsSearch } from './bills-search.ts';
import { useBills } from './sale-queries.ts';
import { saleWords } from './words/sale-words.ts';

const route = getRouteApi('/frame/sale/bills');

export function BillsScreen() {
  return useCan('sales.read') ? <Bills /> : <PageNotAllowed />;
}

function Bills() {
  const words = useWords(saleWords);
  const search = route.useSearch();
  const query = useBills(search);
  const columns = useBillColumns();
  const change = useChangeSearch<BillsSearch>();
  const total = query.data?.pages[0]?.pagination.total;
  return (
    <>
      <PageHeader
        title={words('bills')}
        under={total === undefined ? '\u00a0' : words('billsUnder', { count: total })}
      />
      <BillFilters search={search} change={change} />
      <ListSheet
        query={query}
        filter={search}
        change={change}
        label={words('bills')}
        rows={query.data?.pages.flatMap(({ data }) => data)}
        columns={columns}
        rowKey={({ id }) => id}
        isSorted
        link={({ id }) => linkOptions({ to: '/sale/$saleId', params: { saleId: id } })}
        empty={
          <EmptyState
            icon={<IconCashRegister size={28} stroke={1.5} aria-hidden="true" />}
            title={words('noBillsTitle')}
            text={words('noBillsText')}
          />
        }
      />
    </>
  );
}

interface FiltersProps {
  search: BillsSearch;
  change: (changes: BillsSearch) => void;
}

function BillFilters({ search, change }: FiltersProps) {
  const words = useWords(saleWords);
  const everyday = useWords(everydayWords);
  return (
    <Filters>
      <Select
        aria-label={words('paidAtCounter')}
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
        labels={{ from: words('fromDay'), to: words('toDay') }}
        change={change}
      />
    </Filters>
  );
}

function useBillColumns(): Column<SaleWire>[] {
  const words = useWords(saleWords);
  const everyday = useWords(everydayWords);
  return useMemo(
    () => [
      {
        key: 'at',
        header: words('billAt'),
        cell: ({ created_at: at }) => <span className="nowrap">{formatDateTime(at)}</span>,
      },
      {
        key: 'customer',
        header: everyday('customer'),
        cell: ({ customer_name: name }) => name,
        card: 'line',
      },
      {
        key: 'pieces',
        header: words('billPieces'),
        cell: ({ products: [first, ...more] }) =>
          more.length === 0
            ? first?.product_name
            : words('andMore', { name: first?.product_name ?? '', count: more.length }),
        card: 'line',
      },
      {
        key: 'paid',
        header: words('paidAtCounter'),
        cell: ({ payment_status: status }) => (
          <StatusMark status={status === 'pending' ? 'unpaid' : status} />
        ),
        card: 'line-end',
      },
      {
        key: 'amount',
        header: words('amount'),
        align: 'end',
        cell: ({ final_amount: rupees }) => <Money rupees={rupees} />,
        card: 'title-end',
      },
    ],
    [words, everyday],
  );
}
