import { createRoute } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';
import { lazyScreen } from '../../frame/lazy-screen.ts';
import { onlyKnown } from '../../frame/only-known.ts';
import { readGoldSearch, readStoneSearch } from './forecast-search.ts';

const forecastsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/forecasts',
  component: lazyScreen(() => import('./forecasts-screen.tsx'), 'ForecastsScreen'),
});

const goldRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: '/',
  validateSearch: onlyKnown(readGoldSearch),
  component: lazyScreen(() => import('./gold-forecast.tsx'), 'GoldForecast'),
});

const stonesRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: 'diamonds',
  validateSearch: onlyKnown(readStoneSearch),
  component: lazyScreen(() => import('./stone-calculator.tsx'), 'StoneCalculator'),
});

const modelsRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: 'models',
  component: lazyScreen(() => import('./model-cards.tsx'), 'ModelCards'),
});

export const forecastRoutes = forecastsRoute.addChildren([goldRoute, stonesRoute, modelsRoute]);
