import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute, requireSession, rootRoute } from '../../frame/frame-route.tsx';

export const PERIODS = ['month', 'quarter', 'year', 'all'] as const;
export type Period = (typeof PERIODS)[number];

export interface PriceSearch {
  /** Whose history is shown, as `gold-916`. */
  of?: string | undefined;
  period?: Period | undefined;
}

export const pricesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/prices',
  validateSearch: ({ of, period }: Record<string, unknown>): PriceSearch => ({
    ...(typeof of === 'string' ? { of } : {}),
    ...(PERIODS.includes(period as Period) ? { period: period as Period } : {}),
  }),
  component: lazyRouteComponent(() => import('./prices-screen.tsx'), 'PricesScreen'),
});

/** Hangs at the counter: without the frame around it. */
export const priceBoardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/prices/board',
  beforeLoad: requireSession,
  component: lazyRouteComponent(() => import('./board-screen.tsx'), 'BoardScreen'),
});
