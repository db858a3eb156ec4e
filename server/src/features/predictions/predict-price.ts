// POST /api/predictions/gold: what a gram may cost on a day to come. The range is the answer; the middle is its centre.

import { Data } from '../../contract/envelope.ts';
import {
  GOLD_PREDICTION_MESSAGES,
  type GoldPredictionWire as GoldPredictionAnswer,
  GoldPredictionBody,
  type GoldPredictionBody as GoldPredictionBodyWire,
  GoldPredictionWire,
} from '../../contract/prediction.ts';
import { share, toRupees, toSmallestUnit } from '../../domain/money.ts';
import { daysBetween } from '../../domain/period.ts';
import { DEFAULT_PURITY, type Metal, RATE_PURITIES } from '../../domain/price.ts';
import { dayOf, isCalendarDay } from '../../domain/shop-day.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import { forecastPrice, type PaiseRange, type PriceForecast } from './forecast-price.ts';
import { forecastSentences } from './forecast-words.ts';
import { GOLD_EXAMPLE } from './prediction-examples.ts';
import type { Predictions } from './predictions.ts';
import { ForecastPublisher } from './publish-forecast.ts';
import type { Series } from './series-source.ts';
import type { ServingSeries } from './serve-series.ts';

/** Further ahead nothing useful can be said. */
export const MAX_HORIZON_DAYS = 365;
const WEEKDAYS_A_MONTH = 21;
const MG_PER_GRAM = 1000;

export function predictPriceRoute({ store, now }: Shop, { models }: Predictions): Route {
  const publisher = new ForecastPublisher(store);
  return route({
    method: 'POST',
    path: '/api/predictions/gold',
    access: 'public',
    reads: true,
    tag: 'Predictions',
    summary: 'Predict the rate of gold (or silver, platinum) on a future day',
    description:
      'Up to 365 days ahead. With a weight, confidence_interval is that of the whole; range_80 and range_95 are per ' +
      'gram. model_accuracy is 1 less the mean error of past forecasts at this horizon, each made before its day.',
    body: GoldPredictionBody,
    messages: GOLD_PREDICTION_MESSAGES,
    reply: Data(GoldPredictionWire),
    errors: ['gold_model_not_trained'],
    example: { success: true, data: GOLD_EXAMPLE },
    handle: async (call) => {
      const { body, request } = call;
      const today = dayOf(now());
      refuseDay(body.date, today);
      const series = readSeries(body.metal_type ?? 'gold', body.purity);
      const serving = await models.gold(series);
      if (!serving) throw refuse('gold_model_not_trained');
      const forecast = forecastPrice(serving, body.date);
      try {
        await publisher.publish(serving, forecast, today, body.date, () => call.by);
      } catch (error) {
        // The answer is good without its row; the scoreboard lacks one.
        request.log.error({ err: error as Error }, 'a published forecast could not be kept');
      }
      return { success: true, data: toWire(serving, forecast, today, body) };
    },
  });
}

function refuseDay(date: string, today: string): void {
  if (!isCalendarDay(date)) {
    throw invalid('date', 'format', 'must be a day, YYYY-MM-DD', 'Invalid date format. Use YYYY-MM-DD');
  }
  if (date <= today)
    throw invalid('date', 'future', 'must be after today', 'Target date must be in the future');
  if (daysBetween(today, date) > MAX_HORIZON_DAYS) {
    const limit = `must be at most ${MAX_HORIZON_DAYS} days after today`;
    throw invalid('date', 'maximum', limit, `Target date must be within ${MAX_HORIZON_DAYS} days`);
  }
}

/** A series of the board. Refuses a purity that the metal is not quoted in. */
export function readSeries(metal: Metal, purity: string | undefined): Series {
  const known: readonly string[] = RATE_PURITIES[metal];
  const named = purity || DEFAULT_PURITY[metal];
  if (known.includes(named)) return { metal, purity: named };
  throw invalid('purity', 'enum', `must be one of: ${known.join(', ')}`, 'Invalid purity');
}

function toWire(
  serving: ServingSeries,
  forecast: PriceForecast,
  today: string,
  body: GoldPredictionBodyWire,
): GoldPredictionAnswer {
  const { series, trained, card, lastObserved } = serving;
  const { record } = forecast;
  const { drift, variance, stepping } = trained.model;
  const perGram = toRupees(forecast.medianPaise);
  const weightMg = typeof body.weight_grams === 'number' ? toSmallestUnit(body.weight_grams, 3) : null;
  const ofWeight = (paise: number): number =>
    toRupees(weightMg === null ? paise : share(paise, weightMg, MG_PER_GRAM));
  const rupees = ({ lower, upper }: PaiseRange) => ({ lower: toRupees(lower), upper: toRupees(upper) });
  const ofWhole = ({ lower, upper }: PaiseRange) => ({ lower: ofWeight(lower), upper: ofWeight(upper) });
  return {
    metal_type: series.metal,
    purity: series.purity,
    predicted_price: perGram,
    predicted_price_per_gram: perGram,
    ...(weightMg === null
      ? {}
      : { weight_grams: weightMg / MG_PER_GRAM, total_price: ofWeight(forecast.medianPaise) }),
    confidence_interval: ofWhole(forecast.range95),
    range_80: rupees(forecast.range80),
    range_95: rupees(forecast.range95),
    date: body.date,
    target_date: body.date,
    horizon_days: daysBetween(today, body.date),
    method: methodOf(serving, forecast),
    basis: serving.basis,
    ...(serving.premium === null ? {} : { premium_percent: Math.round(serving.premium * 1000) / 10 }),
    ...(serving.fromPurity === null || serving.fromPurity === series.purity
      ? {}
      : { from_purity: serving.fromPurity }),
    rates: serving.rates,
    last_observed: { date: lastObserved.day, price_per_gram: toRupees(forecast.lastPaise) },
    data_age_days: Math.max(0, daysBetween(lastObserved.day, today)),
    model_accuracy: Math.round(forecast.accuracy * 10_000) / 10_000,
    model_accuracy_basis: forecast.accuracyBasis,
    skill_vs_last_price: record && Math.round(record.skill * 10_000) / 10_000,
    coverage_80_backtest: record && Math.round(record.coverage80 * 10_000) / 10_000,
    n_eff: Math.round((record?.independent ?? 0) * 10) / 10,
    last_trained: toInstant(card.trainedAt),
    version: card.version,
    explanation: forecastSentences({
      ...series,
      lastDay: lastObserved.day,
      lastPaise: forecast.lastPaise,
      targetDay: body.date,
      range80: forecast.range80,
      driftPercentAMonth: forecast.driftUsed
        ? (100 * drift * WEEKDAYS_A_MONTH) / stepping.weekdaysPerStep
        : 0,
      movePercentADay: 100 * Math.sqrt(variance / stepping.weekdaysPerStep),
      isParity: serving.fromPurity === null,
    }),
  };
}

/** In words, as the models page shows it. */
function methodOf({ basis, premium }: ServingSeries, { driftUsed }: PriceForecast): string {
  if (basis !== 'board rates' || premium !== null) {
    return 'last price with the volatility and half the drift of the open monthly series';
  }
  const drift = driftUsed ? 'half of its long-run drift' : 'no drift';
  return `last rate with ${drift}; range from the volatility of now and past errors`;
}
