// GET /api/predictions/models: every model in service with its card, and what is being trained. Always answered, so that
// a console has something to show before the first training too.

import { Data } from '../../contract/envelope.ts';
import { ModelsWire } from '../../contract/prediction.ts';
import type { ModelCard } from '../../domain/trained-model.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import type { Predictions } from './predictions.ts';

const LIMITS = {
  series: { horizon_days: 365, carat: null },
  stones: { horizon_days: null, carat: 5.01 },
};

export function modelsRoute({ store }: Shop, { models }: Predictions): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/models',
    access: 'public',
    tag: 'Predictions',
    summary:
      'Show every model in service: its data, date, measured quality and limits; and what is being trained',
    description:
      'The metrics are measured on rows held back, never on those a model was trained from. `defect` says why a stored ' +
      'model does not serve; the one before it goes on meanwhile.',
    reply: Data(ModelsWire),
    example: {
      success: true,
      data: {
        models: [
          {
            name: 'gold-916',
            kind: 'gold',
            version: '20260115_103000',
            trained_at: '2026-01-15T10:30:00.123Z',
            basis: 'shop',
            data_points: 1095,
            metrics: { mae: 30.1, mape: 0.45 },
            limits: LIMITS.series,
            byte_count: 8042,
            defect: null,
          },
        ],
        training: { state: 'idle', job_id: null, progress: null, step: null },
        last_failure: null,
      },
    },
    handle: async () => {
      const [{ modelGeneration, openJobs }, jobs] = await Promise.all([store.vitals(), store.jobs.list(20)]);
      const cards = await models.cards(modelGeneration);
      const current = openJobs[0];
      const last = jobs.find(({ endedAt }) => endedAt !== null);
      const failure = last?.state === 'failed' ? last : undefined;
      return {
        success: true,
        data: {
          models: cards.map((card) => toModelWire(card, models.defects.get(card.name) ?? null)),
          training: {
            state: current?.state ?? 'idle',
            job_id: current?.id ?? null,
            progress: current?.progress ?? null,
            step: current?.step ?? null,
          },
          last_failure: failure
            ? {
                job_id: failure.id,
                at: toInstant(failure.endedAt ?? failure.requestedAt),
                errors: [failure.error, ...Object.values(failure.outcome).map(({ error }) => error)].flatMap(
                  (error) => error ?? [],
                ),
              }
            : null,
        },
      };
    },
  });
}

function toModelWire(card: ModelCard, defect: string | null) {
  const isStone = card.name.startsWith('diamond-');
  return {
    name: card.name,
    kind: isStone ? 'diamond' : (card.name.split('-')[0] ?? card.name),
    version: card.version,
    trained_at: toInstant(card.trainedAt),
    basis: card.basis,
    data_points: card.dataPoints,
    metrics: card.metrics,
    limits: isStone ? LIMITS.stones : LIMITS.series,
    byte_count: card.byteCount,
    defect,
  };
}
