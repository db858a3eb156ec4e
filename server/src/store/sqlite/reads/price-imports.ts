// Which rows of an import are new: the same series or stone, day and price (held or not) is there already.
// The indexes are named because SQLite, asked for any one row, would walk through the whole shop.

import type { Metal } from '../../../domain/price.ts';
import type { ImportedRate, ImportedStone } from '../../../domain/price-import.ts';
import type { Db } from '../database.ts';

export function newRates(
  db: Db,
  shopId: string,
  metal: Metal,
  rows: readonly ImportedRate[],
): ImportedRate[] {
  const isFirst = firstOfItsKind();
  return rows.filter(
    ({ purity, day, paisePerGram }) =>
      isFirst(`${purity} ${day} ${paisePerGram}`) &&
      !db.get(
        `SELECT 1 FROM metal_prices INDEXED BY metal_prices_series
         WHERE shop_id = :shopId AND metal = :metal AND purity = :purity AND day = :day
           AND paise_per_gram = :paisePerGram LIMIT 1`,
        { shopId, metal, purity, day, paisePerGram },
      ),
  );
}

export function newStones(db: Db, shopId: string, rows: readonly ImportedStone[]): ImportedStone[] {
  const isFirst = firstOfItsKind();
  return rows.filter(
    ({ milliCarat, cut, color, clarity, pricePaise, day }) =>
      isFirst(`${milliCarat} ${cut} ${color} ${clarity} ${pricePaise} ${day}`) &&
      !db.get(
        `SELECT 1 FROM diamond_prices INDEXED BY diamond_prices_stone
         WHERE shop_id = :shopId AND day = :day AND milli_carat = :milliCarat
           AND price_paise = :pricePaise AND cut = :cut AND color = :color AND clarity = :clarity LIMIT 1`,
        { shopId, milliCarat, cut, color, clarity, pricePaise, day },
      ),
  );
}

function firstOfItsKind(): (key: string) => boolean {
  const seen = new Set<string>();
  return (key) => seen.size !== seen.add(key).size;
}
