// Khata: who owes what. A list that is searched as one types; the opened khata beside it.

import { SegmentedControl } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { getRouteApi, linkOptions, useParams } from '@tanstack/react-router';
import { useCan } from '../../api/use-session.ts';
import { formatRupeesShort } from '../../format/money.ts';
import { Filters } from '../../ui/filter/filters.tsx';
import { ListDetail } from '../../ui/layout/list-detail.tsx';
import { MainAction } from '../../ui/layout/main-action.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { EmptyState, PageNotAllowed } from '../../ui/states/states.tsx';
import { ListSheet } from '../../ui/table/list-sheet.tsx';
import { useAdding } from '../../ui/use-adding.ts';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useIsWide } from '../../ui/use-wide.ts';
import { useWords } from '../../words/say.ts';
import { useCustomerColumns } from './customer-columns.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { useAllCustomers, useRemovedCustomers } from './customer-queries.ts';
import { BALANCE_FILTERS, type CustomerSearch } from './customer-search.ts';
import { useRemovedColumns } from './removed-columns.tsx';
import { useShownCustomers } from './use-shown-customers.ts';
import { customerWords } from './words/customer-words.ts';

const route = getRouteApi('/frame/customers');

export function CustomersScreen() {
  const { customerId } = useParams({ strict: false });
  const allowed = useCan('customers.read');
  if (!allowed) return <PageNotAllowed />;
  return <ListDetail openId={customerId} list={CustomerList} />;
}

function CustomerList({ openId }: { openId: string | undefined }) {
  const isWide = useIsWide();
  const words = useWords(customerWords);
  const search = route.useSearch();
  const { add: _add, sort = '-balance', ...filter } = search;
  const canWrite = useCan('customers.write');
  const isRemoved = canWrite && search.show === 'removed';
  const there = useAllCustomers();
  const gone = useRemovedCustomers(isRemoved);
  const { query, customers } = isRemoved ? gone : there;
  const shown = useShownCustomers(customers, search);
  const columns = useCustomerColumns();
  const ofRemoved = useRemovedColumns(columns);
  const change = useChangeSearch<CustomerSearch>();
  const { add, close } = useAdding();
  const due = shown.reduce((sum, { current_balance: balance }) => sum + Math.max(balance, 0), 0);
  const count = customers?.length;
  const under = isRemoved
    ? words('underRemoved', { count: shown.length })
    : words('under', { count: shown.length, amount: formatRupeesShort(due) });

  return (
    <>
      <PageHeader
        title={words('title')}
        under={count === undefined ? '\u00a0' : under}
        actions={canWrite ? <MainAction label={words('add')} icon={IconPlus} onClick={add} /> : null}
      />
      <Filters>
        <SearchField
          label={words('search')}
          value={search.q ?? ''}
          onChange={(text) => change({ q: text === '' ? undefined : text })}
        />
        <SegmentedControl
          aria-label={words('filter')}
          value={search.show ?? 'all'}
          onChange={(value) =>
            change({ show: value === 'all' ? undefined : (value as CustomerSearch['show']) })
          }
          data={[
            { value: 'all', label: words('all') },
            ...BALANCE_FILTERS.map((value) => ({ value, label: words(value) })),
            ...(canWrite ? [{ value: 'removed', label: words('removedOnes') }] : []),
          ]}
        />
      </Filters>
      <ListSheet
        query={query}
        filter={filter}
        change={change}
        label={words('title')}
        rows={customers && shown}
        columns={isRemoved ? ofRemoved : columns}
        rowKey={({ id }) => id}
        openKey={openId}
        sort={sort}
        onSort={(next) => change({ sort: next })}
        link={
          isRemoved
            ? undefined
            : ({ id }) =>
                linkOptions({
                  to: '/customers/$customerId',
                  params: { customerId: id },
                  search: (before: CustomerSearch) => before,
                  resetScroll: !isWide,
                })
        }
        isEmpty={!isRemoved && count === 0}
        empty={
          <EmptyState
            icon={<IconBook2 size={28} stroke={1.5} aria-hidden="true" />}
            title={words('emptyTitle')}
            text={words('emptyText')}
          />
        }
      />
      <CustomerDialog opened={canWrite && search.add === true} onClose={close} />
    </>
  );
}
