// The forecaster of one board series as of its latest rate. The record (which errors it made in the past) is that of
// the last training; level, volatility and drift are fitted to the rates of today, which takes milliseconds.

import { rateFor } from '../../domain/piece-price.ts';
import { type Metal, RATE_PURITIES, type Rate } from '../../domain/price.ts';
import { startOfDay } from '../../domain/shop-day.ts';
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
  dayNumber,
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
  /** The purity of the last rate that it is made from, which may be another one; null: made from the open series. */
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
  /** `among`: the cards that were just read. */
  priceModel: (
    name: ModelName,
    among: readonly ModelCard[],
  ) => Promise<{ model: TrainedPriceModel; card: ModelCard } | null>;
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

/** What a forecast depends on, as it was read together. */
interface Knowledge {
  today: string;
  cards: readonly ModelCard[];
  /** How many rates each purity of the metal has. */
  rows: ReadonlyMap<string, number>;
  /** The rate that prices pieces of the purity; null: none, or no gold. */
  pricing: Rate | null;
  /** Whether the purity's own last rate is older. */
  isBehind: boolean;
}

/** Answers for any series, keeping each until its rates, its model or the day changed. */
export function serveSeries(
  sources: Sources,
): (series: Series, today: string) => Promise<ServingSeries | null> {
  const kept = new Map<string, { moment: string; mark: string; serving: ServingSeries | null }>();
  return async (series, today) => {
    const { store } = sources;
    const name = seriesModelName(series.metal, series.purity);
    // First of all: what is written after this is seen by the next question.
    const moment = `${today} ${store.journal.stamp()}`;
    const before = kept.get(name);
    if (before?.moment === moment) return before.serving;
    const [cards, rates, pricing] = await Promise.all([
      sources.cards(),
      marksOf(store, series, today),
      pricingRate(store, series, today),
    ]);
    const models = cards.map((card) =>
      card.name.startsWith(series.metal) ? `${card.sha256} ${card.trainedAt}` : '',
    );
    // Of all rates of the metal: the shop does many other things.
    const mark = `${today} ${models.join()} ${rates.map((rate) => rate.mark).join()}`;
    const rows = new Map(rates.map((rate) => [rate.purity, rate.rows]));
    const serving =
      before?.mark === mark
        ? before.serving
        : await makeServing(sources, series, { today, cards, rows, ...pricing });
    kept.set(name, { moment, mark, serving });
    return serving;
  };
}

function marksOf({ learning }: Store, { metal }: Series, today: string) {
  return Promise.all(
    RATE_PURITIES[metal].map(async (purity) => ({
      purity,
      ...(await learning.seriesMark(metal, purity, today, 0)),
    })),
  );
}

async function makeServing(
  sources: Sources,
  series: Series,
  knowledge: Knowledge,
): Promise<ServingSeries | null> {
  const ground = await groundOf(sources, series, knowledge);
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

/** By the number of rates, which is known: only the series that are used are read. */
async function groundOf(sources: Sources, series: Series, knowledge: Knowledge): Promise<Ground | null> {
  const { store, priceModel } = sources;
  const { metal, purity } = series;
  const { today, cards, rows, pricing, isBehind } = knowledge;
  const reference = metal === 'gold' ? await priceModel(REFERENCE_MODEL, cards) : null;
  const belief = reference ? beliefFrom(reference.model.model, true) : DEFAULT_BELIEF;
  const least = reference ? LEAST_WITH_PRIOR : LEAST_ROWS.gold;
  const count = (from: string): number => rows.get(from) ?? 0;
  const board = async (from: string): Promise<Ground | null> => {
    const own = await priceModel(seriesModelName(metal, from), cards);
    const card = own?.card ?? reference?.card;
    if (!card || count(from) < (own ? 1 : least)) return null;
    const points = finePoints(await store.learning.series(metal, from, today), from);
    const newer = await pointsAfter(store, points.at(-1)?.day ?? 0, pricing, today);
    const record = own && { scores: own.model.scores, driftShares: own.model.model.driftShares };
    const fromPurity = pricing !== null && newer.length > 0 ? pricing.purity : from;
    const ground = { belief, record, card, basis: SERIES_BASES[0], fromPurity, premium: null };
    return { ...ground, points: [...points, ...newer] };
  };
  const byCount = RATE_PURITIES[metal].toSorted((a, b) => count(b) - count(a));
  for (const from of isBehind ? byCount : [purity, ...byCount.filter((other) => other !== purity)]) {
    const ground = await board(from);
    if (ground) return ground;
  }
  const from = pricing?.purity ?? [purity, ...byCount].find((one) => count(one) > 0) ?? null;
  return reference ? parityGround(store, { metal, from, today }, reference.card, belief) : null;
}

/**
 * The rate that prices pieces of a purity of gold: whoever goes on setting one purity alone means all of them. Null for
 * other metals, of which each purity stands for itself.
 */
async function pricingRate(
  store: Store,
  { metal, purity }: Series,
  today: string,
): Promise<Pick<Knowledge, 'pricing' | 'isBehind'>> {
  if (metal !== 'gold') return { pricing: null, isBehind: false };
  const { rates } = await store.prices.board(startOfDay(today));
  const pricing = rateFor(purity, rates);
  const own = rates.find((rate) => rate.purity === purity);
  return { pricing, isBehind: pricing !== null && pricing.day > (own?.day ?? '') };
}

/** What gold cost after a day, by the rates of the purity that prices it. */
async function pointsAfter(
  store: Store,
  day: number,
  pricing: Rate | null,
  today: string,
): Promise<PricePoint[]> {
  if (pricing === null || dayNumber(pricing.day) <= day) return [];
  const { purity } = pricing;
  const points = finePoints(await store.learning.series('gold', purity, today), purity);
  return points.filter((point) => point.day > day);
}

/**
 * Too few rates: one value, the latest rate of the metal (`from`: of which purity) or else the open series plus a
 * premium, and the prior.
 */
async function parityGround(
  store: Store,
  { metal, from, today }: { metal: Metal; from: string | null; today: string },
  card: ModelCard,
  belief: PriceBelief,
): Promise<Ground | null> {
  const [months, rates] = await Promise.all([
    store.reference.gold(),
    from === null ? null : store.learning.series(metal, from, today),
  ]);
  const parity = parityPoints(months, today).at(-1);
  if (!parity) return null;
  const ground = { belief, record: null, card, basis: SERIES_BASES[1] } as const;
  const last = rates && from !== null ? finePoints(rates, from).at(-1) : undefined;
  if (last) return { ...ground, points: [last], fromPurity: from, premium: last.price / parity.price - 1 };
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
