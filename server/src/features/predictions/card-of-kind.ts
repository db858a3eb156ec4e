import type { ModelCard } from '../../domain/trained-model.ts';
import type { TrainingTarget } from '../../domain/training-job.ts';

/** First the model that most people ask. */
const FIRST_OF = {
  gold: ['gold-916', 'gold-999', 'gold-reference'],
  diamond: ['diamond-4c'],
} as const satisfies Record<TrainingTarget, readonly string[]>;

/** The card that stands for all models of a kind where the older service had one; null: none is trained. */
export function cardOf(cards: readonly ModelCard[], kind: TrainingTarget): ModelCard | null {
  for (const first of FIRST_OF[kind]) {
    const card = cards.find(({ name }) => name === first);
    if (card) return card;
  }
  return cards.find(({ name }) => name.startsWith(`${kind}-`)) ?? null;
}
