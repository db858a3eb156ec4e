// What lies in the shop: pieces that are not deleted. How long it lies follows from the figures kept with each piece.

import {
  type DeadPiece,
  IDLE_LIMITS,
  type IdleStock,
  LOW_STOCK,
  MAX_ALERTS,
  type StockAlerts,
  type StockLot,
  type StockPiece,
} from '../../../domain/analytics.ts';
import type { Page, PageRequest } from '../../../domain/page.ts';
import { type Document, fromDocument } from '../codec.ts';
import type { ProductRow } from '../rows.ts';
import { count, daysUntil, fineMg, placeIn, sum } from './expressions.ts';
import type { Questions } from './questions.ts';

const FINE_MG = fineMg('$stock_quantity', '$net_weight_mg', '$gold_purity');
const LIST_PAISE = { $multiply: ['$stock_quantity', '$base_price_paise'] };

export async function stockAlerts(questions: Questions, shopId: string): Promise<StockAlerts> {
  const list = async (stock: Document): Promise<StockPiece[]> => {
    const found = await questions.ask('products', [
      { $match: { shop_id: shopId, is_active: true, status: 'published', stock_quantity: stock } },
      { $sort: { stock_quantity: 1, category: 1, _id: 1 } },
      { $limit: MAX_ALERTS },
    ]);
    return found.map((document) => toPiece(fromDocument<ProductRow>(document)));
  };
  const [counts, low, out] = await Promise.all([
    questions.ask<{ _id: string; count: number; low: number; out: number }>('products', [
      { $match: { shop_id: shopId, is_active: true } },
      {
        $group: {
          _id: '$status',
          count: sum(1),
          low: count({ $and: [{ $gte: ['$stock_quantity', 1] }, { $lte: ['$stock_quantity', LOW_STOCK] }] }),
          out: count({ $eq: ['$stock_quantity', 0] }),
        },
      },
    ]),
    list({ $gte: 1, $lte: LOW_STOCK }),
    list({ $eq: 0 }),
  ]);
  const of = (status: string) => counts.find(({ _id }) => _id === status);
  return {
    draft: of('draft')?.count ?? 0,
    published: of('published')?.count ?? 0,
    low: { rows: low, total: of('published')?.low ?? 0 },
    out: { rows: out, total: of('published')?.out ?? 0 },
  };
}

function toPiece({ id, name, category, stockQuantity, basePricePaise }: ProductRow): StockPiece {
  return { id, name, category, stockQuantity, basePricePaise };
}

export async function stockLots(questions: Questions, shopId: string): Promise<StockLot[]> {
  type Lot = { _id: { category: StockLot['category']; purity: string } } & Omit<StockLot, 'category'>;
  const found = await questions.ask<Lot>('products', [
    { $match: { shop_id: shopId, is_active: true, stock_quantity: { $gt: 0 } } },
    {
      $group: {
        _id: { category: '$category', purity: '$gold_purity' },
        products: sum(1),
        pieces: sum('$stock_quantity'),
        netMg: sum({ $multiply: ['$stock_quantity', '$net_weight_mg'] }),
        fineMg: sum(FINE_MG),
        listPaise: sum(LIST_PAISE),
      },
    },
  ]);
  const lots = found.map(({ _id, ...sums }) => ({ category: _id.category, ...sums, goldPurity: _id.purity }));
  return lots.sort((a, b) => compare(a.category, b.category) || compare(a.goldPurity, b.goldPurity));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Days are counted to the end of `today`, given as the first instant after it. */
export async function idleStock(
  questions: Questions,
  shopId: string,
  endOfToday: number,
  deadDays: number,
  page: PageRequest,
): Promise<IdleStock> {
  // Of instants and nulls the latest instant: null is less than any.
  const lastSold = { $max: ['$figures.last_sale_at', '$figures.last_order_at'] };
  const pieces: Document[] = [
    { $match: { shop_id: shopId, is_active: true, stock_quantity: { $gt: 0 } } },
    {
      $addFields: { lastSold, idle: daysUntil(endOfToday, { $max: ['$created_at', lastSold] }) },
    },
  ];
  const dead = { $match: { idle: { $gte: deadDays } } };
  const [bands, rows, counted] = await Promise.all([
    questions.ask<{ _id: number } & IdleStock['bands'][number]>('products', [
      ...pieces,
      {
        $group: {
          _id: placeIn(IDLE_LIMITS, '$idle'),
          products: sum(1),
          pieces: sum('$stock_quantity'),
          fineMg: sum(FINE_MG),
          listPaise: sum(LIST_PAISE),
        },
      },
    ]),
    questions.ask('products', [
      ...pieces,
      dead,
      { $sort: { idle: -1, _id: 1 } },
      { $skip: page.skip },
      { $limit: page.limit },
    ]),
    questions.ask<{ total: number }>('products', [...pieces, dead, { $count: 'total' }]),
  ]);
  const none = { products: 0, pieces: 0, fineMg: 0, listPaise: 0 };
  const deadPage: Page<DeadPiece> = { rows: rows.map(toDeadPiece), total: counted[0]?.total ?? 0 };
  return {
    bands: Array.from({ length: IDLE_LIMITS.length + 1 }, (_, place) => {
      const { _id, ...sums } = bands.find((band) => band._id === place) ?? { _id: place, ...none };
      return sums;
    }),
    dead: deadPage,
  };
}

function toDeadPiece(document: Document): DeadPiece {
  const row = fromDocument<ProductRow & { lastSold: number | null; idle: number }>(document);
  const { netWeightMg, goldPurity, createdAt, lastSold, idle } = row;
  return {
    ...toPiece(row),
    netWeightMg,
    goldPurity,
    createdAt,
    lastSoldAt: lastSold ?? null,
    idleDays: idle,
  };
}
