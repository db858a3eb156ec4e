import type { By } from '../../domain/actor.ts';
import { daysBetween } from '../../domain/period.ts';
import type { Store } from '../../store/store.ts';
import type { PriceForecast } from './forecast-price.ts';
import type { ServingSeries } from './serve-series.ts';

/** Forecasts of one day are remembered, so that the thousandth question of the day writes nothing. */
const MOST_REMEMBERED = 10_000;

/** Keeps every forecast that went out, once a day, series and target, to be scored when its day comes. */
export class ForecastPublisher {
  readonly #store: Store;
  #day = '';
  #known = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
  }

  async publish(
    serving: ServingSeries,
    forecast: PriceForecast,
    today: string,
    targetDay: string,
    by: () => By,
  ): Promise<void> {
    if (today !== this.#day) [this.#day, this.#known] = [today, new Set()];
    const { metal, purity } = serving.series;
    const key = `${metal}-${purity} ${targetDay}`;
    if (this.#known.has(key) || this.#known.size >= MOST_REMEMBERED) return;
    const row = {
      metal,
      purity,
      madeOn: today,
      targetDay,
      horizonDays: daysBetween(today, targetDay),
      lastPaise: forecast.lastPaise,
      medianPaise: forecast.medianPaise,
      lower80Paise: forecast.range80.lower,
      upper80Paise: forecast.range80.upper,
      lower95Paise: forecast.range95.lower,
      upper95Paise: forecast.range95.upper,
      modelVersion: serving.card.version,
    };
    await this.#store.forecasts.publish([row], by());
    this.#known.add(key);
  }
}
