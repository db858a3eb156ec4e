// The forecaster of one board series as of its latest rate. The record (which errors it made in the past) is that of
// the last training; level, volatility and drift are fitted to the rates of today, which takes milliseconds.

import { RATE_PURITIES } from '../../domain/price.ts';
import type { ModelCard, ModelName } from '../../domain/trained-model.ts';
import { seriesModelName } from '../../domain/trained-model.ts';
import { LEAST_ROWS } from '../../domain/training-job.ts';
import type { HorizonScore, TrainedPriceModel } from '../../ml/backtest.ts';
import { beliefFrom, fitPriceModel } from '../../ml/price-forecast.ts';
import type { PricePoint } from '../../ml/price-series.ts';
import { ANCHORS, DEFAULT_BELIEF, type PriceBelief } from '../../ml/price-tracker.ts';
import type { Store } from '../../store/store.ts';
import { REFERENCE_MODEL } from './reference-model.ts';
import {
  ASSUMED_PREMIUM,
  dayText,
  finenessOf,
  finePoints,
  LEAST_WITH_PRIOR,
  parityPoints,
  type Series,
} from './series-source.ts';

export const SERIES_BASES = ['board rates', 'international parity + premium'] as const;

export interface ServingSeries {
  series: Series;
  /** Of rupees per gram of fine metal. */
  trained: TrainedPriceModel;
  /** The training behind it. */
  card: ModelCard;
  basis: (typeof SERIES_BASES)[number];
  /** The purity whose rates it is made from, which may be another one; null: made from the open series. */
  fromPurity: string | null;
  /** How many rates it is made from. */
  rates: number;
  /** In rupees per gram at the purity of the series. */
  lastObserved: { day: string; rupeesPerGram: number };
  /** The share on top of the open series, where that is the basis. */
  premium: number | null;
}

interface Sources {
  store: Store;
  cards: () => Promise<readonly ModelCard[]>;
  priceModel: (name: ModelName) => Promise<{ model: TrainedPriceModel; card: ModelCard } | null>;
}

/** Rates on which a forecast is made, and what is believed beforehand. */
interface Ground {
  points: PricePoint[];
  belief: PriceBelief;
  record: { scores: readonly HorizonScore[]; driftShares: readonly number[] } | null;
  card: ModelCard;
  basis: ServingSeries['basis'];
  fromPurity: string | null;
  premium: number | null;
}

/** Answers for any series, keeping each until its rates, its model or the day changed. */
export function serveSeries(
  sources: Sources,
): (series: Series, today: string) => Promise<ServingSeries | null> {
  const kept = new Map<string, { key: string; mark: string; serving: ServingSeries | null }>();
  return async (series, today) => {
    const name = seriesModelName(series.metal, series.purity);
    const shaOf = (cards: readonly ModelCard[]): string =>
      cards.map(({ name: of, sha256 }) => (of.startsWith(series.metal) ? sha256.slice(0, 12) : '')).join();
    const key = `${today} ${await sources.store.journal.position()} ${shaOf(await sources.cards())}`;
    const before = kept.get(name);
    if (before?.key === key) return before.serving;
    const mark = `${today} ${shaOf(await sources.cards())} ${await marksOf(sources.store, series, today)}`;
    const serving = before?.mark === mark ? before.serving : await makeServing(sources, series, today);
    kept.set(name, { key, mark, serving });
    return serving;
  };
}

/** Changes with any rate of the metal: the shop does many other things. */
async function marksOf(store: Store, { metal }: Series, today: string): Promise<string> {
  const marks = RATE_PURITIES[metal].map((purity) => store.learning.seriesMark(metal, purity, today, 0));
  return (await Promise.all(marks)).map(({ mark }) => mark).join();
}

async function makeServing(sources: Sources, series: Series, today: string): Promise<ServingSeries | null> {
  const ground = await groundOf(sources, series, today);
  const last = ground?.points.at(-1);
  if (!ground || !last) return null;
  const driftShares = ground.record?.driftShares ?? ANCHORS.map(() => 1);
  const model = fitPriceModel(ground.points, driftShares, ground.belief);
  const scores = ground.record?.scores ?? ANCHORS.map(noScore);
  return {
    series,
    trained: { model, scores },
    card: ground.card,
    basis: ground.basis,
    fromPurity: ground.fromPurity,
    rates: ground.fromPurity === null ? 0 : ground.points.length,
    lastObserved: {
      day: dayText(model.lastDay),
      rupeesPerGram: Math.exp(model.lastLogPrice) * finenessOf(series.purity),
    },
    premium: ground.premium,
  };
}

async function groundOf(sources: Sources, series: Series, today: string): Promise<Ground | null> {
  const { store, priceModel } = sources;
  const { metal, purity } = series;
  const reference = metal === 'gold' ? await priceModel(REFERENCE_MODEL) : null;
  const belief = reference ? beliefFrom(reference.model.model, true) : DEFAULT_BELIEF;
  const board = async (from: string, least: number): Promise<Ground | null> => {
    const own = await priceModel(seriesModelName(metal, from));
    const card = own?.card ?? reference?.card;
    if (!card) return null;
    const points = finePoints(await store.learning.series(metal, from, today), from);
    if (points.length < (own ? 1 : least)) return null;
    const record = own && { scores: own.model.scores, driftShares: own.model.model.driftShares };
    return { points, belief, record, card, basis: 'board rates', fromPurity: from, premium: null };
  };
  const least = reference ? LEAST_WITH_PRIOR : LEAST_ROWS.gold;
  const own = await board(purity, least);
  if (own) return own;
  const others = RATE_PURITIES[metal].filter((other) => other !== purity);
  const grounds = await Promise.all(others.map((other) => board(other, least)));
  const richest = grounds
    .flatMap((ground) => ground ?? [])
    .sort((a, b) => b.points.length - a.points.length)[0];
  if (richest) return richest;
  return reference ? parityGround(store, series, today, reference.card, belief) : null;
}

/** Too few rates: one value, the latest rate of the metal or else the open series plus a premium, and the prior. */
async function parityGround(
  store: Store,
  { metal, purity }: Series,
  today: string,
  card: ModelCard,
  belief: PriceBelief,
): Promise<Ground | null> {
  const parity = parityPoints(await store.reference.gold(), today).at(-1);
  if (!parity) return null;
  const ground = { belief, record: null, card, basis: SERIES_BASES[1] } as const;
  const purities = [purity, ...RATE_PURITIES[metal].filter((other) => other !== purity)];
  for (const from of purities) {
    const last = finePoints(await store.learning.series(metal, from, today), from).at(-1);
    if (!last) continue;
    return { ...ground, points: [last], fromPurity: from, premium: last.price / parity.price - 1 };
  }
  const point = { day: parity.day, price: parity.price * (1 + ASSUMED_PREMIUM) };
  return { ...ground, points: [point], fromPurity: null, premium: ASSUMED_PREMIUM };
}

function noScore(steps: number): HorizonScore {
  return {
    steps,
    outcomes: 0,
    independent: 0,
    errorRatio: 1,
    crpsRatio: 1,
    coverage80: 0,
    coverage95: 0,
    percentageError: 0,
    noChangePercentageError: 0,
  };
}
