import { createRoute } from '@tanstack/react-router';
import { rootRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyScreen(() => import('./setup-screen.tsx'), 'SetupScreen'),
});
