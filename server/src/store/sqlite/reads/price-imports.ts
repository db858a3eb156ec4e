// Which rows of an import are new: the same series or stone, day and price (held or not) is there already.
// The indexes are named because SQLite, asked for any one row, would walk through the whole shop.

import type { Metal } from '../../../domain/price.ts';
import {
  type ImportedRate,
  type ImportedStone,
  unknownRates,
  unknownStones,
} from '../../../domain/price-import.ts';
import type { Db } from '../database.ts';

export function newRates(
  db: Db,
  shopId: string,
  metal: Metal,
  rows: readonly ImportedRate[],
): ImportedRate[] {
  return unknownRates(
    rows,
    ({ purity, day, paisePerGram }) =>
      db.get(
        `SELECT 1 FROM metal_prices INDEXED BY metal_prices_series
         WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND day = :day
           AND paise_per_gram = :paisePerGram LIMIT 1`,
        { shopId, metal, purity, day, paisePerGram },
      ) !== undefined,
  );
}

export function newStones(db: Db, shopId: string, rows: readonly ImportedStone[]): ImportedStone[] {
  return unknownStones(
    rows,
    ({ milliCarat, cut, color, clarity, pricePaise, day }) =>
      db.get(
        `SELECT 1 FROM diamond_prices INDEXED BY diamond_prices_stone
         WHERE shop_id = :shopId AND day = :day AND milli_carat = :milliCarat
           AND price_paise = :pricePaise AND cut = :cut AND color = :color AND clarity = :clarity LIMIT 1`,
        { shopId, milliCarat, cut, color, clarity, pricePaise, day },
      ) !== undefined,
  );
}
