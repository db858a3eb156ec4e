import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';

const newRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sale',
  component: lazyRouteComponent(() => import('./sale-screen.tsx'), 'SaleScreen'),
});

/** The bill of a sale that was made: shown right after it, and again by its address. */
const billRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/sale/$saleId',
  component: lazyRouteComponent(() => import('./bill-screen.tsx'), 'BillScreen'),
});

export const saleRoutes = [newRoute, billRoute] as const;
