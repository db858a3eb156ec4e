import { createRoute, redirect } from '@tanstack/react-router';
import { getSession } from '../../api/session.ts';
import { rootRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // Only addresses of the console itself: a link must not lead anybody elsewhere after the sign-in.
  validateSearch: ({ to }: Record<string, unknown>): { to: string } => ({
    to: typeof to === 'string' && /^\/[a-z]/.test(to) ? to : '/today',
  }),
  beforeLoad: ({ search }) => {
    if (getSession().status === 'signed-in') throw redirect({ href: search.to });
  },
  component: lazyScreen(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
});
