import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';

export const BALANCE_FILTERS = ['owes', 'credit', 'clear'] as const;
export type BalanceFilter = (typeof BALANCE_FILTERS)[number];

export interface CustomerSearch {
  q?: string | undefined;
  show?: BalanceFilter | undefined;
  sort?: string | undefined;
  /** The form over the list. */
  add?: true | undefined;
}

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers',
  validateSearch: ({ q, show, sort, add }: Record<string, unknown>): CustomerSearch => ({
    ...(typeof q === 'string' && q !== '' ? { q } : {}),
    ...(BALANCE_FILTERS.includes(show as BalanceFilter) ? { show: show as BalanceFilter } : {}),
    ...(typeof sort === 'string' ? { sort } : {}),
    ...(add === true ? { add } : {}),
  }),
  component: lazyRouteComponent(() => import('./customers-screen.tsx'), 'CustomersScreen'),
});

const detailRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$customerId',
  component: lazyRouteComponent(() => import('./khata-screen.tsx'), 'KhataScreen'),
});

export const customerRoutes = listRoute.addChildren([detailRoute]);
