import { toRupees } from '../../../domain/money.ts';
import type {
  DiamondPrice,
  Metal,
  MetalPrice,
  NewDiamondPrice,
  NewMetalPrice,
  RecordedPrice,
} from '../../../domain/price.ts';
import { bearsOut, changeInBasisPoints, judgeRate } from '../../../domain/rate-guard.ts';
import type { Settings } from '../../../domain/settings.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { dailyRates, findMetalPrice, heldPrices, latestMetalPrice } from '../reads/prices.ts';
import { getSettings } from '../reads/settings.ts';
import type { Tx } from './tx.ts';

export function recordPrice(tx: Tx, input: NewMetalPrice): RecordedPrice {
  const { shopId, by } = tx;
  const { metal, purity, confirm, ...row } = input;
  const settings = getSettings(tx, shopId);
  const inForce = latestMetalPrice(tx, shopId, metal, purity, by.at);
  const changeBasisPoints = inForce && changeInBasisPoints(inForce.paisePerGram, row.paisePerGram);
  const history = inForce ? dailyRates(tx, shopId, metal, purity, inForce.day) : [];
  const verdict = judgeRate(row, inForce, history, settings, confirm);
  if (verdict === 'refused') {
    throw refuse('rate_too_far', {
      data: {
        previous_price_per_gram: toRupees((inForce as MetalPrice).paisePerGram),
        price_per_gram: toRupees(row.paisePerGram),
        change_percent: (changeBasisPoints ?? 0) / 100,
      },
    });
  }
  // An older day is no second opinion on today's rate: imported history must not release a held one.
  const isJudged = inForce === null || row.day >= inForce.day;
  const borneOut = isJudged ? heldBorneOut(tx, input, settings) : [];
  const held = verdict === 'held' && borneOut.length === 0;
  const { id, ...fields } = row;
  const after = { metal, purity, ...fields, held, ...(confirm ? { confirmed: true } : {}) };
  const position = tx.record('metal_price.recorded', { type: 'metal_price', id }, null, after);
  tx.run(
    `INSERT INTO metal_prices (shop_id, id, metal, purity, paise_per_gram, at, day, source, held, position, created_at)
     VALUES (:shopId, :id, :metal, :purity, :paisePerGram, :at, :day, :source, :held, :position, :createdAt)`,
    { shopId, id, metal, purity, ...fields, held: held ? 1 : 0, position, createdAt: by.at },
  );
  for (const price of borneOut) release(tx, price.id, id);
  return {
    price: findMetalPrice(tx, shopId, metal, id) as MetalPrice,
    previous: inForce && { id: inForce.id, paisePerGram: inForce.paisePerGram },
    changeBasisPoints,
    released: borneOut.map((price) => price.id),
  };
}

function heldBorneOut(tx: Tx, input: NewMetalPrice, settings: Settings): MetalPrice[] {
  return heldPrices(tx, tx.shopId, input.metal, input.purity).filter((held) =>
    bearsOut(input, held, settings),
  );
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

export function recordDiamondPrice(tx: Tx, input: NewDiamondPrice): DiamondPrice {
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
  return { ...input, createdAt: by.at };
}
