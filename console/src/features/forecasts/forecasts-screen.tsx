// Forecasts: gold, stones, and the models behind them with what was measured.

import { Link, Outlet } from '@tanstack/react-router';
import { PageHeader } from '../../ui/layout/page.tsx';
import { Parts } from '../../ui/layout/parts.tsx';
import { useWords } from '../../words/say.ts';
import { forecastWords } from './words/forecast-words.ts';

const PARTS = [
  { to: '/forecasts', word: 'gold' },
  { to: '/forecasts/diamonds', word: 'diamonds' },
  { to: '/forecasts/models', word: 'models' },
] as const;

export function ForecastsScreen() {
  const words = useWords(forecastWords);
  return (
    <>
      <PageHeader title={words('title')} />
      <Parts label={words('title')}>
        {PARTS.map(({ to, word }) => (
          <Link key={to} to={to} activeOptions={{ exact: true, includeSearch: false }}>
            {words(word)}
          </Link>
        ))}
      </Parts>
      <Outlet />
    </>
  );
}
