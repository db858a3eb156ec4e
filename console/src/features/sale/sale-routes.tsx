import { createRoute, redirect } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readBillsSearch } from './bills-search.ts';

const newRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sale',
  component: lazyScreen(() => import('./sale-screen.tsx'), 'SaleScreen'),
});

/** The bill of a sale that was made: shown right after it, and again from the list of bills. */
const billRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sale/$saleId',
  component: lazyScreen(() => import('./bill-screen.tsx'), 'BillScreen'),
});

/** Under the counter's address, so that its place is the lit one here too. */
const billsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sale/bills',
  validateSearch: onlyKnown(readBillsSearch),
  component: lazyScreen(() => import('./bills-screen.tsx'), 'BillsScreen'),
});

/** Where the list of bills stood before. */
const oldBillsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/bills',
  validateSearch: onlyKnown(readBillsSearch),
  beforeLoad: ({ search }) => {
    throw redirect({ to: '/sale/bills', search, replace: true });
  },
});

export const saleRoutes = [newRoute, billRoute, billsRoute, oldBillsRoute] as const;
