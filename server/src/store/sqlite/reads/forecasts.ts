import type { Metal } from '../../../domain/price.ts';
import { type BucketScore, HORIZON_BUCKETS, type StoredForecast } from '../../../domain/stored-forecast.ts';
import type { Db } from '../database.ts';

interface ForecastRow {
  metal: string;
  purity: string;
  made_on: string;
  target_day: string;
  horizon_days: number;
  last_paise: number;
  median_paise: number;
  lower_80_paise: number;
  upper_80_paise: number;
  lower_95_paise: number;
  upper_95_paise: number;
  model_version: string;
}

export function dueForecasts(db: Db, shopId: string, today: string, limit: number): StoredForecast[] {
  const rows = db.all<ForecastRow>(
    `SELECT metal, purity, made_on, target_day, horizon_days, last_paise, median_paise, lower_80_paise, upper_80_paise,
       lower_95_paise, upper_95_paise, model_version
     FROM forecasts WHERE shop_id = :shopId AND scored_at IS NULL AND target_day <= :today
     ORDER BY target_day, metal, purity, made_on LIMIT :limit`,
    { shopId, today, limit },
  );
  return rows.map((row) => ({
    metal: row.metal as Metal,
    purity: row.purity,
    madeOn: row.made_on,
    targetDay: row.target_day,
    horizonDays: row.horizon_days,
    lastPaise: row.last_paise,
    medianPaise: row.median_paise,
    lower80Paise: row.lower_80_paise,
    upper80Paise: row.upper_80_paise,
    lower95Paise: row.lower_95_paise,
    upper95Paise: row.upper_95_paise,
    modelVersion: row.model_version,
  }));
}

interface BucketRow {
  published: number;
  scored: number;
  unknown: number;
  hits_80: number;
  hits_95: number;
  error_sum: number;
  still_sum: number;
}

export function scoreForecasts(
  db: Db,
  shopId: string,
  series: { metal: Metal; purity: string } | null,
): BucketScore[] {
  const ofSeries = series === null ? '' : 'AND metal = :metal AND purity = :purity';
  return HORIZON_BUCKETS.map(({ from, to }) => {
    const row = db.get<BucketRow>(
      `SELECT count(*) AS published, count(outcome_paise) AS scored,
         count(*) FILTER (WHERE scored_at IS NOT NULL AND outcome_paise IS NULL) AS unknown,
         count(*) FILTER (WHERE outcome_paise BETWEEN lower_80_paise AND upper_80_paise) AS hits_80,
         count(*) FILTER (WHERE outcome_paise BETWEEN lower_95_paise AND upper_95_paise) AS hits_95,
         total(abs(outcome_paise - median_paise)) AS error_sum, total(abs(outcome_paise - last_paise)) AS still_sum
       FROM forecasts WHERE shop_id = :shopId AND horizon_days BETWEEN :from AND :to ${ofSeries}`,
      { shopId, from, to, ...series },
    ) as BucketRow;
    return toBucket(row);
  });
}

function toBucket(row: BucketRow): BucketScore {
  const { published, scored, unknown } = row;
  const mean = (sum: number): number | null => (scored === 0 ? null : sum / scored);
  return {
    published,
    scored,
    unknown,
    hit80: mean(row.hits_80),
    hit95: mean(row.hits_95),
    meanErrorPaise: mean(row.error_sum),
    noChangeErrorPaise: mean(row.still_sum),
    errorRatio: row.still_sum > 0 ? row.error_sum / row.still_sum : null,
  };
}
