import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, requireSession, rootRoute } from '../../frame/frame-route.tsx';
import { readPriceSearch } from './price-search.ts';

export const pricesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/prices',
  validateSearch: readPriceSearch,
  component: lazyRouteComponent(() => import('./prices-screen.tsx'), 'PricesScreen'),
});

/** Hangs at the counter: without the frame around it. */
export const priceBoardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/prices/board',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./board-screen.tsx'), 'BoardScreen'),
});
