import type { ForecastKey, ForecastOutcome, StoredForecast } from '../../../domain/stored-forecast.ts';
import type { Tx } from './tx.ts';

/** Bookkeeping: whoever asks for a forecast makes it one that is kept. */
export function publishForecasts(tx: Tx, forecasts: StoredForecast[]): number {
  let added = 0;
  for (const forecast of forecasts) {
    added += tx.run(
      `INSERT INTO forecasts (shop_id, metal, purity, made_on, target_day, horizon_days, last_paise, median_paise,
         lower_80_paise, upper_80_paise, lower_95_paise, upper_95_paise, model_version)
       VALUES (:shopId, :metal, :purity, :madeOn, :targetDay, :horizonDays, :lastPaise, :medianPaise, :lower80Paise,
         :upper80Paise, :lower95Paise, :upper95Paise, :modelVersion)
       ON CONFLICT DO NOTHING`,
      { shopId: tx.shopId, ...forecast },
    ).changes;
  }
  return added;
}

export function scoreForecasts(tx: Tx, outcomes: (ForecastKey & { outcome: ForecastOutcome })[]): number {
  const scoredBySeries = new Map<string, { scored: number; unknown: number }>();
  let added = 0;
  for (const { outcome, metal, purity, madeOn, targetDay } of outcomes) {
    const { changes } = tx.run(
      `UPDATE forecasts SET scored_at = :at, outcome_paise = :paise, outcome_day = :day
       WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND made_on = :madeOn
         AND target_day = :targetDay AND scored_at IS NULL`,
      { shopId: tx.shopId, at: tx.by.at, metal, purity, madeOn, targetDay, ...outcome },
    );
    if (changes === 0) continue;
    added++;
    const series = `${metal}-${purity}`;
    const counts = scoredBySeries.get(series) ?? { scored: 0, unknown: 0 };
    if (outcome.paise === null) counts.unknown++;
    else counts.scored++;
    scoredBySeries.set(series, counts);
  }
  for (const [id, counts] of scoredBySeries) {
    tx.record('forecast.scored', { type: 'forecast', id }, null, counts);
  }
  return added;
}
