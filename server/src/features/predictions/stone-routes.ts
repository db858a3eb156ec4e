// Predicted prices of stones: one, with the reasons where they are asked for, or many at once.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Data } from '../../contract/envelope.ts';
import {
  DIAMOND_PREDICTION_MESSAGES,
  DiamondBatchBody,
  DiamondBatchWire,
  DiamondPredictionBody,
  DiamondPredictionWire,
  StoneBody,
} from '../../contract/stone-prediction.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { describeRefusal } from '../../http/error-table.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { bodyChecker, inputError } from '../../http/validation.ts';
import { explainStone } from './explain-stone.ts';
import { createKnownStones } from './known-stones.ts';
import {
  hasMeasures,
  priceStone,
  type StonePricing,
  stonePricingOfTurn,
  toPredictionWire,
} from './predict-stone.ts';
import type { ServingModels } from './serving-models.ts';

/** Stones between which other requests get a turn: a few milliseconds. */
const SLICE_STONES = 50;

const example: DiamondPredictionWire = {
  predicted_price: 1128450.75,
  currency: 'INR',
  confidence_interval: { lower: 948211.3, upper: 1341020.1 },
  range_90: { lower: 974120.4, upper: 1301877.6 },
  range_95: { lower: 948211.3, upper: 1341020.1 },
  range_source: 'conformal',
  features_used: { carat: 1.5, cut: 'Ideal', color: 'E', clarity: 'VS1' },
  model: '4c',
  measures_left_out: null,
  extrapolated: false,
  extrapolated_by: [],
  support: 74,
  rupees: {
    source: 'dollars',
    dollars: 13275.89,
    rupees_per_dollar: 85,
    rate_source: '2026-06',
    market_factor: 1,
    own_stones: 0,
  },
  model_accuracy: 0.9218,
  model_accuracy_basis: '1 - mean absolute percentage error on 10788 stones held back, of 53940',
  last_trained: '2026-01-15T10:30:00.123Z',
};

export function stoneRoutes(shop: Shop, models: ServingModels): Route[] {
  return [predictRoute(shop, models), batchRoute(shop, models)];
}

function predictRoute(shop: Shop, models: ServingModels): Route {
  const known = createKnownStones(shop);
  const readPricing = stonePricingOfTurn(shop, models);
  return route({
    method: 'POST',
    path: '/api/predictions/diamond',
    access: 'public',
    reads: true,
    byBody: true,
    tag: 'Predictions',
    summary: 'Predict the price of a stone from its 4Cs',
    description:
      'With depth, table, x, y and z as well the prediction is closer. `explain` adds the reasons and the nearest known stones.',
    body: DiamondPredictionBody,
    messages: DIAMOND_PREDICTION_MESSAGES,
    reply: Data(DiamondPredictionWire),
    errors: ['diamond_model_not_trained'],
    example: { success: true, data: example },
    handle: async ({ body }) => {
      const pricing = await readPricing(hasMeasures(body));
      const stone = priceStone(pricing, body);
      const data = toPredictionWire(pricing, body, stone);
      if (!body.explain) return { success: true, data };
      const explanation = explainStone(pricing, body, stone, await known(pricing.graded.card));
      return { success: true, data: { ...data, explanation } };
    },
  });
}

function batchRoute(shop: Shop, models: ServingModels): Route {
  const readPricing = stonePricingOfTurn(shop, models);
  const check = bodyChecker(StoneBody, DIAMOND_PREDICTION_MESSAGES);
  return route({
    method: 'POST',
    path: '/api/predictions/diamond/batch',
    access: 'public',
    reads: true,
    rate: { kind: 'batch' },
    tag: 'Predictions',
    summary: 'Predict the prices of many stones',
    description:
      'Up to 1,000 stones, answered in their order. A stone that cannot be priced says why and leaves the others priced.',
    body: DiamondBatchBody,
    reply: Data(DiamondBatchWire),
    errors: ['diamond_model_not_trained'],
    example: {
      success: true,
      data: { results: [{ index: 0, success: true, prediction: example }], count: 1, failed: 0 },
    },
    handle: async ({ body }) => {
      const pricing = await readPricing(true);
      const results: DiamondBatchWire['results'] = [];
      for (const [index, stone] of body.stones.entries()) {
        if (index % SLICE_STONES === SLICE_STONES - 1) await nextTurn();
        results.push(priceOne(pricing, check, index, stone));
      }
      const failed = results.filter(({ success }) => !success).length;
      return { success: true, data: { results, count: results.length, failed } };
    },
  });
}

function priceOne(
  pricing: StonePricing,
  check: (body: unknown) => void,
  index: number,
  stone: unknown,
): DiamondBatchWire['results'][number] {
  try {
    if (typeof stone !== 'object' || stone === null || Array.isArray(stone)) {
      throw inputError([{ field: `stones.${index}`, rule: 'type', limit: 'must be an object' }], []);
    }
    check(stone);
    const body = stone as StoneBody;
    const prediction = toPredictionWire(pricing, body, priceStone(pricing, body));
    return { index, success: true, prediction };
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    const { message } = describeRefusal(error.refusal);
    return { index, success: false, error: { message, fields: [...(error.refusal.fields ?? [])] } };
  }
}
