import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';

export const todayRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/today',
  component: lazyScreen(() => import('./today-screen.tsx'), 'TodayScreen'),
});
