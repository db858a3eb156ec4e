// GET /api/predictions/gold/fan: the range day by day, for a chart.

import { Data } from '../../contract/envelope.ts';
import { PriceFan, PriceFanQuery } from '../../contract/prediction.ts';
import { toRupees } from '../../domain/money.ts';
import { METALS, type Metal } from '../../domain/price.ts';
import { DAY_MS, dayOf } from '../../domain/shop-day.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { wholeNumber } from '../../http/paging.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import { FAN_LEVELS, fanAt } from './forecast-price.ts';
import { MAX_HORIZON_DAYS, readSeries } from './predict-price.ts';
import type { Predictions } from './predictions.ts';

const DEFAULT_DAYS = 90;

export function priceFanRoute({ now }: Shop, { models }: Predictions): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/gold/fan',
    access: 'public',
    tag: 'Predictions',
    summary: 'Show where the rate may go, day by day',
    description: 'For each day the prices below which the rate lies with 5%, 10% to 95%.',
    query: PriceFanQuery,
    reply: Data(PriceFan),
    errors: ['invalid_input', 'gold_model_not_trained'],
    example: {
      success: true,
      data: {
        metal_type: 'gold',
        purity: '916',
        basis: 'board rates',
        last_observed: { date: '2026-01-15', price_per_gram: 6670 },
        last_trained: '2026-01-15T10:30:00.123Z',
        levels: FAN_LEVELS,
        days: [
          { date: '2026-01-16', median: 6671, quantiles: FAN_LEVELS.map((level) => 6621 + level * 100) },
        ],
      },
    },
    handle: async ({ query }) => {
      const days = wholeNumber(query.days, DEFAULT_DAYS);
      if (days < 1 || days > MAX_HORIZON_DAYS) {
        throw invalid('days', 'range', `must be from 1 to ${MAX_HORIZON_DAYS}`);
      }
      const series = readSeries(readMetal(query.metal_type ?? query.metal ?? 'gold'), query.purity);
      const serving = await models.gold(series);
      if (!serving) throw refuse('gold_model_not_trained');
      const { lastObserved, basis, card } = serving;
      const middle = FAN_LEVELS.indexOf(0.5);
      return {
        success: true,
        data: {
          metal_type: series.metal,
          purity: series.purity,
          basis,
          last_observed: {
            date: lastObserved.day,
            price_per_gram: toRupees(Math.round(lastObserved.rupeesPerGram * 100)),
          },
          last_trained: toInstant(card.trainedAt),
          levels: FAN_LEVELS,
          days: Array.from({ length: days }, (_, index) => {
            const date = dayOf(now() + (index + 1) * DAY_MS);
            const quantiles = fanAt(serving, date).map(toRupees);
            return { date, median: quantiles[middle], quantiles };
          }),
        },
      };
    },
  });
}

function readMetal(name: string): Metal {
  const metal = METALS.find((known) => known === name);
  if (metal) return metal;
  throw invalid(
    'metal_type',
    'enum',
    `must be one of: ${METALS.join(', ')}`,
    'Invalid metal type. Must be gold, silver, or platinum',
  );
}
