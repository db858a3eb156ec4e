import { createHash } from 'node:crypto';
import { refuse } from '../../../domain/shop-error.ts';
import {
  isSamePut,
  type ModelCard,
  type ModelMark,
  type ModelName,
  type NewModel,
} from '../../../domain/trained-model.ts';
import type { Lease } from '../../../domain/training-job.ts';
import { findModelCard, type Slot } from '../reads/models.ts';
import { requireLease } from './jobs.ts';
import type { Tx } from './tx.ts';

export function putModels(tx: Tx, models: NewModel[], lease: Lease | null): ModelCard[] {
  if (lease !== null) requireLease(tx, lease);
  const hashed = models.map(({ card, bytes }) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { card: { ...card, byteCount: bytes.length, sha256 }, bytes };
  });
  const served = hashed.map(({ card }) => findModelCard(tx, tx.shopId, card.name, 'current'));
  if (hashed.every(({ card }, index) => isSamePut(card, served[index] ?? null))) {
    return hashed.map(({ card }) => card);
  }
  const cards = hashed.map(({ card, bytes }, index) => putOne(tx, card, bytes, served[index] ?? null));
  raiseGeneration(tx);
  return cards;
}

function putOne(tx: Tx, card: ModelCard, bytes: Uint8Array, served: ModelCard | null): ModelCard {
  const { shopId } = tx;
  const { name } = card;
  tx.run("DELETE FROM models WHERE shop_id = :shopId AND name = :name AND slot = 'previous'", {
    shopId,
    name,
  });
  moveSlot(tx, name, 'current', 'previous');
  tx.run(
    `INSERT INTO models (shop_id, name, slot, version, trained_at, data_points, basis, seen_position, metrics, details,
       byte_count, sha256, bytes)
     VALUES (:shopId, :name, 'current', :version, :trainedAt, :dataPoints, :basis, :seenPosition, :metrics, :details,
       :byteCount, :sha256, :bytes)`,
    {
      shopId,
      name,
      version: card.version,
      trainedAt: card.trainedAt,
      dataPoints: card.dataPoints,
      basis: card.basis,
      seenPosition: card.seenPosition,
      metrics: JSON.stringify(card.metrics),
      details: JSON.stringify(card.details),
      byteCount: card.byteCount,
      sha256: card.sha256,
      bytes,
    },
  );
  tx.record('model.trained', { type: 'model', id: name }, served && shownOf(served), shownOf(card));
  return card;
}

export function rollBackModels(tx: Tx, models: ModelMark[]): ModelCard[] {
  const { shopId } = tx;
  for (const { name, version } of models) {
    const served = findModelCard(tx, shopId, name, 'current');
    const previous = findModelCard(tx, shopId, name, 'previous');
    if (!previous) throw refuse('no_previous_model', { data: { model: name } });
    if (previous.version !== version) throw refuse('stale_version', { data: { model: name } });
    // By way of a third place: at no step may two rows stand in one.
    moveSlot(tx, name, 'current', 'moving');
    moveSlot(tx, name, 'previous', 'current');
    moveSlot(tx, name, 'moving', 'previous');
    tx.record('model.rolled_back', { type: 'model', id: name }, served && shownOf(served), shownOf(previous));
  }
  raiseGeneration(tx);
  return models.map(({ name }) => findModelCard(tx, shopId, name, 'current') as ModelCard);
}

function moveSlot(tx: Tx, name: ModelName, from: Slot | 'moving', to: Slot | 'moving'): void {
  tx.run('UPDATE models SET slot = :to WHERE shop_id = :shopId AND name = :name AND slot = :from', {
    shopId: tx.shopId,
    name,
    from,
    to,
  });
}

function raiseGeneration(tx: Tx): void {
  tx.run(
    `INSERT INTO model_generations VALUES (:shopId, 1)
     ON CONFLICT (shop_id) DO UPDATE SET generation = generation + 1`,
    { shopId: tx.shopId },
  );
}

/** What the journal says of a model: enough to tell which one it was. */
function shownOf({ version, dataPoints, basis, sha256 }: ModelCard) {
  return { version, dataPoints, basis, sha256 };
}
