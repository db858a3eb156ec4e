// Which models are trained, how good they were on rows held back, and what reference data there is.

import { Data } from '../../contract/envelope.ts';
import { type ModelStatus, PredictionStatus } from '../../contract/prediction.ts';
import type { ModelCard } from '../../domain/trained-model.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import { cardOf } from './card-of-kind.ts';
import type { ServingModels } from './serving-models.ts';

const UNTRAINED: ModelStatus = { loaded: false, trained: false, last_training: null };

export function statusRoute({ store }: Shop, models: ServingModels): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/status',
    access: 'public',
    tag: 'Predictions',
    summary: 'Read which models are trained, and what reference data there is',
    reply: Data(PredictionStatus),
    example: {
      success: true,
      data: {
        gold_model: {
          loaded: true,
          trained: true,
          last_training: {
            trained_at: '2026-01-15T10:30:00.123Z',
            version: '20260115_103000',
            metrics: { mae: 30.1, mape: 0.45, coverage_80: 0.81 },
            data_points: 60,
          },
        },
        diamond_model: UNTRAINED,
        reference: { gold_months: 642, diamonds: 53940 },
      },
    },
    handle: async () => {
      const [cards, counts] = await Promise.all([models.cards(), store.reference.counts()]);
      const reference = { gold_months: counts.goldMonths, diamonds: counts.diamonds };
      const data = {
        gold_model: toModelStatus(cards, 'gold'),
        diamond_model: toModelStatus(cards, 'diamond'),
        reference,
      };
      return { success: true, data };
    },
  });
}

function toModelStatus(cards: readonly ModelCard[], kind: 'gold' | 'diamond'): ModelStatus {
  const card = cardOf(cards, kind);
  if (!card) return UNTRAINED;
  return {
    loaded: true,
    trained: true,
    last_training: {
      trained_at: toInstant(card.trainedAt),
      version: card.version,
      metrics: card.metrics,
      data_points: card.dataPoints,
    },
  };
}
