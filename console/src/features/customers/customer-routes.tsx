import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readCustomerSearch } from './customer-search.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers',
  validateSearch: onlyKnown(readCustomerSearch),
  component: lazyScreen(() => import('./customers-screen.tsx'), 'CustomersScreen'),
});

const detailRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$customerId',
  component: lazyScreen(() => import('./khata-screen.tsx'), 'KhataScreen'),
});

export const customerRoutes = listRoute.addChildren([detailRoute]);
