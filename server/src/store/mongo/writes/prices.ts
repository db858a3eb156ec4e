import type {
  Metal,
  MetalPrice,
  NewDiamondPrice,
  NewMetalPrice,
  RecordedPrice,
  RecordedStone,
} from '../../../domain/price.ts';
import { judgeRecording } from '../../../domain/price-recording.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { toMetalPrice } from '../reads/prices.ts';
import type { MetalRow } from '../rows.ts';
import { triggerOfRates, triggerOfStones } from './retrain-trigger.ts';
import { dailyRates, heldRates, latestRate } from './series.ts';
import { getSettings } from './settings.ts';
import type { Tx } from './tx.ts';

export function recordPrice(tx: Tx, input: NewMetalPrice): RecordedPrice {
  const { shopId, by } = tx;
  const { metal, purity, confirm, ...row } = input;
  const inForce = latestRate(tx, input);
  const history = inForce ? dailyRates(tx, input) : [];
  const series = { inForce, history, held: heldRates(tx, input) };
  const { held, changeBasisPoints, released } = judgeRecording(input, series, getSettings(tx));
  const { id, ...fields } = row;
  const after = { metal, purity, ...fields, held, ...(confirm ? { confirmed: true } : {}) };
  const position = tx.record('metal_price.recorded', { type: 'metal_price', id }, null, after);
  const stored: MetalRow = {
    shopId,
    id,
    metal,
    purity,
    ...fields,
    held,
    position,
    place: 0,
    createdAt: by.at,
  };
  tx.add('price_history', stored);
  for (const price of released) release(tx, price.id, id);
  return {
    price: toMetalPrice(stored),
    previous: inForce && { id: inForce.id, paisePerGram: inForce.paisePerGram },
    changeBasisPoints,
    released: released.map((price) => price.id),
    retrainTriggered: triggerOfRates(tx, metal, purity, id),
  };
}

/** A released rate keeps its place: it counts as if it had never been held. */
function release(tx: Tx, id: string, borneOutBy: string): void {
  const row = tx.get('price_history', id);
  if (row) tx.put('price_history', { ...row, held: false });
  const after = { held: false, borneOutBy };
  tx.record('metal_price.released', { type: 'metal_price', id }, { held: true }, after);
}

/** Confirming is a decision of now: of its day's rates the confirmed one counts from here on. */
export function confirmPrice(tx: Tx, metal: Metal, id: string): MetalPrice {
  const row = tx.get('price_history', id);
  if (row?.metal !== metal) throw refuse('price_not_found');
  if (!row.held) throw refuse('rate_not_held');
  const subject = { type: 'metal_price', id } as const;
  const position = tx.record('metal_price.confirmed', subject, { held: true }, { held: false });
  const confirmed = { ...row, held: false, position, place: 0 };
  tx.put('price_history', confirmed);
  return toMetalPrice(confirmed);
}

export function recordDiamondPrice(tx: Tx, input: NewDiamondPrice): RecordedStone {
  const { id, ...fields } = input;
  const position = tx.record('diamond_price.recorded', { type: 'diamond_price', id }, null, fields);
  const createdAt = tx.by.at;
  tx.add('diamond_price_history', { shopId: tx.shopId, ...input, position, place: 0, createdAt });
  return { price: { ...input, createdAt }, retrainTriggered: triggerOfStones(tx, id) };
}
