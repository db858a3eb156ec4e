// The catalogue: rows or pictures, narrowed as one types; the opened piece beside the list.

import { Button } from '@mantine/core';
import { IconDiamond, IconPlus } from '@tabler/icons-react';
import { getRouteApi, linkOptions, useNavigate, useParams } from '@tanstack/react-router';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { useCan } from '../../api/use-session.ts';
import { ListDetail } from '../../ui/layout/list-detail.tsx';
import { MainAction } from '../../ui/layout/main-action.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { ListSheet, readOn } from '../../ui/table/list-sheet.tsx';
import { useAdding } from '../../ui/use-adding.ts';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useHasRail, useIsWide } from '../../ui/use-wide.ts';
import { useWords } from '../../words/say.ts';
import { BulkBar } from './bulk-bar.tsx';
import { NewProductDialog } from './new-product-dialog.tsx';
import { useProductColumns } from './product-columns.tsx';
import { ProductFilters } from './product-filters.tsx';
import { ProductGrid } from './product-grid.tsx';
import { useProducts } from './product-queries.ts';
import type { ProductSearch, View } from './product-search.ts';
import { useRemovedColumns } from './removed-columns.tsx';
import { useSelection } from './use-selection.ts';
import { ViewSwitch } from './view-switch.tsx';
import { productWords } from './words/product-words.ts';

const route = getRouteApi('/frame/products');

export function ProductsScreen() {
  const { productId } = useParams({ strict: false });
  return <ListDetail openId={productId} list={ProductList} />;
}

function ProductList({ openId }: { openId: string | undefined }) {
  const words = useWords(productWords);
  const search = route.useSearch();
  const { add: _add, view: _view, ...filter } = search;
  const navigate = useNavigate({ from: '/products' });
  const canWrite = useCan('catalogue.write');
  // What was removed has no page of its own: it stands in rows, each with the way back.
  const isRemoved = search.state === 'removed';
  const usual: View = useHasRail() ? 'table' : 'grid';
  const view = isRemoved ? 'table' : (search.view ?? usual);
  const { query, products, total } = useProducts(search);
  const { chosen, keepChosen, selection } = useSelection(isRemoved ? [] : (products ?? []));
  const change = useChangeSearch<ProductSearch>();
  const { add, close } = useAdding();
  return (
    <>
      <PageHeader
        title={words('title')}
        under={total === undefined ? '\u00a0' : words(isRemoved ? 'underRemoved' : 'under', { count: total })}
        actions={
          <>
            {isRemoved ? null : <ViewSwitch view={view} onChange={(value) => change({ view: value })} />}
            {canWrite && chosen.length === 0 ? (
              <MainAction label={words('add')} icon={IconPlus} onClick={add} />
            ) : null}
          </>
        }
      />
      <ProductFilters search={search} change={change} />
      <FoundProducts
        query={query}
        rows={products}
        filter={filter}
        change={change}
        openKey={openId}
        view={view}
        isRemoved={isRemoved}
        selection={selection}
        empty={
          <EmptyState
            icon={<IconDiamond size={28} stroke={1.5} aria-hidden="true" />}
            title={words('emptyTitle')}
            text={words(canWrite ? 'emptyText' : 'emptyReader')}
            action={canWrite ? <Button onClick={add}>{words('add')}</Button> : null}
          />
        }
      />
      <BulkBar
        chosen={chosen}
        onDone={async (left, gone = []) => {
          keepChosen(left);
          if (openId === undefined || !gone.includes(openId)) return;
          await navigate({ to: '/products', search: (before) => before });
        }}
      />
      <NewProductDialog opened={canWrite && search.add === true} onClose={close} />
    </>
  );
}

type ListProps = Parameters<typeof ListSheet<ProductWire, ProductSearch>>[0];

interface FoundProductsProps
  extends Pick<ListProps, 'query' | 'rows' | 'filter' | 'change' | 'openKey' | 'selection' | 'empty'> {
  view: View;
  isRemoved: boolean;
}

function FoundProducts({ view, isRemoved, selection, ...list }: FoundProductsProps) {
  const words = useWords(productWords);
  const columns = useProductColumns();
  const ofRemoved = useRemovedColumns(columns);
  const isWide = useIsWide();
  const mayChange = [useCan('catalogue.write'), useCan('catalogue.publish')].includes(true);
  const link = ({ id }: { id: string }) =>
    linkOptions({
      to: '/products/$productId',
      params: { productId: id },
      search: (before: ProductSearch) => before,
      resetScroll: !isWide,
    });
  const label = words('title');
  const { query, rows: products = [] } = list;
  if (view === 'grid' && products.length > 0) {
    return (
      <ProductGrid
        label={label}
        link={link}
        products={products}
        openId={list.openKey}
        selection={mayChange ? selection : undefined}
        onEnd={() => readOn(query)}
      />
    );
  }
  return (
    <ListSheet
      label={label}
      {...list}
      link={isRemoved ? undefined : link}
      columns={isRemoved ? ofRemoved : columns}
      rowKey={({ id }) => id}
      rowName={({ name }) => name}
      isSorted
      {...(mayChange && !isRemoved && selection !== undefined ? { selection } : {})}
    />
  );
}
