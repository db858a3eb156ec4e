import type { By } from '../../domain/actor.ts';
import type { ModelName } from '../../domain/trained-model.ts';
import type { Lease } from '../../domain/training-job.ts';
import type { Shop } from '../../http/shop.ts';
import { unpackModel } from './model-bytes.ts';
import { putTrained } from './put-trained.ts';
import { learnFactor } from './stone-factor.ts';
import { readOwnStones, rupeesPerDollar } from './training-rows.ts';
import type { TrainedModel } from './training-task.ts';

const STONES: ModelName[] = ['diamond-4c', 'diamond-measured'];

/**
 * What new stones of the shop's own change about models of the open data set: not how stones compare, which the data
 * set knows better, but what the market pays. Answers the names put in service; null where other models serve, which
 * must be trained anew.
 */
export async function recalibrate(
  shop: Pick<Shop, 'store' | 'now'>,
  seenPosition: number,
  lease: Lease | null,
  by: By,
): Promise<string[] | null> {
  const stored = (await Promise.all(STONES.map((name) => shop.store.models.read(name)))).flatMap(
    (model) => model ?? [],
  );
  const graded = stored.find(({ card }) => card.name === 'diamond-4c' && card.basis === 'reference');
  const rate = await rupeesPerDollar(shop);
  if (!graded || !rate) return null;
  const own = await readOwnStones(shop);
  const learnedFactor = learnFactor(await unpackModel(graded.bytes), own, rate.rate);
  const models = stored.map(
    ({ card, bytes }): TrainedModel => ({
      name: card.name,
      packed: bytes,
      dataPoints: card.dataPoints,
      isReference: true,
      metrics: card.metrics,
      learnedFactor,
    }),
  );
  return putTrained(shop, models, seenPosition, lease, by);
}
