import type { Db } from 'mongodb';
import type { ModelBasis, ModelCard, ModelName } from '../../../domain/trained-model.ts';
import { fromDocument, toId } from '../codec.ts';
import type { ModelRow, StoredModel } from '../rows.ts';

export async function listModels(db: Db, shopId: string, slot: 'current' | 'previous'): Promise<ModelCard[]> {
  const found = await db.collection('models').find({ shop_id: shopId }).sort({ name: 1 }).toArray();
  return found.flatMap((document) => {
    const { name, [slot]: model } = fromDocument<ModelRow>(document);
    return model ? [toCard(name, model)] : [];
  });
}

export async function findModel(db: Db, shopId: string, name: ModelName): Promise<ModelRow | null> {
  const document = await db.collection('models').findOne({ shop_id: shopId, name });
  return document && fromDocument<ModelRow>(document);
}

/** Whether a model's row names the file. */
export async function isModelFile(db: Db, shopId: string, fileId: string): Promise<boolean> {
  const file_id = toId(fileId);
  const named = [{ 'current.file_id': file_id }, { 'previous.file_id': file_id }];
  return (await db.collection('models').findOne({ shop_id: shopId, $or: named })) !== null;
}

export function toCard(name: string, model: StoredModel): ModelCard {
  const { fileId: _file, metrics, details, basis, ...facts } = model;
  return {
    name: name as ModelName,
    ...facts,
    basis: basis as ModelBasis,
    metrics: JSON.parse(metrics) as ModelCard['metrics'],
    details: JSON.parse(details) as ModelCard['details'],
  };
}
