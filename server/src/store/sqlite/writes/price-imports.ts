// Many prices in one change: all rows or none, with one journal entry, whose number they all carry.

import type { Metal } from '../../../domain/price.ts';
import {
  type ImportCounts,
  type ImportedRate,
  type ImportedStone,
  type ImportFile,
  rateImportRecord,
  refuseUnfitImport,
  stoneImportRecord,
} from '../../../domain/price-import.ts';
import { newRates, newStones } from '../reads/price-imports.ts';
import { triggerOfRates, triggerOfStones } from './retrain-trigger.ts';
import type { Tx } from './tx.ts';

export function importPrices(tx: Tx, metal: Metal, input: ImportedRate[], file: ImportFile): ImportCounts {
  const { shopId, by } = tx;
  refuseUnfitImport(input, by.at);
  const rows = newRates(tx, shopId, metal, input);
  const counts = { added: rows.length, known: input.length - rows.length };
  if (rows.length === 0) return counts;
  const after = rateImportRecord(metal, rows, counts, file);
  const position = tx.record('metal_prices.imported', { type: 'shop', id: shopId }, null, after);
  for (const [place, { id, purity, paisePerGram, at, day, source }] of rows.entries()) {
    tx.run(
      `INSERT INTO metal_prices (shop_id, id, metal, purity, paise_per_gram, at, day, source, held, position, place,
         created_at)
       VALUES (:shopId, :id, :metal, :purity, :paisePerGram, :at, :day, :source, 0, :position, :place, :createdAt)`,
      { shopId, id, metal, purity, paisePerGram, at, day, source, position, place, createdAt: by.at },
    );
  }
  for (const { id, purity } of new Map(rows.map((row) => [row.purity, row])).values()) {
    triggerOfRates(tx, metal, purity, id);
  }
  return counts;
}

export function importDiamondPrices(tx: Tx, input: ImportedStone[], file: ImportFile): ImportCounts {
  const { shopId, by } = tx;
  refuseUnfitImport(input, by.at);
  const rows = newStones(tx, shopId, input);
  const counts = { added: rows.length, known: input.length - rows.length };
  if (rows.length === 0) return counts;
  const after = stoneImportRecord(rows, counts, file);
  const position = tx.record('diamond_prices.imported', { type: 'shop', id: shopId }, null, after);
  for (const [place, row] of rows.entries()) {
    const { id, milliCarat, cut, color, clarity, pricePaise, at, day, source } = row;
    const stone = { id, milliCarat, cut, color, clarity, pricePaise, at, day, source };
    tx.run(
      `INSERT INTO diamond_prices (shop_id, id, milli_carat, cut, color, clarity, price_paise, at, day, source,
         position, place, created_at)
       VALUES (:shopId, :id, :milliCarat, :cut, :color, :clarity, :pricePaise, :at, :day, :source,
         :position, :place, :createdAt)`,
      { shopId, ...stone, position, place, createdAt: by.at },
    );
  }
  triggerOfStones(tx, (rows[0] as ImportedStone).id);
  return counts;
}
