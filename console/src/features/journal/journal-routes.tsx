import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readJournalSearch } from './journal-search.ts';

export const journalRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/journal',
  validateSearch: onlyKnown(readJournalSearch),
  component: lazyScreen(() => import('./journal-screen.tsx'), 'JournalScreen'),
});
