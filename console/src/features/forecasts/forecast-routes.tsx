import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../../frame/frame-route.tsx';

export const PURITIES = ['999', '995', '916', '750', '585'] as const;
export const HORIZONS = [30, 90, 365] as const;
export const CUTS = ['Ideal', 'Excellent', 'Very Good', 'Good', 'Fair', 'Poor'] as const;
export const COLORS = ['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M'] as const;
export const CLARITIES = ['FL', 'IF', 'VVS1', 'VVS2', 'VS1', 'VS2', 'SI1', 'SI2', 'I1', 'I2', 'I3'] as const;

export interface GoldSearch {
  purity?: (typeof PURITIES)[number] | undefined;
  days?: (typeof HORIZONS)[number] | undefined;
}

export interface StoneSearch {
  carat?: number | undefined;
  cut?: (typeof CUTS)[number] | undefined;
  color?: (typeof COLORS)[number] | undefined;
  clarity?: (typeof CLARITIES)[number] | undefined;
}

function oneOf<const T extends readonly unknown[]>(list: T, value: unknown): T[number] | undefined {
  return list.includes(value) ? (value as T[number]) : undefined;
}

const forecastsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/forecasts',
  component: lazyRouteComponent(() => import('./forecasts-screen.tsx'), 'ForecastsScreen'),
});

const goldRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: '/',
  validateSearch: ({ purity, days }: Record<string, unknown>): GoldSearch => ({
    purity: oneOf(PURITIES, String(purity)),
    days: oneOf(HORIZONS, days),
  }),
  component: lazyRouteComponent(() => import('./gold-forecast.tsx'), 'GoldForecast'),
});

const stonesRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: 'diamonds',
  validateSearch: ({ carat, cut, color, clarity }: Record<string, unknown>): StoneSearch => ({
    carat: typeof carat === 'number' && carat > 0 ? carat : undefined,
    cut: oneOf(CUTS, cut),
    color: oneOf(COLORS, color),
    clarity: oneOf(CLARITIES, clarity),
  }),
  component: lazyRouteComponent(() => import('./stone-calculator.tsx'), 'StoneCalculator'),
});

const modelsRoute = createRoute({
  getParentRoute: () => forecastsRoute,
  path: 'models',
  component: lazyRouteComponent(() => import('./model-cards.tsx'), 'ModelCards'),
});

export const forecastRoutes = forecastsRoute.addChildren([goldRoute, stonesRoute, modelsRoute]);
