import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';

const newRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sale',
  component: lazyScreen(() => import('./sale-screen.tsx'), 'SaleScreen'),
});

/** The bill of a sale that was made: shown right after it, and again by its address. */
const billRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sale/$saleId',
  component: lazyScreen(() => import('./bill-screen.tsx'), 'BillScreen'),
});

export const saleRoutes = [newRoute, billRoute] as const;
