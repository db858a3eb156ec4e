// Models for a shop that has none yet, behind the open port: gold is learned in a moment, the trained models of the
// open stones come with the program. Then whatever waits to be trained is.

import { readFile } from 'node:fs/promises';
import type { FastifyBaseLogger } from 'fastify';
import type { TrainingTarget } from '../../domain/training-job.ts';
import type { Shop } from '../../http/shop.ts';
import { systemBy } from '../../http/system-by.ts';
import { putTrained } from './put-trained.ts';
import { REFERENCE_CARDS, type ReferenceCard, referenceFile } from './reference-files.ts';
import { REFERENCE_MODEL } from './reference-model.ts';
import type { Trainer } from './trainer.ts';
import type { TrainedModel } from './training-task.ts';

/** Does nothing where the models are there already. Answers when all that it asked for is trained. */
export async function prepareModels(shop: Shop, trainer: Trainer, log: FastifyBaseLogger): Promise<void> {
  const { goldMonths, diamonds } = await shop.store.reference.counts();
  const names = (await shop.store.models.list()).map(({ name }) => name);
  const missing: TrainingTarget[] = [];
  if (goldMonths > 0 && !names.includes(REFERENCE_MODEL)) missing.push('gold');
  if (diamonds > 0 && !names.includes('diamond-4c') && !(await putShipped(shop, log)))
    missing.push('diamond');
  if (missing.length > 0) await trainer.request(missing, 'first_start', systemBy(shop, 'first models'));
  else trainer.wake();
  await trainer.idle();
}

/** False where the files are missing or damaged: then the models are trained, which takes minutes. */
async function putShipped(shop: Shop, log: FastifyBaseLogger): Promise<boolean> {
  try {
    const cards = JSON.parse(await readFile(REFERENCE_CARDS, 'utf8')) as ReferenceCard[];
    const models = await Promise.all(
      cards.map(async (card): Promise<TrainedModel> => {
        const packed = await readFile(referenceFile(card.name));
        return { ...card, packed, isReference: true, learnedFactor: null };
      }),
    );
    // No stone of the shop's own was looked at.
    await putTrained(shop, models, 0, null, systemBy(shop, 'first models'));
    return true;
  } catch (error) {
    log.warn(
      { err: error as Error },
      'the trained models of the open stones cannot be used; they are trained anew',
    );
    return false;
  }
}
