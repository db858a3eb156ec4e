import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { readOrderSearch } from './order-search.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/orders',
  validateSearch: readOrderSearch,
  component: lazyRouteComponent(() => import('./orders-screen.tsx'), 'OrdersScreen'),
});

const detailRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$orderId',
  component: lazyRouteComponent(() => import('./order-screen.tsx'), 'OrderScreen'),
});

export const orderRoutes = listRoute.addChildren([detailRoute]);
