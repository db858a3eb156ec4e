// What the shop knows of a trained model: its card. The bytes are the business of ml/ and of whoever decodes them.

import type { Metal } from './price.ts';
import type { TrainingTarget } from './training-job.ts';

/** A model of one board series, such as `gold-916`, or one of the two models for stones. */
export type ModelName = `${Metal}-${string}` | 'diamond-4c' | 'diamond-measured';

/** Which rows a model was trained from. */
export const MODEL_BASES = ['shop', 'reference'] as const;
export type ModelBasis = (typeof MODEL_BASES)[number];

export interface ModelCard {
  name: ModelName;
  /** `YYYYMMDD_HHMMSS` of the training, UTC. */
  version: string;
  trainedAt: number;
  /** Rows it was trained from. */
  dataPoints: number;
  basis: ModelBasis;
  /** The journal position up to which the shop's rows were seen: later ones are new to it. */
  seenPosition: number;
  /** Measured on rows held back, never on those it was trained from. Finite numbers only. */
  metrics: Record<string, number>;
  /** What whoever serves the model needs beside its bytes. Plain JSON. */
  details: Record<string, unknown>;
  byteCount: number;
  sha256: string;
}

/** Tells one training of a model from another. */
export type ModelMark = Pick<ModelCard, 'name' | 'version'>;

/** A model to be put in service. `bytes` are opaque here. */
export interface NewModel {
  card: Omit<ModelCard, 'byteCount' | 'sha256'>;
  bytes: Uint8Array;
}

/** Whether a model is the very one that serves, put in service by an earlier try of the same change. */
export function isSamePut(model: Omit<ModelCard, 'byteCount'>, served: ModelCard | null): boolean {
  if (served === null) return false;
  const facts = ({
    version,
    trainedAt,
    seenPosition,
    sha256,
    details,
  }: Omit<ModelCard, 'byteCount'>): string =>
    JSON.stringify([version, trainedAt, seenPosition, sha256, details]);
  return facts(model) === facts(served);
}

/** Which training makes it: of the older service's two, that of gold makes silver and platinum too. */
export function targetOf(name: ModelName): TrainingTarget {
  return name.startsWith('diamond-') ? 'diamond' : 'gold';
}

export function seriesModelName(metal: Metal, purity: string): ModelName {
  return `${metal}-${purity}`;
}

/** `20260115_103000` for 2026-01-15T10:30:00Z. */
export function modelVersion(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '_');
}
