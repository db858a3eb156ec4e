// Predicted prices. Until the models exist every question is checked in full and answered with "not trained".

import { Data } from '../../contract/envelope.ts';
import {
  GOLD_PREDICTION_MESSAGES,
  GoldPredictionBody,
  GoldPredictionWire,
} from '../../contract/prediction.ts';
import { dayOf, isDay } from '../../domain/shop-day.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { statusRoute } from './prediction-status.ts';
import { trendsRoute } from './price-trends.ts';
import { retrainRoute } from './retrain-models.ts';
import type { ServingModels } from './serving-models.ts';
import { stoneRoutes } from './stone-routes.ts';

export function predictionRoutes(shop: Shop, models: ServingModels): Route[] {
  return [
    goldRoute(shop),
    ...stoneRoutes(shop, models),
    trendsRoute(shop),
    retrainRoute(shop),
    statusRoute(shop, models),
  ];
}

function goldRoute({ now }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/predictions/gold',
    access: 'public',
    tag: 'Predictions',
    summary: 'Predict the rate of gold on a future day',
    body: GoldPredictionBody,
    messages: GOLD_PREDICTION_MESSAGES,
    reply: Data(GoldPredictionWire),
    errors: ['gold_model_not_trained'],
    example: {
      success: true,
      data: {
        predicted_price: 6700,
        predicted_price_per_gram: 6700,
        weight_grams: 10,
        total_price: 67000,
        confidence_interval: { lower: 66825.81, upper: 67174.19 },
        date: '2026-02-01',
        target_date: '2026-02-01',
        model_accuracy: 0.97,
        last_trained: '2026-01-15T10:30:00.123Z',
      },
    },
    handle: ({ body }) => {
      if (!isDay(body.date)) {
        throw invalid('date', 'format', 'must be a day, YYYY-MM-DD', 'Invalid date format. Use YYYY-MM-DD');
      }
      if (body.date <= dayOf(now())) {
        throw invalid('date', 'future', 'must be after today', 'Target date must be in the future');
      }
      throw refuse('gold_model_not_trained');
    },
  });
}
