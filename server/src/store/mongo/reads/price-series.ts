// Recorded prices as something to learn from: whole series, and what of them is new.

import type { Db } from 'mongodb';
import type { Metal } from '../../../domain/price.ts';
import { DAY_MS } from '../../../domain/shop-day.ts';
import type { RateSeries, SeriesMark, StonePage, StonePlace } from '../../prediction-store.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { DiamondRow, MetalRow } from '../rows.ts';
import type { Questions } from './questions.ts';

interface Series {
  metal: Metal;
  purity: string;
  toDay: string;
}

function ofSeries(shopId: string, { metal, purity, toDay }: Series): Document {
  return { shop_id: shopId, metal, purity, held: false, day: { $lte: toDay } };
}

export async function rateSeries(questions: Questions, shopId: string, series: Series): Promise<RateSeries> {
  const found = await questions.ask('price_history', [
    { $match: ofSeries(shopId, series) },
    { $sort: { day: 1, position: 1, place: 1 } },
    { $project: { day: 1, paise_per_gram: 1 } },
  ]);
  const rows = found.map((document) => fromDocument<MetalRow>(document));
  return {
    days: Int32Array.from(rows, ({ day }) => Date.parse(`${day}T00:00:00Z`) / DAY_MS),
    paisePerGram: Float64Array.from(rows, (row) => row.paisePerGram),
  };
}

export async function seriesMark(
  questions: Questions,
  shopId: string,
  series: Series,
  position: number,
): Promise<SeriesMark> {
  const [found] = await questions.ask<{ rows: number; newRows: number; last: number }>('price_history', [
    { $match: ofSeries(shopId, series) },
    {
      $group: {
        _id: null,
        rows: { $sum: 1 },
        newRows: { $sum: { $cond: [{ $gt: ['$position', position] }, 1, 0] } },
        last: { $max: '$position' },
      },
    },
  ]);
  const { rows = 0, newRows = 0, last = null } = found ?? {};
  // A held rate that is released keeps its position, but raises the count.
  return { rows, newRows, mark: `${rows}:${last}` };
}

export async function stonesAfter(
  db: Db,
  shopId: string,
  after: StonePlace | null,
  limit: number,
  toDay: string,
): Promise<StonePage> {
  const { position, place } = after ?? { position: -1, place: -1 };
  const found = await db
    .collection('diamond_price_history')
    .find({
      shop_id: shopId,
      position: { $gte: position },
      day: { $lte: toDay },
      $or: [{ position: { $gt: position } }, { place: { $gt: place } }],
    })
    .sort({ position: 1, place: 1 })
    .hint('recorded')
    .limit(limit)
    .toArray();
  const rows = found.map((document) => fromDocument<DiamondRow>(document));
  const last = rows.at(-1);
  return {
    stones: rows.map(({ milliCarat, cut, color, clarity, pricePaise }) => ({
      milliCarat,
      cut,
      color,
      clarity,
      pricePaise,
    })),
    next: last && rows.length === limit ? { position: last.position, place: last.place } : null,
  };
}

export async function countStones(
  db: Db,
  shopId: string,
  toDay: string,
  position: number,
): Promise<{ rows: number; newRows: number }> {
  const found = await db
    .collection('diamond_price_history')
    .aggregate<{ rows: number; newRows: number }>([
      { $match: { shop_id: shopId, day: { $lte: toDay } } },
      {
        $group: {
          _id: null,
          rows: { $sum: 1 },
          newRows: { $sum: { $cond: [{ $gt: ['$position', position] }, 1, 0] } },
        },
      },
    ])
    .next();
  return { rows: found?.rows ?? 0, newRows: found?.newRows ?? 0 };
}
