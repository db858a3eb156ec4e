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
import { newRates, newStones, rateDays, stoneDays } from '../reads/price-imports.ts';
import { refuseTooManyPrices } from './import-size.ts';
import { triggerOfSeries, triggerOfStones } from './retrain-trigger.ts';
import type { Tx } from './tx.ts';

export function importPrices(tx: Tx, metal: Metal, input: ImportedRate[], file: ImportFile): ImportCounts {
  refuseUnfitImport(input, tx.by.at);
  const { filter, matches, name } = rateDays(metal, input);
  const present = tx.find({ collection: 'price_history', name, filter, matches });
  const rows = newRates(input, present);
  const counts = { added: rows.length, known: input.length - rows.length };
  if (rows.length === 0) return counts;
  refuseTooManyPrices(rows.length);
  const after = rateImportRecord(metal, rows, counts, file);
  const position = tx.record('metal_prices.imported', { type: 'shop', id: tx.shopId }, null, after);
  for (const [place, { id, purity, paisePerGram, at, day, source }] of rows.entries()) {
    const rate = { id, metal, purity, paisePerGram, at, day, source, held: false };
    tx.add('price_history', { shopId: tx.shopId, ...rate, position, place, createdAt: tx.by.at });
  }
  triggerOfSeries(tx, metal, [...new Map(rows.map((row) => [row.purity, row])).values()]);
  return counts;
}

export function importDiamondPrices(tx: Tx, input: ImportedStone[], file: ImportFile): ImportCounts {
  refuseUnfitImport(input, tx.by.at);
  const { filter, matches, name } = stoneDays(input);
  const present = tx.find({ collection: 'diamond_price_history', name, filter, matches });
  const rows = newStones(input, present);
  const counts = { added: rows.length, known: input.length - rows.length };
  if (rows.length === 0) return counts;
  refuseTooManyPrices(rows.length);
  const after = stoneImportRecord(rows, counts, file);
  const position = tx.record('diamond_prices.imported', { type: 'shop', id: tx.shopId }, null, after);
  for (const [place, row] of rows.entries()) {
    const { id, milliCarat, cut, color, clarity, pricePaise, at, day, source } = row;
    const stone = { id, milliCarat, cut, color, clarity, pricePaise, at, day, source };
    tx.add('diamond_price_history', {
      shopId: tx.shopId,
      ...stone,
      position,
      place,
      createdAt: tx.by.at,
    });
  }
  triggerOfStones(tx, (rows[0] as ImportedStone).id);
  return counts;
}
