// The trained models of the open stones that come with the program.

import type { ModelName } from '../../domain/trained-model.ts';

export interface ReferenceCard {
  name: ModelName;
  dataPoints: number;
  metrics: Record<string, number>;
  sha256: string;
}

const FOLDER = new URL('../../../data/', import.meta.url);

export const REFERENCE_CARDS = new URL('reference-models.json', FOLDER);

export function referenceFile(name: ModelName): URL {
  return new URL(`reference-${name}.model`, FOLDER);
}
