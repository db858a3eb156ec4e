// The root of all addresses, and the frame around those that need a signed-in person.

import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { getSession } from '../api/session.ts';
import { lazyScreen } from './lazy-screen.ts';
import { PageCrashed, PageNotFound } from './page-states.tsx';

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: PageNotFound,
  errorComponent: PageCrashed,
});

/** Strangers sign in first, and come back to where they wanted to go. */
export function requireSession({ location }: { location: { href: string } }): void {
  if (getSession().status !== 'signed-out') return;
  throw redirect({ to: '/sign-in', search: { to: location.href } });
}

export const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: requireSession,
  component: lazyScreen(() => import('./frame.tsx'), 'Frame'),
});
