import type { By } from '../../domain/actor.ts';
import type { Metal } from '../../domain/price.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { type ForecastKey, type ForecastOutcome, outcomeFor } from '../../domain/stored-forecast.ts';
import type { Shop } from '../../http/shop.ts';
import { dayText } from './series-source.ts';

/** Of one round; what is left is scored in the next. */
const MOST_DUE = 5_000;

/** Scores published forecasts whose day has come. Answers how many; writes nothing where none is due. */
export async function scoreForecasts({ store, now }: Pick<Shop, 'store' | 'now'>, by: By): Promise<number> {
  const today = dayOf(now());
  const due = await store.forecasts.due(today, MOST_DUE);
  const seriesRates = new Map<string, { day: string; paisePerGram: number }[]>();
  const outcomes: (ForecastKey & { outcome: ForecastOutcome })[] = [];
  for (const { metal, purity, madeOn, targetDay } of due) {
    const name = `${metal}-${purity}`;
    const rates = seriesRates.get(name) ?? (await firstOfEachDay(store, metal, purity, today));
    seriesRates.set(name, rates);
    const outcome = outcomeFor(targetDay, rates, today);
    if (outcome) outcomes.push({ metal, purity, madeOn, targetDay, outcome });
  }
  return outcomes.length === 0 ? 0 : (await store.forecasts.score(outcomes, by)).value;
}

/** One rate a day, the first recorded one, oldest first: no later one may change how a forecast that was scored came out. */
async function firstOfEachDay(store: Shop['store'], metal: Metal, purity: string, today: string) {
  const { days, paisePerGram } = await store.learning.series(metal, purity, today);
  return Array.from(days).flatMap((day, index) =>
    days[index - 1] === day ? [] : [{ day: dayText(day), paisePerGram: paisePerGram[index] as number }],
  );
}
