// The price of a stone by the models in service: the one with measures where all five came and are possible, else the
// one of the 4Cs.

import type { StoneBody } from '../../contract/stone-prediction.ts';
import { type DiamondPredictionWire, EXTRAPOLATED_BY } from '../../contract/stone-prediction.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { ModelCard } from '../../domain/trained-model.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import { GRADE_COUNTS, type GradedItem, SMALLEST_SIZE } from '../../ml/grade-grid.ts';
import { type GradedModel, type PricedItem, priceGradedItem } from '../../ml/graded-model.ts';
import type { MeasuredPricer } from '../../ml/measured-model.ts';
import type { Measures } from '../../ml/measures.ts';
import type { Serving, ServingModels, StoneDetails } from './serving-models.ts';
import { gradesOf } from './stone-grades.ts';
import { type StoneMoney, stoneMoney, toHundredths } from './stone-money.ts';

/** All that prices stones at one moment: the same for every stone of a batch. */
export interface StonePricing {
  graded: Serving<GradedModel>;
  /** Null also where no stone of the question has measures. */
  measured: Serving<MeasuredPricer> | null;
  money: StoneMoney;
}

/** A stone with the answer of the model that priced it, in that model's money. */
export interface PricedStone {
  item: GradedItem;
  priced: PricedItem;
  card: ModelCard;
  model: DiamondPredictionWire['model'];
  measuresLeftOut: DiamondPredictionWire['measures_left_out'];
}

const MEASURES = ['depth', 'table', 'x', 'y', 'z'] as const;
/** A mean absolute error is about this share of the standard deviation (exactly so for normal errors). */
const MEAN_ERROR_SHARE = Math.sqrt(2 / Math.PI);
const RANGES = { 90: 1.645, 95: 1.96 } as const;
/** Assumed where a model was trained on too few stones to hold any back: a quarter of the price. */
const UNKNOWN_ERROR_PERCENT = 25;

/** Answers with what prices stones now. Refuses diamond_model_not_trained. */
export type ReadStonePricing = (withMeasures: boolean) => Promise<StonePricing>;

/**
 * Questions that are taken up in one turn of the event loop share what was read for the first of them: all of them had
 * arrived before it, so that none gets an older answer than it could have got alone.
 */
export function stonePricingOfTurn(shop: Shop, models: ServingModels): ReadStonePricing {
  let ofTurn: Promise<Omit<StonePricing, 'measured'>> | null = null;
  return async (withMeasures) => {
    if (ofTurn === null) {
      ofTurn = readPricing(shop, models);
      setImmediate(() => {
        ofTurn = null;
      });
    }
    const pricing = await ofTurn;
    return { ...pricing, measured: withMeasures ? await models.diamondMeasured() : null };
  };
}

async function readPricing({ store }: Shop, models: ServingModels): Promise<Omit<StonePricing, 'measured'>> {
  const graded = await models.diamond4c();
  const settings = await store.settings.get();
  const money = graded && stoneMoney(graded.card.details as unknown as StoneDetails, settings);
  if (!graded || !money) throw refuse('diamond_model_not_trained');
  return { graded, money };
}

export function hasMeasures(body: object): boolean {
  return MEASURES.some((name) => name in body);
}

export function priceStone({ graded, measured }: StonePricing, body: StoneBody): PricedStone {
  const item = itemOf(body);
  const sent = MEASURES.filter((name) => body[name] !== undefined).length;
  const by4Cs = (measuresLeftOut: PricedStone['measuresLeftOut']): PricedStone => ({
    item,
    priced: priceGradedItem(graded.model, item),
    card: graded.card,
    model: '4c',
    measuresLeftOut,
  });
  if (sent === 0) return by4Cs(null);
  if (sent < MEASURES.length) return by4Cs('incomplete');
  if (!measured) return by4Cs('not_trained');
  const { measuresUsed, ...priced } = measured.model({ ...item, measures: body as unknown as Measures });
  if (!measuresUsed) return by4Cs('impossible');
  return { item, priced, card: measured.card, model: 'measures', measuresLeftOut: null };
}

