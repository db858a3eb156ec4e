import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { readJournalSearch } from './journal-search.ts';

export const journalRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/journal',
  validateSearch: readJournalSearch,
  component: lazyRouteComponent(() => import('./journal-screen.tsx'), 'JournalScreen'),
});
