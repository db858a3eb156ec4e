import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readOrderSearch } from './order-search.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/orders',
  validateSearch: onlyKnown(readOrderSearch),
  component: lazyScreen(() => import('./orders-screen.tsx'), 'OrdersScreen'),
});

const detailRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$orderId',
  component: lazyScreen(() => import('./order-screen.tsx'), 'OrderScreen'),
});

export const orderRoutes = listRoute.addChildren([detailRoute]);
