import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readPeopleSearch } from '../people/people-search.ts';

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings',
  component: lazyScreen(() => import('./settings-screen.tsx'), 'SettingsScreen'),
});

const shopRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/',
  component: lazyScreen(() => import('./shop-settings.tsx'), 'ShopSettings'),
});

const rulesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'rules',
  component: lazyScreen(() => import('./rule-settings.tsx'), 'RuleSettings'),
});

const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'people',
  validateSearch: onlyKnown(readPeopleSearch),
  component: lazyScreen(() => import('../people/people-screen.tsx'), 'PeopleScreen'),
});

const backupsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'backups',
  component: lazyScreen(() => import('../backups/backups-screen.tsx'), 'BackupsScreen'),
});

const accountRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: 'account',
  component: lazyScreen(() => import('../account/account-screen.tsx'), 'AccountScreen'),
});

export const settingsRoutes = settingsRoute.addChildren([
  shopRoute,
  rulesRoute,
  peopleRoute,
  backupsRoute,
  accountRoute,
]);
