import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { readPeopleSearch } from '../people/people-search.ts';

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

const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'people',
  validateSearch: readPeopleSearch,
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
