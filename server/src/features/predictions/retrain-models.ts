// Training on request. Until the models exist it says what is missing: rows, or the models.

import {
  RETRAIN_MESSAGES,
  RetrainBody,
  RetrainFailure,
  RetrainReply,
  type TrainingOutcomes,
} from '../../contract/prediction.ts';
import { dayOf } from '../../domain/shop-day.ts';
import type { ErrorCode } from '../../domain/shop-error.ts';
import { describeRefusal } from '../../http/error-table.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';

type Target = 'gold' | 'diamond';
type UntrainedCode = Extract<
  ErrorCode,
  'gold_model_not_trained' | 'diamond_model_not_trained' | 'insufficient_data'
>;
interface Failure {
  code: UntrainedCode;
  text: string;
}

const LEAST_ROWS = { gold: 30, diamond: 50 } as const satisfies Record<Target, number>;

export function retrainRoute(shop: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/predictions/retrain',
    access: 'predictions.train',
    tag: 'Predictions',
    summary: 'Train the models anew',
    body: RetrainBody,
    bodyOptional: true,
    messages: RETRAIN_MESSAGES,
    reply: RetrainReply,
    replies: { 400: RetrainFailure, 503: RetrainFailure },
    example: {
      success: true,
      data: { gold_model: { success: true }, diamond_model: { success: true } },
      message: 'Model retraining completed',
    },
    handle: async ({ body, reply, request }) => {
      const asked = body.model ?? body.model_type ?? 'all';
      const targets: Target[] = asked === 'all' ? ['gold', 'diamond'] : [asked];
      const failures = await Promise.all(targets.map((target) => failureOf(shop, target)));
      const worst = failures.find(({ code }) => code !== 'insufficient_data') ?? (failures[0] as Failure);
      const { status, message } = describeRefusal({ code: worst.code });
      const data: TrainingOutcomes = {};
      for (const [index, { text }] of failures.entries()) {
        data[targets[index] === 'gold' ? 'gold_model' : 'diamond_model'] = { success: false, error: text };
      }
      reply.code(status);
      return {
        success: false,
        data,
        message: 'Some models failed to train',
        error: { code: status, type: worst.code, message, details: worst.text, request_id: request.id },
      };
    },
  });
}

async function failureOf(shop: Shop, target: Target): Promise<Failure> {
  const rows = await countRows(shop, target);
  const least = LEAST_ROWS[target];
  if (rows < least) {
    const text = `Insufficient data for training. Found ${rows} records, need at least ${least}`;
    return { code: 'insufficient_data', text };
  }
  const code = target === 'gold' ? 'gold_model_not_trained' : 'diamond_model_not_trained';
  return { code, text: describeRefusal({ code }).message };
}

/** The shop's own rows that a training would use: in force, of gold 916; or stones. */
async function countRows({ store, now }: Shop, target: Target): Promise<number> {
  const toDay = dayOf(now());
  const one = { skip: 0, limit: 1 };
  const { total } =
    target === 'gold'
      ? await store.prices.list({ metal: 'gold', purity: '916', toDay }, one)
      : await store.prices.listDiamonds({ toDay }, one);
  return total;
}
