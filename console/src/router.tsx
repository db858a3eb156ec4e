// Every address of the console. A screen's files are loaded when it is visited.

import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { analyticsRoute } from './features/analytics/analytics-routes.tsx';
import { customerRoutes } from './features/customers/customer-routes.tsx';
import { forecastRoutes } from './features/forecasts/forecast-routes.tsx';
import { journalRoute } from './features/journal/journal-routes.tsx';
import { orderRoutes } from './features/orders/order-routes.tsx';
import { priceBoardRoute, pricesRoute } from './features/prices/price-routes.tsx';
import { productRoutes } from './features/products/product-routes.tsx';
import { saleRoutes } from './features/sale/sale-routes.tsx';
import { signInRoute } from './features/session/sign-in-route.tsx';
import { settingsRoutes } from './features/settings/settings-routes.tsx';
import { setupRoute } from './features/setup/setup-route.tsx';
import { todayRoute } from './features/today/today-route.tsx';
import { frameRoute, rootRoute } from './frame/frame-route.tsx';
import { PageCrashed, PageNotFound } from './frame/page-states.tsx';
import { LoadingRows } from './ui/states/states.tsx';

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/today' });
  },
});

/** An address that is none, inside the frame: the way out stands at its side. */
const nowhereRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/$',
  component: PageNotFound,
});

export const router = createRouter({
  basepath: '/console',
  routeTree: rootRoute.addChildren([
    homeRoute,
    signInRoute,
    setupRoute,
    priceBoardRoute,
    frameRoute.addChildren([
      todayRoute,
      ...saleRoutes,
      orderRoutes,
      productRoutes,
      customerRoutes,
      pricesRoute,
      journalRoute,
      settingsRoutes,
      forecastRoutes,
      analyticsRoute,
      nowhereRoute,
    ]),
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: LoadingRows,
  defaultNotFoundComponent: PageNotFound,
  defaultErrorComponent: PageCrashed,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
