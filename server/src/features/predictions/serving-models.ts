// The models in service, decoded, for whoever predicts. One object a process: it looks at the store's generation (of a
// series, whenever the store's stamp is another one) at every question, so that what another process trained answers as
// soon as this one can know of it; what has not changed is kept.

import { dayOf } from '../../domain/shop-day.ts';
import { ShopError } from '../../domain/shop-error.ts';
import type { ModelCard, ModelName } from '../../domain/trained-model.ts';
import type { GradedModel } from '../../ml/graded-model.ts';
import { readGradedModel, readMeasuredModel } from '../../ml/graded-model-file.ts';
import { type MeasuredPricer, measuredPricer } from '../../ml/measured-model.ts';
import { readPriceModel } from '../../ml/price-model-file.ts';
import type { Store } from '../../store/store.ts';
import { unpackModel } from './model-bytes.ts';
import type { Series } from './series-source.ts';
import { type ServingSeries, serveSeries } from './serve-series.ts';

/** A decoded model and its card: `card.metrics` are the measured figures, `card.details` what else a route needs. */
export interface Serving<T> {
  model: T;
  card: ModelCard;
}

export interface ServingModels {
  /** The forecaster of a board series as of the latest rate; null: not trained, or too few rates. */
  gold(series: Series): Promise<ServingSeries | null>;
  /** Prices by the 4Cs; null: not trained. `card.details` has the shape of `StoneDetails`. */
  diamond4c(): Promise<Serving<GradedModel> | null>;
  /** Prices with measures beside the 4Cs; null: not trained. */
  diamondMeasured(): Promise<Serving<MeasuredPricer> | null>;
  /** The cards of all models in service, by name. `generation`: where the caller has just read it. */
  cards(generation?: number): Promise<readonly ModelCard[]>;
  /** Why a model that is in the store does not serve, by name: empty when all is well. */
  readonly defects: ReadonlyMap<ModelName, string>;
}

/** `card.details` of both models for stones. */
export interface StoneDetails {
  /** The money of the model's prices: US dollars of about 2008, or the shop's rupees. */
  currency: 'USD' | 'INR';
  /** Dollars only: the latest month of the reference series, to turn them into rupees. */
  rupeesPerDollar: { month: string; rate: number } | null;
  /** Dollars only: median of the shop's own prices over dollars in rupees, from 30 own stones on. */
  learnedFactor: { factor: number; rows: number } | null;
}

type Decode<T> = (file: Uint8Array) => T;
interface Kept {
  sha256: string;
  serving: Promise<Serving<unknown> | null>;
}

export function createServingModels(store: Store, now: () => number): ServingModels {
  const kept = new Map<ModelName, Kept>();
  const defects = new Map<ModelName, string>();
  let seen = { generation: -1, cards: [] as readonly ModelCard[] };

  const cards = async (read?: number): Promise<readonly ModelCard[]> => {
    const generation = read ?? (await store.models.generation());
    if (generation !== seen.generation) seen = { generation, cards: await store.models.list() };
    return seen.cards;
  };

  /** What was decoded last goes on serving when the new bytes cannot be read. */
  const load = async (name: ModelName, decode: Decode<unknown>, before: Kept | undefined) => {
    try {
      const stored = await store.models.read(name);
      if (!stored) return null;
      const model = decode(await unpackModel(stored.bytes));
      defects.delete(name);
      return { model, card: stored.card };
    } catch (error) {
      if (error instanceof ShopError) {
        // The store cannot be asked just now, which says nothing of the model: the next question asks it again.
        kept.delete(name);
        if (!before) throw error;
        kept.set(name, before);
      } else defects.set(name, (error as Error).message);
      return (await before?.serving) ?? null;
    }
  };

  /** `among`: the cards, where the caller has just read them. */
  const serve = async <T>(
    name: ModelName,
    decode: Decode<T>,
    among?: readonly ModelCard[],
  ): Promise<Serving<T> | null> => {
    const card = (among ?? (await cards())).find((candidate) => candidate.name === name);
    if (!card) {
      kept.delete(name);
      return null;
    }
    const before = kept.get(name);
    if (before?.sha256 !== card.sha256) {
      kept.set(name, { sha256: card.sha256, serving: load(name, decode, before) });
    }
    const serving = (await kept.get(name)?.serving) ?? null;
    // A calibration changes the card and leaves the bytes as they are.
    return serving && { ...(serving as Serving<T>), card };
  };

  const priceModel = (name: ModelName, among: readonly ModelCard[]) => serve(name, readPriceModel, among);
  const recall = serveSeries({ store, cards, priceModel });
  return {
    gold: (series) => recall(series, dayOf(now())),
    diamond4c: () => serve('diamond-4c', readGradedModel),
    diamondMeasured: () => serve('diamond-measured', (file) => measuredPricer(readMeasuredModel(file))),
    cards,
    defects,
  };
}
