import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readProductSearch } from './product-search.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/products',
  validateSearch: onlyKnown(readProductSearch),
  component: lazyScreen(() => import('./products-screen.tsx'), 'ProductsScreen'),
});

const detailRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$productId',
  component: lazyScreen(() => import('./product-screen.tsx'), 'ProductScreen'),
});

export const productRoutes = listRoute.addChildren([detailRoute]);