/** The 4Cs of a question as the models take them. */
export function itemOf(body: Pick<StoneBody, 'carat' | 'cut' | 'color' | 'clarity'>): GradedItem {
  return { size: body.carat, grades: gradesOf(body) };
}

export function toPredictionWire(
  { money }: StonePricing,
  body: StoneBody,
  { item, priced, card, model, measuresLeftOut }: PricedStone,
): DiamondPredictionWire {
  const errorPercent = card.metrics.mape ?? UNKNOWN_ERROR_PERCENT;
  const inRupees = (price: number): number => toHundredths(price * money.factor);
  const range = (level: 90 | 95): { lower: number; upper: number } => {
    if (priced.bounds !== null) {
      const { lower90, upper90, lower95, upper95 } = priced.bounds;
      return level === 90
        ? { lower: inRupees(lower90), upper: inRupees(upper90) }
        : { lower: inRupees(lower95), upper: inRupees(upper95) };
    }
    const spread = Math.exp((RANGES[level] * errorPercent) / 100 / MEAN_ERROR_SHARE);
    return { lower: inRupees(priced.price / spread), upper: inRupees(priced.price * spread) };
  };
  const range95 = range(95);
  return {
    predicted_price: inRupees(priced.price),
    currency: 'INR',
    confidence_interval: range95,
    range_90: range(90),
    range_95: range95,
    range_source: priced.bounds === null ? 'mean_error' : 'conformal',
    features_used: featuresUsed(body, model),
    model,
    measures_left_out: measuresLeftOut,
    extrapolated: priced.extrapolated,
    extrapolated_by: extrapolatedBy(item, priced),
    support: priced.support,
    rupees: money.toWire(priced.price),
    ...recordOf(card),
  };
}

type ModelRecord = Pick<DiamondPredictionWire, 'model_accuracy' | 'model_accuracy_basis' | 'last_trained'>;
/** The same in every answer of a model, so it is put into words once. */
const records = new WeakMap<ModelCard, ModelRecord>();

function recordOf(card: ModelCard): ModelRecord {
  const known = records.get(card);
  if (known) return known;
  const errorPercent = card.metrics.mape ?? UNKNOWN_ERROR_PERCENT;
  const record = {
    model_accuracy: Math.round(Math.max(0, 100 - errorPercent) * 100) / 10_000,
    model_accuracy_basis: accuracyBasis(card),
    last_trained: toInstant(card.trainedAt),
  };
  records.set(card, record);
  return record;
}

function featuresUsed(body: StoneBody, model: PricedStone['model']): DiamondPredictionWire['features_used'] {
  const { carat, cut, color, clarity, depth, table, x, y, z } = body;
  const fourCs = { carat, cut, color, clarity };
  if (model === '4c') return fourCs;
  return { ...fourCs, depth, table, x, y, z } as DiamondPredictionWire['features_used'];
}

function extrapolatedBy(
  { size, grades }: GradedItem,
  priced: PricedItem,
): DiamondPredictionWire['extrapolated_by'] {
  if (!priced.extrapolated) return [];
  const isOutside = [
    size < SMALLEST_SIZE,
    ...grades.map((grade, axis) => grade < 0 || grade >= (GRADE_COUNTS[axis] as number)),
    priced.support === 0,
  ];
  return EXTRAPOLATED_BY.filter((_, place) => isOutside[place]);
}

function accuracyBasis({ metrics, dataPoints }: ModelCard): string {
  if (metrics.mape === undefined) return `assumed: too few of ${dataPoints} stones to hold any back`;
  const held = metrics.held_back === undefined ? '' : `${metrics.held_back} `;
  return `1 - mean absolute percentage error on ${held}stones held back, of ${dataPoints}`;
}
