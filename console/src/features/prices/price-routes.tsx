import { createRoute } from '@tanstack/react-router';
import { frameRoute, requireSession, rootRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readPriceSearch } from './price-search.ts';

export const pricesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/prices',
  validateSearch: onlyKnown(readPriceSearch),
  component: lazyScreen(() => import('./prices-screen.tsx'), 'PricesScreen'),
});

/** Hangs at the counter: without the frame around it. */
export const priceBoardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/prices/board',
  beforeLoad: requireSession,
  component: lazyScreen(() => import('./board-screen.tsx'), 'BoardScreen'),
});
