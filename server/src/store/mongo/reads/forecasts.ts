import type { Db } from 'mongodb';
import type { Metal } from '../../../domain/price.ts';
import { type BucketScore, HORIZON_BUCKETS, type StoredForecast } from '../../../domain/stored-forecast.ts';
import { fromDocument } from '../codec.ts';
import type { ForecastRow } from '../rows.ts';

export async function dueForecasts(
  db: Db,
  shopId: string,
  today: string,
  limit: number,
): Promise<StoredForecast[]> {
  const found = await db
    .collection('forecasts')
    .find({ shop_id: shopId, scored_at: null, target_day: { $lte: today } })
    .sort({ target_day: 1, metal: 1, purity: 1, made_on: 1 })
    .limit(limit)
    .toArray();
  return found.map((document) => toForecast(fromDocument<ForecastRow>(document)));
}

function toForecast(row: ForecastRow): StoredForecast {
  const { id: _id, shopId: _shop, scoredAt: _at, outcomePaise: _paise, outcomeDay: _day, ...forecast } = row;
  return forecast;
}

interface Sums {
  _id: number;
  published: number;
  scored: number;
  unknown: number;
  hits80: number;
  hits95: number;
  error: number;
  still: number;
}

export async function scoreboard(
  db: Db,
  shopId: string,
  series: { metal: Metal; purity: string } | null,
): Promise<BucketScore[]> {
  const known = { $ne: ['$outcome_paise', null] };
  const count = (condition: object) => ({ $sum: { $cond: [condition, 1, 0] } });
  const within = (lower: string, upper: string) =>
    count({ $and: [known, { $gte: ['$outcome_paise', lower] }, { $lte: ['$outcome_paise', upper] }] });
  const errorOf = (from: string) => ({
    $sum: { $cond: [known, { $abs: { $subtract: ['$outcome_paise', from] } }, 0] },
  });
  const found = await db
    .collection('forecasts')
    .aggregate<Sums>([
      { $match: { shop_id: shopId, ...series } },
      {
        $group: {
          _id: {
            $switch: {
              branches: HORIZON_BUCKETS.map(({ from, to }, place) => ({
                case: { $and: [{ $gte: ['$horizon_days', from] }, { $lte: ['$horizon_days', to] }] },
                // biome-ignore lint/suspicious/noThenProperty: the word of the query language
                then: place,
              })),
              default: -1,
            },
          },
          published: { $sum: 1 },
          scored: count(known),
          unknown: count({ $and: [{ $ne: ['$scored_at', null] }, { $eq: ['$outcome_paise', null] }] }),
          hits80: within('$lower80_paise', '$upper80_paise'),
          hits95: within('$lower95_paise', '$upper95_paise'),
          error: errorOf('$median_paise'),
          still: errorOf('$last_paise'),
        },
      },
    ])
    .toArray();
  return HORIZON_BUCKETS.map((_, place) => toBucket(found.find(({ _id }) => _id === place)));
}

function toBucket(sums: Sums | undefined): BucketScore {
  const { published = 0, scored = 0, unknown = 0, hits80 = 0, hits95 = 0, error = 0, still = 0 } = sums ?? {};
  const mean = (sum: number): number | null => (scored === 0 ? null : sum / scored);
  return {
    published,
    scored,
    unknown,
    hit80: mean(hits80),
    hit95: mean(hits95),
    meanErrorPaise: mean(error),
    noChangeErrorPaise: mean(still),
    errorRatio: still > 0 ? error / still : null,
  };
}
