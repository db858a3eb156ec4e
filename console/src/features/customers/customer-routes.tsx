import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { readCustomerSearch } from './customer-search.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/customers',
  validateSearch: readCustomerSearch,
  component: lazyRouteComponent(() => import('./customers-screen.tsx'), 'CustomersScreen'),
});

const detailRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$customerId',
  component: lazyRouteComponent(() => import('./khata-screen.tsx'), 'KhataScreen'),
});

export const customerRoutes = listRoute.addChildren([detailRoute]);
