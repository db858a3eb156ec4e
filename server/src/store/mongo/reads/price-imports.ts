// Which rows of an import are new: the same series or stone, day and price (held or not) is there already. The rows of
// the import's days are read at once; asking for each row would be a round trip a row.

import type { Db } from 'mongodb';
import type { Metal } from '../../../domain/price.ts';
import {
  type ImportedRate,
  type ImportedStone,
  unknownRates,
  unknownStones,
} from '../../../domain/price-import.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { DiamondRow, MetalRow } from '../rows.ts';

interface Days<R> {
  name: string;
  filter: Document;
  matches: (row: R) => boolean;
}

/** The recorded rates of the days of an import. */
export function rateDays(metal: Metal, rows: readonly ImportedRate[]): Days<MetalRow> {
  const { first, last } = daysOf(rows);
  return {
    name: `price_history/import/${metal}/${first}/${last}`,
    filter: { metal, day: { $gte: first, $lte: last } },
    matches: (row) => row.metal === metal && row.day >= first && row.day <= last,
  };
}

export function stoneDays(rows: readonly ImportedStone[]): Days<DiamondRow> {
  const { first, last } = daysOf(rows);
  return {
    name: `diamond_price_history/import/${first}/${last}`,
    filter: { day: { $gte: first, $lte: last } },
    matches: (row) => row.day >= first && row.day <= last,
  };
}

function daysOf(rows: readonly { day: string }[]): { first: string; last: string } {
  let first = rows[0]?.day ?? '';
  let last = first;
  for (const { day } of rows) {
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { first, last };
}

export function newRates(rows: readonly ImportedRate[], present: readonly MetalRow[]): ImportedRate[] {
  const key = (row: ImportedRate | MetalRow): string => `${row.purity} ${row.day} ${row.paisePerGram}`;
  const known = new Set(present.map(key));
  return unknownRates(rows, (row) => known.has(key(row)));
}

export function newStones(rows: readonly ImportedStone[], present: readonly DiamondRow[]): ImportedStone[] {
  const key = ({ milliCarat, cut, color, clarity, pricePaise, day }: ImportedStone | DiamondRow): string =>
    `${milliCarat} ${cut} ${color} ${clarity} ${pricePaise} ${day}`;
  const known = new Set(present.map(key));
  return unknownStones(rows, (row) => known.has(key(row)));
}

export async function countNewRates(
  db: Db,
  shopId: string,
  metal: Metal,
  rows: readonly ImportedRate[],
): Promise<number> {
  const { filter } = rateDays(metal, rows);
  const found = await db
    .collection('price_history')
    .find({ shop_id: shopId, ...filter })
    .toArray();
  const present = found.map((document) => fromDocument<MetalRow>(document));
  return newRates(rows, present).length;
}

export async function countNewStones(
  db: Db,
  shopId: string,
  rows: readonly ImportedStone[],
): Promise<number> {
  const { filter } = stoneDays(rows);
  const found = await db
    .collection('diamond_price_history')
    .find({ shop_id: shopId, ...filter })
    .toArray();
  const present = found.map((document) => fromDocument<DiamondRow>(document));
  return newStones(rows, present).length;
}
