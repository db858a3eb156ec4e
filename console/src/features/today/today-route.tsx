import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';

export const todayRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/today',
  component: lazyRouteComponent(() => import('./today-screen.tsx'), 'TodayScreen'),
});
