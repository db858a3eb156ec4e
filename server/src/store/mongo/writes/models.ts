import { refuse } from '../../../domain/shop-error.ts';
import {
  isSamePut,
  type ModelCard,
  type ModelMark,
  type ModelName,
  type NewModel,
} from '../../../domain/trained-model.ts';
import type { Lease } from '../../../domain/training-job.ts';
import { newRowId } from '../codec.ts';
import { toCard } from '../reads/models.ts';
import type { ModelRow, StoredModel } from '../rows.ts';
import { requireLease } from './jobs.ts';
import { readShop } from './journal.ts';
import type { Tx } from './tx.ts';
import type { AnyQuery, Query } from './view.ts';

/** A model whose bytes stand in GridFS already. */
export interface UploadedModel {
  card: NewModel['card'];
  byteCount: number;
  sha256: string;
  fileId: string;
}

/** The cards, and the files that nothing names any more once this is durable. */
export interface ModelsPut {
  cards: ModelCard[];
  dropped: string[];
}

export function putModels(tx: Tx, models: UploadedModel[], lease: Lease | null): ModelsPut {
  if (lease !== null) requireLease(tx, lease);
  const dropped: string[] = [];
  needModels(
    tx,
    models.map(({ card }) => card.name),
  );
  const served = models.map(({ card: { name } }) => {
    const row = findModel(tx, name);
    return row && toCard(name, row.current);
  });
  if (models.every(({ card, sha256 }, index) => isSamePut({ ...card, sha256 }, served[index] ?? null))) {
    // The bytes of that try serve, and not these.
    return { cards: served.flatMap((card) => card ?? []), dropped: models.map(({ fileId }) => fileId) };
  }
  const cards = models.map(({ card, ...file }) => {
    const { name, metrics, details, ...facts } = card;
    const current: StoredModel = {
      ...facts,
      ...file,
      metrics: JSON.stringify(metrics),
      details: JSON.stringify(details),
    };
    const row = findModel(tx, name);
    if (row?.previous) dropped.push(row.previous.fileId);
    const previous = row?.current ?? null;
    tx.put('models', { id: row?.id ?? newRowId(), shopId: tx.shopId, name, current, previous });
    const before = previous && shownOf(previous);
    tx.record('model.trained', { type: 'model', id: name }, before, shownOf(current));
    return toCard(name, current);
  });
  raiseGeneration(tx);
  return { cards, dropped };
}

export function rollBackModels(tx: Tx, models: ModelMark[]): ModelCard[] {
  needModels(
    tx,
    models.map(({ name }) => name),
  );
  const cards = models.map(({ name, version }) => {
    const row = findModel(tx, name);
    if (!row?.previous) throw refuse('no_previous_model', { data: { model: name } });
    if (row.previous.version !== version) throw refuse('stale_version', { data: { model: name } });
    tx.put('models', { ...row, current: row.previous, previous: row.current });
    const subject = { type: 'model', id: name } as const;
    tx.record('model.rolled_back', subject, shownOf(row.current), shownOf(row.previous));
    return toCard(name, row.previous);
  });
  raiseGeneration(tx);
  return cards;
}

/** All at once: asked for one by one, each would be a reading of its own. */
export function needModels(tx: Tx, names: readonly ModelName[]): void {
  tx.need(names.map(modelNamed) as unknown as AnyQuery[]);
}

function findModel(tx: Tx, name: ModelName): ModelRow | null {
  return tx.find(modelNamed(name))[0] ?? null;
}

export function modelNamed(name: ModelName): Query<'models'> {
  return {
    collection: 'models',
    name: `models/${name}`,
    filter: { name },
    matches: (row) => row.name === name,
  };
}

function raiseGeneration(tx: Tx): void {
  const shop = readShop(tx, tx.shopId);
  tx.put('shops', { ...shop, modelGeneration: shop.modelGeneration + 1 });
}

/** What the journal says of a model: enough to tell which one it was. */
function shownOf({ version, dataPoints, basis, sha256 }: StoredModel) {
  return { version, dataPoints, basis, sha256 };
}
