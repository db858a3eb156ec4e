// Predicted prices: every question is checked in full, also while no model is trained.

import type { Route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { earlierModelRoutes } from './earlier-models.ts';
import { jobRoutes } from './job-routes.ts';
import { modelsRoute } from './model-routes.ts';
import { predictPriceRoute } from './predict-price.ts';
import { statusRoute } from './prediction-status.ts';
import type { Predictions } from './predictions.ts';
import { priceFanRoute } from './price-fan.ts';
import { trendsRoute } from './price-trends.ts';
import { retrainRoute } from './retrain-models.ts';
import { scoreboardRoute } from './scoreboard.ts';
import { stoneRoutes } from './stone-routes.ts';

export function predictionRoutes(shop: Shop, predictions: Predictions): Route[] {
  return [
    predictPriceRoute(shop, predictions),
    priceFanRoute(shop, predictions),
    ...stoneRoutes(shop, predictions.models),
    trendsRoute(shop),
    retrainRoute(shop, predictions),
    statusRoute(shop, predictions.models),
    modelsRoute(shop, predictions),
    ...earlierModelRoutes(shop),
    scoreboardRoute(shop),
    ...jobRoutes(shop),
  ];
}
