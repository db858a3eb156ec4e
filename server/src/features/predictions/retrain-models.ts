// Training on request, in the shapes of the older service. It answers when the models are ready, unless that takes
// longer than a client waits; then the training goes on and can be watched.

import {
  type ModelOutcome,
  RETRAIN_MESSAGES,
  RetrainBody,
  RetrainFailure,
  RetrainReply,
  type RetrainReply as RetrainReplyWire,
  RetrainStarted,
  type TrainingOutcomes,
} from '../../contract/prediction.ts';
import type { ErrorCode } from '../../domain/shop-error.ts';
import type { ModelCard } from '../../domain/trained-model.ts';
import type { TrainingJob, TrainingTarget } from '../../domain/training-job.ts';
import { describeRefusal } from '../../http/error-table.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import { cardOf } from './card-of-kind.ts';
import type { Predictions } from './predictions.ts';

export function retrainRoute(shop: Shop, { models, trainer }: Predictions): Route {
  return route({
    method: 'POST',
    path: '/api/predictions/retrain',
    access: 'predictions.train',
    tag: 'Predictions',
    summary: 'Train the models anew',
    description:
      'Answers 200 when the training is done within 8 seconds; otherwise 202 with the models that serve meanwhile and ' +
      'the id of the job, which GET /api/predictions/jobs/:id tells about. While another training runs, this one waits ' +
      'and then learns from all rows.',
    body: RetrainBody,
    bodyOptional: true,
    messages: RETRAIN_MESSAGES,
    reply: RetrainReply,
    replies: { 202: RetrainStarted, 400: RetrainFailure, 503: RetrainFailure },
    errors: ['insufficient_data', 'training_failed'],
    example: EXAMPLE,
    handle: async ({ body, by, reply, request, wrote }) => {
      const asked = body.model ?? body.model_type ?? 'all';
      const targets: TrainingTarget[] = asked === 'all' ? ['gold', 'diamond'] : [asked];
      const { value, ...written } = await shop.store.jobs.request(
        { id: shop.newId(), targets, reason: 'asked' },
        by,
      );
      wrote({ value, ...written });
      trainer.wake();
      const job = (await trainer.waitFor(value.id)) ?? value;
      const cards = await models.cards();
      if (job.state === 'waiting' || job.state === 'running') {
        reply.code(202);
        return stillTraining(job, targets, cards);
      }
      const data = Object.fromEntries(
        targets.map((target) => [`${target}_model`, toOutcome(job, target, cards)]),
      ) as TrainingOutcomes;
      if (Object.values(data).every(({ success }) => success)) {
        return { success: true, data, job_id: job.id, message: 'Model retraining completed' };
      }
      const failure = worstOf(job, targets);
      const { status, message } = describeRefusal({ code: failure.code });
      reply.code(status);
      const { code: type, text: details } = failure;
      const error = { code: status, type, message, details, request_id: request.id };
      return { success: false, data, job_id: job.id, message: 'Some models failed to train', error };
    },
  });
}

function stillTraining(
  job: TrainingJob,
  targets: readonly TrainingTarget[],
  cards: readonly ModelCard[],
): RetrainReplyWire {
  const outcomes = targets.map((target) => {
    const card = cardOf(cards, target);
    return [`${target}_model`, { success: true, pending: true, ...(card ? metricsOf(target, card) : {}) }];
  });
  return {
    success: true,
    data: Object.fromEntries(outcomes) as TrainingOutcomes,
    job_id: job.id,
    message: 'Model retraining goes on; the models that were trained before serve meanwhile',
  };
}

function toOutcome(job: TrainingJob, target: TrainingTarget, cards: readonly ModelCard[]): ModelOutcome {
  const outcome = job.outcome[target];
  const card = cardOf(cards, target);
  if (outcome?.ok) return { success: true, ...(card ? metricsOf(target, card) : {}) };
  return { success: false, error: outcome?.error ?? job.error ?? `The training was ${job.state}` };
}

function metricsOf(target: TrainingTarget, card: ModelCard): Pick<ModelOutcome, 'metrics'> {
  return {
    metrics: {
      success: true,
      model_name: `${target}_predictor`,
      metrics: card.metrics,
      data_points: card.dataPoints,
      model_path: `store:${card.name}`,
      version: card.version,
      trained_at: toInstant(card.trainedAt),
    },
  };
}

/** A defect counts for more than too few rows, which only the caller can change. */
function worstOf(job: TrainingJob, targets: readonly TrainingTarget[]): { code: ErrorCode; text: string } {
  const failed = targets.flatMap((target) => {
    const outcome = job.outcome[target];
    return outcome?.ok ? [] : (outcome ?? { insufficient: false, error: job.error });
  });
  const worst = failed.find(({ insufficient }) => !insufficient) ?? failed[0];
  const text = worst?.error ?? `The training was ${job.state}`;
  return { code: worst?.insufficient ? 'insufficient_data' : 'training_failed', text };
}

const EXAMPLE = {
  success: true,
  data: {
    gold_model: {
      success: true,
      metrics: {
        success: true,
        model_name: 'gold_predictor',
        metrics: { r2_score: 0.97, rmse: 41.2, mae: 30.1, mape: 0.45, data_points: 60 },
        data_points: 60,
        model_path: 'store:gold-916',
        version: '20260115_103000',
        trained_at: '2026-01-15T10:30:00.123Z',
      },
    },
  },
  job_id: '65a4f0c0ffee0123456789ab',
  message: 'Model retraining completed',
};
