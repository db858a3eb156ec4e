import type { ForecastKey, ForecastOutcome, StoredForecast } from '../../../domain/stored-forecast.ts';
import { newRowId } from '../codec.ts';
import type { ForecastRow } from '../rows.ts';
import type { Tx } from './tx.ts';
import type { AnyQuery, Query } from './view.ts';

/** Bookkeeping: whoever asks for a forecast makes it one that is kept. */
export function publishForecasts(tx: Tx, forecasts: StoredForecast[]): number {
  const present = findPublished(tx, forecasts);
  let added = 0;
  for (const forecast of forecasts) {
    if (present.has(keyOf(forecast))) continue;
    const open = { scoredAt: null, outcomePaise: null, outcomeDay: null };
    const row: ForecastRow = { id: newRowId(), shopId: tx.shopId, ...forecast, ...open };
    tx.add('forecasts', row);
    present.set(keyOf(forecast), row);
    added++;
  }
  return added;
}

export function scoreForecasts(tx: Tx, outcomes: (ForecastKey & { outcome: ForecastOutcome })[]): number {
  const present = findPublished(tx, outcomes);
  const scoredBySeries = new Map<string, { scored: number; unknown: number }>();
  let added = 0;
  for (const one of outcomes) {
    const row = present.get(keyOf(one));
    if (!row || row.scoredAt !== null) continue;
    const { paise, day } = one.outcome;
    const scored = { ...row, scoredAt: tx.by.at, outcomePaise: paise, outcomeDay: day };
    tx.put('forecasts', scored);
    present.set(keyOf(one), scored);
    added++;
    const series = `${one.metal}-${one.purity}`;
    const counts = scoredBySeries.get(series) ?? { scored: 0, unknown: 0 };
    if (paise === null) counts.unknown++;
    else counts.scored++;
    scoredBySeries.set(series, counts);
  }
  for (const [id, counts] of scoredBySeries) {
    tx.record('forecast.scored', { type: 'forecast', id }, null, counts);
  }
  return added;
}

function keyOf({ metal, purity, madeOn, targetDay }: ForecastKey): string {
  return `${metal} ${purity} ${madeOn} ${targetDay}`;
}

/** Those that were published on the same days for the same series, by key. */
function findPublished(tx: Tx, wanted: readonly ForecastKey[]): Map<string, ForecastRow> {
  const days = new Map(wanted.map((one) => [`${one.metal} ${one.purity} ${one.madeOn}`, one]));
  const queries = [...days].map(([name, { metal, purity, madeOn }]): Query<'forecasts'> => {
    const filter = { metal, purity, made_on: madeOn };
    const matches = (row: ForecastRow): boolean =>
      row.metal === metal && row.purity === purity && row.madeOn === madeOn;
    return { collection: 'forecasts', name: `forecasts/${name}`, filter, matches };
  });
  tx.need(queries as unknown as AnyQuery[]);
  return new Map(queries.flatMap((query) => tx.find(query)).map((row) => [keyOf(row), row]));
}
