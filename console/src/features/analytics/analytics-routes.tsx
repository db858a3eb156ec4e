import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { readAnalyticsSearch } from './analytics-search.ts';

export const analyticsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/analytics',
  validateSearch: readAnalyticsSearch,
  component: lazyScreen(() => import('./analytics-screen.tsx'), 'AnalyticsScreen'),
});
