import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from '../app.ts';
import { createPredictions } from '../features/predictions/predictions.ts';
import type { Trainer } from '../features/predictions/trainer.ts';
import type { Shop } from '../http/shop.ts';
import type { TlsPair } from './tls-pair.ts';

/** An open shop with its application, which does not listen yet. Aborting `stopping` ends what would not end by itself. */
export interface Serving {
  shop: Shop;
  app: FastifyInstance;
  trainer: Trainer;
  stopping: AbortController;
}

export async function makeServing(
  opened: Shop,
  setupCode: string | null,
  logger: Logger,
  tls: TlsPair | null,
): Promise<Serving> {
  const stopping = new AbortController();
  const shop: Shop = { ...opened, setupCode, stopping: stopping.signal };
  const predictions = createPredictions(shop, logger);
  const app = await buildApp({ shop, logger, predictions, ...(tls ? { tls } : {}) });
  return { shop, app, trainer: predictions.trainer, stopping };
}
