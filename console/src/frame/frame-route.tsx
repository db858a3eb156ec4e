// The root of all addresses, and the frame around those that need a signed-in person.

import { createRootRoute, createRoute, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { getSession } from '../api/session.ts';
import { PageCrashed, PageNotFound } from './page-states.tsx';

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: PageNotFound,
  errorComponent: PageCrashed,
});

export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: ({ location }) => {
    if (getSession().status !== 'signed-out') return;
    throw redirect({ to: '/sign-in', search: { to: location.href } });
  },
  component: lazyRouteComponent(() => import('./frame.tsx'), 'Frame'),
});
