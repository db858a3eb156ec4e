import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-screen.tsx'), 'SettingsScreen'),
});

const shopRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./shop-settings.tsx'), 'ShopSettings'),
});

const rulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'rules',
  component: lazyRouteComponent(() => import('./rule-settings.tsx'), 'RuleSettings'),
});

export interface PeopleSearch {
  /** The form for a new account. */
  add?: true | undefined;
  /** The account that is changed. */
  person?: string | undefined;
}

const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'people',
  validateSearch: ({ add, person }: Record<string, unknown>): PeopleSearch => ({
    ...(add === true ? { add } : {}),
    ...(typeof person === 'string' ? { person } : {}),
  }),
  component: lazyRouteComponent(() => import('../people/people-screen.tsx'), 'PeopleScreen'),
});

const backupsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'backups',
  component: lazyRouteComponent(() => import('../backups/backups-screen.tsx'), 'BackupsScreen'),
});

const accountRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'account',
  component: lazyRouteComponent(() => import('../account/account-screen.tsx'), 'AccountScreen'),
});

export const settingsRoutes = settingsRoute.addChildren([
  shopRoute,
  rulesRoute,
  peopleRoute,
  backupsRoute,
  accountRoute,
]);
