import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { readProductSearch } from './product-search.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/products',
  validateSearch: readProductSearch,
  component: lazyRouteComponent(() => import('./products-screen.tsx'), 'ProductsScreen'),
});

const detailRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$productId',
  component: lazyRouteComponent(() => import('./product-screen.tsx'), 'ProductScreen'),
});

export const productRoutes = listRoute.addChildren([detailRoute]);
