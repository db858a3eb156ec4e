import type { ModelBasis, ModelCard, ModelName } from '../../../domain/trained-model.ts';
import type { Db } from '../database.ts';

interface CardRow {
  name: string;
  version: string;
  trained_at: number;
  data_points: number;
  basis: string;
  seen_position: number;
  metrics: string;
  details: string;
  byte_count: number;
  sha256: string;
}
export type Slot = 'current' | 'previous';

const CARD =
  'name, version, trained_at, data_points, basis, seen_position, metrics, details, byte_count, sha256';

export function modelGeneration(db: Db, shopId: string): number {
  const sql = 'SELECT generation FROM model_generations WHERE shop_id = :shopId';
  return db.get<{ generation: number }>(sql, { shopId })?.generation ?? 0;
}

export function listModels(db: Db, shopId: string, slot: Slot): ModelCard[] {
  const sql = `SELECT ${CARD} FROM models WHERE shop_id = :shopId AND slot = :slot ORDER BY name`;
  return db.all<CardRow>(sql, { shopId, slot }).map(toCard);
}

export function findModelCard(db: Db, shopId: string, name: ModelName, slot: Slot): ModelCard | null {
  const sql = `SELECT ${CARD} FROM models WHERE shop_id = :shopId AND name = :name AND slot = :slot`;
  const row = db.get<CardRow>(sql, { shopId, name, slot });
  return row ? toCard(row) : null;
}

export function readModel(
  db: Db,
  shopId: string,
  name: ModelName,
): { card: ModelCard; bytes: Uint8Array } | null {
  const row = db.get<CardRow & { bytes: Uint8Array }>(
    `SELECT ${CARD}, bytes FROM models WHERE shop_id = :shopId AND name = :name AND slot = 'current'`,
    { shopId, name },
  );
  return row ? { card: toCard(row), bytes: row.bytes } : null;
}

function toCard(row: CardRow): ModelCard {
  return {
    name: row.name as ModelName,
    version: row.version,
    trainedAt: row.trained_at,
    dataPoints: row.data_points,
    basis: row.basis as ModelBasis,
    seenPosition: row.seen_position,
    metrics: JSON.parse(row.metrics) as ModelCard['metrics'],
    details: JSON.parse(row.details) as ModelCard['details'],
    byteCount: row.byte_count,
    sha256: row.sha256,
  };
}
