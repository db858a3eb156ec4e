// GET /api/predictions/scoreboard: how past forecasts came out, for everybody to see.

import { Data } from '../../contract/envelope.ts';
import { Scoreboard, ScoreboardQuery } from '../../contract/prediction.ts';
import { toRupees } from '../../domain/money.ts';
import { DEFAULT_PURITY, METALS } from '../../domain/price.ts';
import { invalid } from '../../domain/shop-error.ts';
import { type BucketScore, HORIZON_BUCKETS } from '../../domain/stored-forecast.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { readSeries } from './predict-price.ts';
import { scoreForecasts } from './score-forecasts.ts';

const ROUNDING = 10_000;

export function scoreboardRoute(shop: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/scoreboard',
    access: 'public',
    tag: 'Predictions',
    summary: 'Show how published forecasts came out',
    description:
      'Every forecast that was given out is kept and scored when its day comes, by the first rate recorded within three ' +
      'weekdays. hit_rate_80 should be near 0.8, hit_rate_95 near 0.95; error_beside_no_change below 1 is better than ' +
      'to say that nothing changes.',
    query: ScoreboardQuery,
    reply: Data(Scoreboard),
    errors: ['invalid_input'],
    example: {
      success: true,
      data: {
        series: { metal_type: 'gold', purity: '916' },
        horizons: [
          {
            days: '1-7',
            published: 120,
            scored: 110,
            unknown: 2,
            hit_rate_80: 0.81,
            hit_rate_95: 0.95,
            mean_error: 52.1,
            no_change_error: 52.4,
            error_beside_no_change: 0.99,
          },
        ],
      },
    },
    handle: async (call) => {
      const { query } = call;
      const name = query.metal_type ?? query.metal;
      const metal = METALS.find((known) => known === name);
      if (name !== undefined && !metal) {
        throw invalid('metal_type', 'enum', `must be one of: ${METALS.join(', ')}`);
      }
      const asked = metal ?? (query.purity ? 'gold' : null);
      const series = asked && readSeries(asked, query.purity || DEFAULT_PURITY[asked]);
      await scoreForecasts(shop, call.by);
      const buckets = await shop.store.forecasts.scoreboard(series);
      return {
        success: true,
        data: {
          series: series && { metal_type: series.metal, purity: series.purity },
          horizons: buckets.map((bucket, index) => toWire(HORIZON_BUCKETS[index]?.name ?? '', bucket)),
        },
      };
    },
  });
}

function toWire(days: string, bucket: BucketScore) {
  const round = (value: number | null): number | null =>
    value === null ? null : Math.round(value * ROUNDING) / ROUNDING;
  const rupees = (paise: number | null): number | null =>
    paise === null ? null : toRupees(Math.round(paise));
  return {
    days,
    published: bucket.published,
    scored: bucket.scored,
    unknown: bucket.unknown,
    hit_rate_80: round(bucket.hit80),
    hit_rate_95: round(bucket.hit95),
    mean_error: rupees(bucket.meanErrorPaise),
    no_change_error: rupees(bucket.noChangeErrorPaise),
    error_beside_no_change: round(bucket.errorRatio),
  };
}
