import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { readGoldSearch, readStoneSearch } from './forecast-search.ts';

const forecastsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/forecasts',
  component: lazyRouteComponent(() => import('./forecasts-screen.tsx'), 'ForecastsScreen'),
});

const goldRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: '/',
  validateSearch: readGoldSearch,
  component: lazyRouteComponent(() => import('./gold-forecast.tsx'), 'GoldForecast'),
});

const stonesRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: 'diamonds',
  validateSearch: readStoneSearch,
  component: lazyRouteComponent(() => import('./stone-calculator.tsx'), 'StoneCalculator'),
});

const modelsRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: 'models',
  component: lazyRouteComponent(() => import('./model-cards.tsx'), 'ModelCards'),
});

export const forecastRoutes = forecastsRoute.addChildren([goldRoute, stonesRoute, modelsRoute]);
