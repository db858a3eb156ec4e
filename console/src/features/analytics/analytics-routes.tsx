import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readAnalyticsSearch } from './analytics-search.ts';

export const analyticsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/analytics',
  validateSearch: onlyKnown(readAnalyticsSearch),
  component: lazyScreen(() => import('./analytics-screen.tsx'), 'AnalyticsScreen'),
});
