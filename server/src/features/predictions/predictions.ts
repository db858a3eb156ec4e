import type { FastifyBaseLogger } from 'fastify';
import type { Shop } from '../../http/shop.ts';
import { createServingModels, type ServingModels } from './serving-models.ts';
import { Trainer, type TrainerOptions } from './trainer.ts';

/** What the features of predictions share in a process: the models in service, and who trains new ones. */
export interface Predictions {
  models: ServingModels;
  trainer: Trainer;
}

/** Nothing happens before somebody asks. */
export function createPredictions(
  shop: Shop,
  log: FastifyBaseLogger,
  options: TrainerOptions = {},
): Predictions {
  return {
    models: createServingModels(shop.store, shop.now),
    trainer: new Trainer(shop, log, options),
  };
}
