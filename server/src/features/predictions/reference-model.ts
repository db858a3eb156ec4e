import type { ModelName } from '../../domain/trained-model.ts';

/** The model of the open monthly series, which is the prior of all other series of gold. */
export const REFERENCE_MODEL: ModelName = 'gold-reference';
