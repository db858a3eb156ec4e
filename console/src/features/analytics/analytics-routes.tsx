import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { readAnalyticsSearch } from './analytics-search.ts';

export const analyticsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/analytics',
  validateSearch: readAnalyticsSearch,
  component: lazyRouteComponent(() => import('./analytics-screen.tsx'), 'AnalyticsScreen'),
});
