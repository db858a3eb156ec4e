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
import { dailyRates, findMetalPrice, heldPrices, latestMetalPrice } from '../reads/prices.ts';
import { triggerOfRates, triggerOfStones } from './retrain-trigger.ts';
import type { Tx } from './tx.ts';

export function recordPrice(tx: Tx, input: NewMetalPrice): RecordedPrice {
  const { shopId, by } = tx;
  const { metal, purity, confirm, ...row } = input;
  const settings = tx.standing.settings;
  const inForce = latestMetalPrice(tx, shopId, metal, purity, by.at);
  const history = inForce ? dailyRates(tx, shopId, metal, purity, inForce.day) : [];
  const series = { inForce, history, held: heldPrices(tx, shopId, metal, purity) };
  const { held, changeBasisPoints, released } = judgeRecording(input, series, settings);
  const { id, ...fields } = row;
  const after = { metal, purity, ...fields, held, ...(confirm ? { confirmed: true } : {}) };
  const position = tx.record('metal_price.recorded', { type: 'metal_price', id }, null, after);
  tx.run(
    `INSERT INTO metal_prices (shop_id, id, metal, purity, paise_per_gram, at, day, source, held, position, created_at)
     VALUES (:shopId, :id, :metal, :purity, :paisePerGram, :at, :day, :source, :held, :position, :createdAt)`,
    { shopId, id, metal, purity, ...fields, held: held ? 1 : 0, position, createdAt: by.at },
  );
  for (const price of released) release(tx, price.id, id);
  return {
    price: findMetalPrice(tx, shopId, metal, id) as MetalPrice,
    previous: inForce && { id: inForce.id, paisePerGram: inForce.paisePerGram },
    changeBasisPoints,
    released: released.map((price) => price.id),
    retrainTriggered: triggerOfRates(tx, metal, purity, id),
  };
}

/** A released rate keeps its place: it counts as if it had never been held. */
function release(tx: Tx, id: string, borneOutBy: string): void {
  tx.run('UPDATE metal_prices SET held = 0 WHERE shop_id = :shopId AND id = :id', { shopId: tx.shopId, id });
  const after = { held: false, borneOutBy };
  tx.record('metal_price.released', { type: 'metal_price', id }, { held: true }, after);
}

/** Confirming is a decision of now: of its day's rates the confirmed one counts from here on. */
export function confirmPrice(tx: Tx, metal: Metal, id: string): MetalPrice {
  const price = findMetalPrice(tx, tx.shopId, metal, id);
  if (!price) throw refuse('price_not_found');
  if (!price.held) throw refuse('rate_not_held');
  const subject = { type: 'metal_price', id } as const;
  const position = tx.record('metal_price.confirmed', subject, { held: true }, { held: false });
  tx.run('UPDATE metal_prices SET held = 0, position = :position WHERE shop_id = :shopId AND id = :id', {
    shopId: tx.shopId,
    id,
    position,
  });
  return { ...price, held: false };
}

export function recordDiamondPrice(tx: Tx, input: NewDiamondPrice): RecordedStone {
  const { shopId, by } = tx;
  const { id, ...fields } = input;
  const position = tx.record('diamond_price.recorded', { type: 'diamond_price', id }, null, fields);
  tx.run(
    `INSERT INTO diamond_prices (shop_id, id, milli_carat, cut, color, clarity, price_paise, at, day, source, position,
       created_at)
     VALUES (:shopId, :id, :milliCarat, :cut, :color, :clarity, :pricePaise, :at, :day, :source, :position,
       :createdAt)`,
    { shopId, id, ...fields, position, createdAt: by.at },
  );
  return { price: { ...input, createdAt: by.at }, retrainTriggered: triggerOfStones(tx, id) };
}
