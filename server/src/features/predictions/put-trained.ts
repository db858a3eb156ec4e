import type { By } from '../../domain/actor.ts';
import { modelVersion, type NewModel } from '../../domain/trained-model.ts';
import type { Lease } from '../../domain/training-job.ts';
import type { Shop } from '../../http/shop.ts';
import type { StoneDetails } from './serving-models.ts';
import { rupeesPerDollar } from './training-rows.ts';
import type { TrainedModel } from './training-task.ts';

/** Puts what a training brought in service, all of it at once. Refuses: job_lost. Answers the names. */
export async function putTrained(
  shop: Pick<Shop, 'store' | 'now'>,
  trained: readonly TrainedModel[],
  seenPosition: number,
  lease: Lease | null,
  by: By,
): Promise<string[]> {
  const rate = await rupeesPerDollar(shop);
  const models = trained.map((model): NewModel => {
    const { name, packed, dataPoints, metrics, isReference } = model;
    const basis = isReference ? 'reference' : 'shop';
    const isStone = name.startsWith('diamond-');
    const stone: StoneDetails = {
      currency: isReference ? 'USD' : 'INR',
      rupeesPerDollar: isReference ? rate : null,
      learnedFactor: isReference ? model.learnedFactor : null,
    };
    const details = isStone ? { ...stone } : {};
    const version = modelVersion(by.at);
    return {
      card: { name, version, trainedAt: by.at, dataPoints, basis, seenPosition, metrics, details },
      bytes: packed,
    };
  });
  const { value } = await shop.store.models.put(models, lease, by);
  return value.map(({ name }) => name);
}
